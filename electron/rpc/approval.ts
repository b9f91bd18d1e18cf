import { approvalContract } from '../../shared/contract/approval.ts';
import { approvalDetail, approvalInbox, approveAll, decide } from '../services/approval.ts';
import { allowed, router } from './trpc.ts';

export const approvalRouter = router({
  inbox: allowed('approval:decide')
    .output(approvalContract.inbox.output)
    .query(({ ctx }) => approvalInbox(ctx.register, ctx.actor)),

  detail: allowed('approval:decide')
    .input(approvalContract.detail.input)
    .output(approvalContract.detail.output)
    .query(({ ctx, input }) => approvalDetail(ctx.register, ctx.actor, input.caseId)),

  decide: allowed('approval:decide')
    .input(approvalContract.decide.input)
    .output(approvalContract.decide.output)
    .mutation(({ ctx, input }) => ({ state: decide(ctx.register, ctx.actor, input) })),

  approveAll: allowed('approval:decide')
    .input(approvalContract.approveAll.input)
    .output(approvalContract.approveAll.output)
    .mutation(({ ctx, input }) => approveAll(ctx.register, ctx.actor, input.items)),
});
