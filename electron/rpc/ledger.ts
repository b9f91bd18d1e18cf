import type { Hono } from 'hono';
import { z } from 'zod';
import { ledgerContract } from '../../shared/contract/ledger.ts';
import { attachScan, handOut, ledgerCounts, ledgerOf, openScan, takeBack } from '../services/ledger.ts';
import { findTypedSheet } from '../services/verification.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { allowed, router } from './trpc.ts';

export const ledgerRouter = router({
  list: allowed('verification:enter', { masked: true })
    .input(ledgerContract.list.input)
    .output(ledgerContract.list.output)
    .query(({ ctx, input }) => ledgerOf(ctx.register, input)),

  counts: allowed('verification:enter')
    .output(ledgerContract.counts.output)
    .query(({ ctx }) => ledgerCounts(ctx.register)),

  handOut: allowed('verification:print')
    .input(ledgerContract.handOut.input)
    .mutation(({ ctx, input }) => handOut(ctx.register, ctx.actor, input)),

  takeBack: allowed('verification:enter')
    .input(ledgerContract.takeBack.input)
    .output(ledgerContract.takeBack.output)
    .mutation(({ ctx, input }) =>
      takeBack(ctx.register, ctx.actor, findTypedSheet(ctx.register, input.code)),
    ),
});

const Upload = z.object({ sheetId: z.string(), file: z.instanceof(File) });

/** `POST /files/sheet-scan` keeps the image of a sheet, `POST /files/sheet-scan/content` shows it. */
export function mountSheetScans(app: Hono, host: OfficeHost): void {
  app.post('/sheet-scan', async (context) => {
    const { register, actor } = authorise(
      { host, token: tokenOf(context.req.raw.headers) },
      'verification:enter',
      false,
    );
    const { sheetId, file } = Upload.parse(await context.req.parseBody());
    const content = Buffer.from(await file.arrayBuffer());
    return context.json(attachScan(register, actor, { sheetId, content }));
  });

  app.post('/sheet-scan/content', async (context) => {
    const { register, actor } = authorise(
      { host, token: tokenOf(context.req.raw.headers) },
      'case:read',
      false,
    );
    const { sheetId } = z.object({ sheetId: z.string() }).parse(await context.req.json());
    const { mediaType, content } = openScan(register, actor, sheetId);
    return context.body(new Uint8Array(content), 200, {
      'content-type': mediaType,
      'x-content-type-options': 'nosniff',
    });
  });
}
