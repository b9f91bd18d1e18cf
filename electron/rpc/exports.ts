import type { Hono } from 'hono';
import { z } from 'zod';
import { exportsContract } from '../../shared/contract/exports.ts';
import {
  beginExport,
  cancelExport,
  exportInstruments,
  exportLog,
  exportProgress,
  readExport,
} from '../services/exports.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { allowed, router } from './trpc.ts';

export const exportsRouter = router({
  begin: allowed('data:export')
    .input(exportsContract.begin.input)
    .output(exportsContract.begin.output)
    .mutation(async ({ ctx, input }) => ({ jobId: await beginExport(ctx.register, ctx.actor, input) })),

  progress: allowed('data:export', { polled: true })
    .input(exportsContract.progress.input)
    .output(exportsContract.progress.output)
    .query(({ ctx, input }) => exportProgress(ctx.register, ctx.actor, input.jobId)),

  cancel: allowed('data:export')
    .input(exportsContract.cancel.input)
    .mutation(({ ctx, input }) => cancelExport(ctx.register, ctx.actor, input.jobId)),

  instruments: allowed('data:export')
    .output(exportsContract.instruments.output)
    .query(({ ctx }) => exportInstruments(ctx.register)),

  log: allowed('data:export')
    .output(exportsContract.log.output)
    .query(({ ctx }) => exportLog(ctx.register)),
});

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `POST /files/export` hands out the locked workbook of one's own job. */
export function mountExports(app: Hono, host: OfficeHost): void {
  app.post('/export', async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'data:export', false);
    const { jobId } = z.object({ jobId: z.uuid() }).parse(await context.req.json());
    const { content, fileName } = await readExport(register, actor, jobId);
    context.header('content-disposition', `attachment; filename="${fileName}"`);
    return context.body(new Uint8Array(content), 200, { 'content-type': xlsx });
  });
}
