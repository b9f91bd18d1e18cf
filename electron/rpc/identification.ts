import { identificationContract } from '../../shared/contract/identification.ts';
import {
  candidateEvidence,
  caseProposal,
  confirmSureCases,
  decideIdentification,
  identificationView,
  previewResult,
} from '../services/identification.ts';
import { identificationQueue, sureCases } from '../services/identification-queue.ts';
import { undoableStroke, undoStroke } from '../services/identification-undo.ts';
import { matchAll, matchAllState, stopMatchAll } from '../services/match-all.ts';
import { withdrawRemembered } from '../services/not-same.ts';
import { allowed, atOnce, router } from './trpc.ts';

export const identificationRouter = router({
  queue: allowed('identification:decide', { polled: true, masked: true })
    .input(identificationContract.queue.input)
    .output(identificationContract.queue.output)
    .query(({ ctx, input }) => identificationQueue(ctx.register, input)),

  matchAll: allowed('identification:decide')
    .output(identificationContract.matchAll.output)
    .mutation(({ ctx }) => ({ jobId: matchAll(ctx.register, ctx.actor) })),

  matchAllState: allowed('identification:decide', { polled: true })
    .output(identificationContract.matchAllState.output)
    .query(({ ctx }) => matchAllState(ctx.register)),

  stopMatchAll: allowed('identification:decide').mutation(({ ctx }) => stopMatchAll(ctx.register)),

  proposal: allowed('identification:decide')
    .input(identificationContract.proposal.input)
    .output(atOnce(identificationContract.proposal.output))
    .query(({ ctx, input }) => caseProposal(ctx.register, input.caseId)),

  evidence: allowed('identification:decide')
    .input(identificationContract.evidence.input)
    .output(identificationContract.evidence.output)
    .query(({ ctx, input }) => candidateEvidence(ctx.register, input)),

  preview: allowed('identification:decide')
    .input(identificationContract.preview.input)
    .output(identificationContract.preview.output)
    .query(({ ctx, input }) => previewResult(ctx.register, input)),

  decide: allowed('identification:decide')
    .input(identificationContract.decide.input)
    .output(identificationContract.decide.output)
    .mutation(({ ctx, input }) => ({ result: decideIdentification(ctx.register, ctx.actor, input) })),

  sure: allowed('identification:decide', { masked: true })
    .output(identificationContract.sure.output)
    .query(({ ctx }) => sureCases(ctx.register)),

  confirmSure: allowed('identification:decide')
    .input(identificationContract.confirmSure.input)
    .output(identificationContract.confirmSure.output)
    .mutation(({ ctx, input }) => confirmSureCases(ctx.register, ctx.actor, input)),

  view: allowed('case:read')
    .input(identificationContract.view.input)
    .output(identificationContract.view.output)
    .query(({ ctx, input }) => identificationView(ctx.register, input.caseId)),

  withdrawNotSame: allowed('identification:decide')
    .input(identificationContract.withdrawNotSame.input)
    .mutation(({ ctx, input }) => withdrawRemembered(ctx.register, ctx.actor, input)),

  undoable: allowed('identification:decide')
    .output(identificationContract.undoable.output)
    .query(({ ctx }) => undoableStroke(ctx.register, ctx.actor)),

  undo: allowed('identification:decide')
    .input(identificationContract.undo.input)
    .output(identificationContract.undo.output)
    .mutation(({ ctx, input }) => undoStroke(ctx.register, ctx.actor, input.stroke)),
});
