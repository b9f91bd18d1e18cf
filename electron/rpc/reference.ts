import type { Hono } from 'hono';
import { referenceContract } from '../../shared/contract/reference.ts';
import {
  cancelReference,
  checkReference,
  codeLists,
  discardUpload,
  importReference,
  importReport,
  officialRanks,
  referenceLists,
  referenceProgress,
  takeUpload,
} from '../services/reference.ts';
import { forgetMapping, keepMapping, mappings, previewReference } from '../services/reference-mappings.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { allowed, router } from './trpc.ts';

export const referenceRouter = router({
  lists: allowed('reference:read')
    .output(referenceContract.lists.output)
    .query(({ ctx }) => referenceLists(ctx.register)),

  codeLists: allowed('reference:read')
    .output(referenceContract.codeLists.output)
    .query(({ ctx }) => codeLists(ctx.register)),

  ranks: allowed('reference:read')
    .input(referenceContract.ranks.input)
    .output(referenceContract.ranks.output)
    .query(({ ctx, input }) => officialRanks(ctx.register, input.caseId)),

  report: allowed('reference:read', { masked: true })
    .input(referenceContract.report.input)
    .output(referenceContract.report.output)
    .query(({ ctx, input }) => importReport(ctx.register, input.listId)),

  preview: allowed('reference:import')
    .input(referenceContract.preview.input)
    .output(referenceContract.preview.output)
    .mutation(({ ctx, input }) => ({ jobId: previewReference(ctx.register, ctx.actor, input) })),

  mappings: allowed('reference:import')
    .output(referenceContract.mappings.output)
    .query(({ ctx }) => mappings(ctx.register)),

  saveMapping: allowed('reference:import')
    .input(referenceContract.saveMapping.input)
    .output(referenceContract.saveMapping.output)
    .mutation(({ ctx, input }) => keepMapping(ctx.register, ctx.actor, input)),

  deleteMapping: allowed('reference:import')
    .input(referenceContract.deleteMapping.input)
    .mutation(({ ctx, input }) => forgetMapping(ctx.register, ctx.actor, input.id)),

  check: allowed('reference:import')
    .input(referenceContract.check.input)
    .output(referenceContract.check.output)
    .mutation(({ ctx, input }) => ({ jobId: checkReference(ctx.register, ctx.actor, input) })),

  import: allowed('reference:import')
    .input(referenceContract.import.input)
    .output(referenceContract.import.output)
    .mutation(({ ctx, input }) => ({ jobId: importReference(ctx.register, ctx.actor, input) })),

  progress: allowed('reference:import', { polled: true })
    .input(referenceContract.progress.input)
    .output(referenceContract.progress.output)
    .query(({ ctx, input }) => referenceProgress(ctx.register, ctx.actor, input.jobId)),

  cancel: allowed('reference:import')
    .input(referenceContract.cancel.input)
    .mutation(({ ctx, input }) => cancelReference(ctx.register, ctx.actor, input.jobId)),

  discard: allowed('reference:import')
    .input(referenceContract.discard.input)
    .mutation(({ ctx, input }) => discardUpload(ctx.register, ctx.actor, input.uploadId)),
});

/** `POST /files/upload`: the bytes of a list as they are, its name (URI-encoded) in `x-file-name`. */
export function mountUploads(app: Hono, host: OfficeHost): void {
  app.post('/upload', async (context) => {
    const { headers, body } = context.req.raw;
    const { register, actor } = authorise({ host, token: tokenOf(headers) }, 'reference:import', false);
    const name = readName(headers.get('x-file-name') ?? '');
    return context.json(await takeUpload(register, actor, name, body ?? new Blob([]).stream()));
  });
}

function readName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}
