import { differenceContract } from '../../shared/contract/difference.ts';
import {
  acceptStaged,
  cancelDifference,
  compareAgain,
  compareLists,
  differenceInfo,
  differenceProgress,
  differenceRows,
  discardStaged,
  restoreList,
  stageReference,
  waitingLists,
  withdrawList,
} from '../services/difference.ts';
import { decideStaged, stagedDecisions, takeBackStaged } from '../services/staged-decisions.ts';
import { allowed, router } from './trpc.ts';

export const differenceRouter = router({
  compare: allowed('reference:read')
    .input(differenceContract.compare.input)
    .output(differenceContract.compare.output)
    .mutation(({ ctx, input }) => compareLists(ctx.register, ctx.actor, input)),

  progress: allowed('reference:read', { polled: true })
    .input(differenceContract.progress.input)
    .output(differenceContract.progress.output)
    .query(({ ctx, input }) => differenceProgress(ctx.register, ctx.actor, input.jobId)),

  cancel: allowed('reference:read')
    .input(differenceContract.cancel.input)
    .mutation(({ ctx, input }) => cancelDifference(ctx.register, ctx.actor, input.jobId)),

  info: allowed('reference:read')
    .input(differenceContract.info.input)
    .output(differenceContract.info.output)
    .query(({ ctx, input }) => differenceInfo(ctx.register, ctx.actor, input)),

  rows: allowed('reference:read', { masked: true })
    .input(differenceContract.rows.input)
    .output(differenceContract.rows.output)
    .query(({ ctx, input }) => differenceRows(ctx.register, input)),

  waiting: allowed('reference:import')
    .output(differenceContract.waiting.output)
    .query(({ ctx }) => waitingLists(ctx.register)),

  stage: allowed('reference:import')
    .input(differenceContract.stage.input)
    .output(differenceContract.stage.output)
    .mutation(({ ctx, input }) => ({ jobId: stageReference(ctx.register, ctx.actor, input) })),

  decide: allowed('reference:import')
    .input(differenceContract.decide.input)
    .output(differenceContract.decide.output)
    .mutation(({ ctx, input }) => decideStaged(ctx.register, ctx.actor, input)),

  takeBack: allowed('reference:import')
    .input(differenceContract.takeBack.input)
    .output(differenceContract.takeBack.output)
    .mutation(({ ctx, input }) => takeBackStaged(ctx.register, ctx.actor, input)),

  decisions: allowed('reference:read')
    .input(differenceContract.decisions.input)
    .output(differenceContract.decisions.output)
    .query(({ ctx, input }) => stagedDecisions(ctx.register, input.listId)),

  accept: allowed('reference:import')
    .input(differenceContract.accept.input)
    .output(differenceContract.accept.output)
    .mutation(({ ctx, input }) => ({ jobId: acceptStaged(ctx.register, ctx.actor, input.id) })),

  compareAgain: allowed('reference:import')
    .input(differenceContract.compareAgain.input)
    .output(differenceContract.compareAgain.output)
    .mutation(({ ctx, input }) => compareAgain(ctx.register, ctx.actor, input.id)),

  discard: allowed('reference:import')
    .input(differenceContract.discard.input)
    .mutation(({ ctx, input }) => discardStaged(ctx.register, ctx.actor, input.id)),

  withdraw: allowed('reference:import')
    .input(differenceContract.withdraw.input)
    .mutation(({ ctx, input }) => withdrawList(ctx.register, ctx.actor, input)),

  restore: allowed('reference:import')
    .input(differenceContract.restore.input)
    .mutation(({ ctx, input }) => restoreList(ctx.register, ctx.actor, input)),
});
