import { proofContract } from '../../shared/contract/proof.ts';
import { compareNow, proofView } from '../services/proof.ts';
import { repairDifference } from '../services/proof-repair.ts';
import { allowed, router } from './trpc.ts';

export const proofRouter = router({
  view: allowed('sync:read', { polled: true })
    .output(proofContract.view.output)
    .query(({ ctx }) => proofView(ctx.register)),

  compare: allowed('sync:read')
    .output(proofContract.compare.output)
    .mutation(({ ctx }) => compareNow(ctx.register)),

  repair: allowed('clash:resolve')
    .input(proofContract.repair.input)
    .output(proofContract.repair.output)
    .mutation(({ ctx, input }) => repairDifference(ctx.register, ctx.actor, input)),
});
