import { Hono } from 'hono';
import { z } from 'zod';
import { AppError, describeError } from '../../shared/errors.ts';
import { printRunHeader } from '../../shared/contract/printing.ts';
import { logFailure } from '../log.ts';
import { putRight } from '../services/printer.ts';
import { markMade } from '../services/prints.ts';
import { newId } from '../services/register.ts';
import { mountAttachments } from './attachments.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { mountCourier } from './courier.ts';
import { documents } from './documents.ts';
import { mountExports } from './exports.ts';
import { mountSheetScans } from './ledger.ts';
import { mountUploads } from './reference.ts';
import type { WireProblem } from './trpc.ts';

const DocumentRequest = z.object({ kind: z.string(), input: z.unknown() });

/**
 * What is bytes, not JSON: printed documents out, attachments and lists in. Every route is a POST
 * with the session token in its header, and no answer may be stored.
 */
export function createFiles(host: OfficeHost): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });

  app.post('/document', async (context) => {
    const { kind, input } = DocumentRequest.parse(await context.req.json());
    const document = Object.hasOwn(documents, kind) ? documents[kind] : undefined;
    if (document === undefined) throw new AppError('not_found');
    const { register, actor } = authorise(
      { host, token: tokenOf(context.req.raw.headers) },
      document.permission,
      false,
    );
    const runId = newId();
    const printer = { ...actor, printRun: runId };
    const { pdf, fileName, fitted } = await document
      .render(register, printer, input)
      .catch((cause: unknown) => {
        markMade(register, printer, runId, false);
        throw cause;
      });
    if (markMade(register, printer, runId, true)) context.header(printRunHeader, runId);
    context.header('content-disposition', `inline; filename="${fileName}"`);
    const asPrinted = fitted ? pdf : await putRight(register, pdf);
    return context.body(new Uint8Array(asPrinted), 200, { 'content-type': 'application/pdf' });
  });

  mountAttachments(app, host);
  mountSheetScans(app, host);
  mountUploads(app, host);
  mountExports(app, host);
  mountCourier(app, host);

  app.onError((cause) => {
    const { problem, status } = toProblem(host, cause);
    return Response.json({ problem }, { status, headers: { 'cache-control': 'no-store' } });
  });

  return app;
}

function toProblem(host: OfficeHost, cause: Error): { problem: WireProblem; status: number } {
  if (cause instanceof AppError)
    return { problem: { ...cause.toProblem(), fields: [] }, status: cause.status };
  if (cause instanceof z.ZodError) {
    const fields = cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return { problem: { ...describeError('invalid_input'), fields }, status: 422 };
  }
  if (cause instanceof SyntaxError)
    return { problem: { ...describeError('invalid_input'), fields: [] }, status: 422 };
  return {
    problem: { ...describeError('internal', { reference: logFailure(host.log, cause) }), fields: [] },
    status: 500,
  };
}
