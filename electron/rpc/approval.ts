import { approvalContract } from '../../shared/contract/approval.ts';
import { sampleOfBatch } from '../services/approval-sample.ts';
import { approvalDetail, approvalInbox, approveAll, decide } from '../services/approval.ts';
import { allowed, router } from './trpc.ts';

export const approvalRouter = router({
  inbox: allowed('approval:decide', { masked: true })
    .input(approvalContract.inbox.input)
    .output(approvalContract.inbox.output)
    .query(({ ctx, input }) => approvalInbox(ctx.register, ctx.actor, input)),

  detail: allowed('approval:decide', { masked: true })
    .input(approvalContract.detail.input)
    .output(approvalContract.detail.output)
    .query(({ ctx, input }) => approvalDetail(ctx.register, ctx.actor, input.caseId)),

  decide: allowed('approval:decide')
    .input(approvalContract.decide.input)
    .output(approvalContract.decide.output)
    .mutation(({ ctx, input }) => ({ state: decide(ctx.register, ctx.actor, input) })),

  sample: allowed('approval:decide')
    .input(approvalContract.sample.input)
    .output(approvalContract.sample.output)
    .query(({ ctx, input }) => sampleOfBatch(ctx.register, ctx.actor, input.items)),

  approveAll: allowed('approval:decide')
    .input(approvalContract.approveAll.input)
    .output(approvalContract.approveAll.output)
    .mutation(({ ctx, input }) => approveAll(ctx.register, ctx.actor, input.items)),
});
