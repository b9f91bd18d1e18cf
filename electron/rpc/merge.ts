import { mergeContract } from '../../shared/contract/merge.ts';
import { mergesOfCase } from '../services/merge-candidates.ts';
import { compareCases, declineCase, mergeCases, restoreCase } from '../services/merge.ts';
import { separateCases } from '../services/merge-separate.ts';
import { allowed, router } from './trpc.ts';

export const mergeRouter = router({
  ofCase: allowed('case:read', { masked: true })
    .input(mergeContract.ofCase.input)
    .output(mergeContract.ofCase.output)
    .query(({ ctx, input }) => mergesOfCase(ctx.register, input.caseId)),

  compare: allowed('identification:decide')
    .input(mergeContract.compare.input)
    .output(mergeContract.compare.output)
    .query(({ ctx, input }) => compareCases(ctx.register, input)),

  merge: allowed('identification:decide')
    .input(mergeContract.merge.input)
    .output(mergeContract.merge.output)
    .mutation(({ ctx, input }) => mergeCases(ctx.register, ctx.actor, input)),

  separate: allowed('identification:decide')
    .input(mergeContract.separate.input)
    .output(mergeContract.separate.output)
    .mutation(({ ctx, input }) => separateCases(ctx.register, ctx.actor, input)),

  decline: allowed('identification:decide')
    .input(mergeContract.decline.input)
    .mutation(({ ctx, input }) => declineCase(ctx.register, ctx.actor, input)),

  restore: allowed('identification:decide')
    .input(mergeContract.restore.input)
    .mutation(({ ctx, input }) => restoreCase(ctx.register, ctx.actor, input)),
});
