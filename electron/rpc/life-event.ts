import { lifeEventContract } from '../../shared/contract/life-event.ts';
import { previewLifeEvent, proposeLifeEvent, revokeLifeEvent } from '../services/life-event.ts';
import { allowed, router } from './trpc.ts';

export const lifeEventRouter = router({
  preview: allowed('correction:propose', { masked: true })
    .input(lifeEventContract.preview.input)
    .output(lifeEventContract.preview.output)
    .query(({ ctx, input }) => previewLifeEvent(ctx.register, input)),

  propose: allowed('correction:propose')
    .input(lifeEventContract.propose.input)
    .output(lifeEventContract.propose.output)
    .mutation(({ ctx, input }) => proposeLifeEvent(ctx.register, ctx.actor, input)),

  revoke: allowed('correction:decide')
    .input(lifeEventContract.revoke.input)
    .mutation(({ ctx, input }) => revokeLifeEvent(ctx.register, ctx.actor, input)),
});
