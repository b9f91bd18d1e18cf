import { findingContract } from '../../shared/contract/finding.ts';
import {
  findingNow,
  findingPage,
  lookForFindings,
  reopenFinding,
  resolveFinding,
  revealFinding,
} from '../services/finding.ts';
import { allowed, router } from './trpc.ts';

export const findingRouter = router({
  list: allowed('finding:read', { masked: true })
    .input(findingContract.list.input)
    .output(findingContract.list.output)
    .query(({ ctx, input }) => findingPage(ctx.register, input)),

  look: allowed('finding:read', { polled: true })
    .output(findingContract.look.output)
    .query(({ ctx }) => lookForFindings(ctx.register)),

  get: allowed('finding:read', { masked: true })
    .input(findingContract.get.input)
    .output(findingContract.get.output)
    .query(({ ctx, input }) => findingNow(ctx.register, input.id)),

  reveal: allowed('finding:resolve')
    .input(findingContract.reveal.input)
    .output(findingContract.reveal.output)
    .mutation(({ ctx, input }) => revealFinding(ctx.register, ctx.actor, input.id)),

  resolve: allowed('finding:resolve')
    .input(findingContract.resolve.input)
    .mutation(({ ctx, input }) => resolveFinding(ctx.register, ctx.actor, input)),

  reopen: allowed('finding:resolve')
    .input(findingContract.reopen.input)
    .mutation(({ ctx, input }) => reopenFinding(ctx.register, ctx.actor, input.id)),
});
