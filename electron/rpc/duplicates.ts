import { duplicatesContract } from '../../shared/contract/duplicates.ts';
import { declineDuplicate, duplicateHint, restoreDuplicate, takeDuplicate } from '../services/duplicates.ts';
import { allowed, atOnce, router } from './trpc.ts';

export const duplicatesRouter = router({
  hint: allowed('intake:write', { masked: true })
    .input(duplicatesContract.hint.input)
    .output(atOnce(duplicatesContract.hint.output))
    .query(({ ctx, input }) => duplicateHint(ctx.register, input)),

  take: allowed('intake:write')
    .input(duplicatesContract.take.input)
    .output(duplicatesContract.take.output)
    .mutation(({ ctx, input }) => takeDuplicate(ctx.register, ctx.actor, input)),

  decline: allowed('intake:write')
    .input(duplicatesContract.decline.input)
    .mutation(({ ctx, input }) => declineDuplicate(ctx.register, ctx.actor, input)),

  restore: allowed('intake:write')
    .input(duplicatesContract.restore.input)
    .mutation(({ ctx, input }) => restoreDuplicate(ctx.register, ctx.actor, input)),
});
