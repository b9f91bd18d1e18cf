import { paperBatchContract } from '../../shared/contract/paper-batch.ts';
import { amendInBatch, finishBatch, nextOfBatch, openBatch, openBatches } from '../services/paper-batch.ts';
import { allowed, router } from './trpc.ts';

export const paperBatchRouter = router({
  list: allowed('intake:write')
    .output(paperBatchContract.list.output)
    .query(({ ctx }) => openBatches(ctx.register, ctx.actor)),

  open: allowed('intake:write')
    .input(paperBatchContract.open.input)
    .output(paperBatchContract.open.output)
    .mutation(({ ctx, input }) => openBatch(ctx.register, ctx.actor, input)),

  next: allowed('intake:write')
    .input(paperBatchContract.next.input)
    .output(paperBatchContract.next.output)
    .mutation(({ ctx, input }) => nextOfBatch(ctx.register, ctx.actor, input.batchId)),

  amend: allowed('intake:write')
    .input(paperBatchContract.amend.input)
    .output(paperBatchContract.amend.output)
    .mutation(({ ctx, input }) => amendInBatch(ctx.register, ctx.actor, input)),

  finish: allowed('intake:write')
    .input(paperBatchContract.finish.input)
    .output(paperBatchContract.finish.output)
    .mutation(({ ctx, input }) => finishBatch(ctx.register, ctx.actor, input.batchId)),
});
