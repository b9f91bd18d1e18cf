import { attentionContract } from '../../shared/contract/attention.ts';
import { attentionItems, finishTask, resolveClashes, sendRetractionAgain } from '../services/attention.ts';
import { allowed, router } from './trpc.ts';

export const attentionRouter = router({
  list: allowed('sync:read', { polled: true, masked: true })
    .output(attentionContract.list.output)
    .query(({ ctx }) => attentionItems(ctx.register)),

  resolve: allowed('clash:resolve')
    .input(attentionContract.resolve.input)
    .output(attentionContract.resolve.output)
    .mutation(({ ctx, input }) => resolveClashes(ctx.register, ctx.actor, input)),

  sendRetractionAgain: allowed('clash:resolve')
    .input(attentionContract.sendRetractionAgain.input)
    .mutation(({ ctx, input }) => sendRetractionAgain(ctx.register, ctx.actor, input)),

  finishTask: allowed('clash:resolve')
    .input(attentionContract.finishTask.input)
    .mutation(({ ctx, input }) => finishTask(ctx.register, ctx.actor, input)),
});
