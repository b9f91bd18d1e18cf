import { printingContract } from '../../shared/contract/printing.ts';
import { markSent, settleRun, unsettledRuns } from '../services/prints.ts';
import { cancelPrint, printProgress } from '../services/verification-print.ts';
import { allowed, router } from './trpc.ts';

export const printingRouter = router({
  unsettled: allowed('session:own')
    .output(printingContract.unsettled.output)
    .query(({ ctx }) => unsettledRuns(ctx.register, ctx.actor)),

  sent: allowed('session:own')
    .input(printingContract.sent.input)
    .mutation(({ ctx, input }) => markSent(ctx.register, ctx.actor, input.runId)),

  settle: allowed('session:own')
    .input(printingContract.settle.input)
    .mutation(({ ctx, input }) => settleRun(ctx.register, ctx.actor, input)),

  progress: allowed('verification:print')
    .input(printingContract.progress.input)
    .output(printingContract.progress.output)
    .query(({ ctx, input }) => printProgress(ctx.register, ctx.actor, input.jobId)),

  cancel: allowed('verification:print')
    .input(printingContract.cancel.input)
    .mutation(({ ctx, input }) => cancelPrint(ctx.register, ctx.actor, input.jobId)),
});
