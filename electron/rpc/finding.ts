import { findingContract } from '../../shared/contract/finding.ts';
import { findingPage, reopenFinding, resolveFinding } from '../services/finding.ts';
import { allowed, router } from './trpc.ts';

export const findingRouter = router({
  list: allowed('finding:read', { masked: true })
    .input(findingContract.list.input)
    .output(findingContract.list.output)
    .query(({ ctx, input }) => findingPage(ctx.register, input)),

  resolve: allowed('finding:resolve')
    .input(findingContract.resolve.input)
    .mutation(({ ctx, input }) => resolveFinding(ctx.register, ctx.actor, input)),

  reopen: allowed('finding:resolve')
    .input(findingContract.reopen.input)
    .mutation(({ ctx, input }) => reopenFinding(ctx.register, ctx.actor, input.id)),
});
