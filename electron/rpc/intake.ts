import { intakeContract } from '../../shared/contract/intake.ts';
import {
  correctCase,
  createDraft,
  discardDraft,
  duplicateCase,
  forkDraft,
  intakeOptions,
  lastAddress,
  openDraft,
  openDrafts,
  personsWithoutNik,
  restoreDraft,
  saveDraft,
} from '../services/intake.ts';
import { holdDraft, releaseDraft, takeOverDraft } from '../services/intake-lease.ts';
import { registerDraft } from '../services/intake-register.ts';
import { allowed, router } from './trpc.ts';

export const intakeRouter = router({
  options: allowed('intake:write')
    .output(intakeContract.options.output)
    .query(({ ctx }) => intakeOptions(ctx.register)),

  drafts: allowed('intake:write', { masked: true })
    .output(intakeContract.drafts.output)
    .query(({ ctx }) => openDrafts(ctx.register, ctx.actor)),

  create: allowed('intake:write')
    .input(intakeContract.create.input)
    .output(intakeContract.create.output)
    .mutation(({ ctx, input }) => createDraft(ctx.register, ctx.actor, input.mode)),

  open: allowed('intake:write')
    .input(intakeContract.open.input)
    .output(intakeContract.open.output)
    .query(({ ctx, input }) => openDraft(ctx.register, ctx.actor, input.draftId)),

  save: allowed('intake:write')
    .input(intakeContract.save.input)
    .output(intakeContract.save.output)
    .mutation(({ ctx, input }) => saveDraft(ctx.register, ctx.actor, input)),

  hold: allowed('intake:write', { polled: true })
    .input(intakeContract.hold.input)
    .mutation(({ ctx, input }) => holdDraft(ctx.register, ctx.actor, input.draftId)),

  release: allowed('intake:write')
    .input(intakeContract.release.input)
    .mutation(({ ctx, input }) => releaseDraft(ctx.register, ctx.actor, input.draftId)),

  takeOver: allowed('intake:write')
    .input(intakeContract.takeOver.input)
    .mutation(({ ctx, input }) => takeOverDraft(ctx.register, ctx.actor, input)),

  fork: allowed('intake:write')
    .input(intakeContract.fork.input)
    .output(intakeContract.fork.output)
    .mutation(({ ctx, input }) => forkDraft(ctx.register, ctx.actor, input)),

  discard: allowed('intake:write')
    .input(intakeContract.discard.input)
    .mutation(({ ctx, input }) => discardDraft(ctx.register, ctx.actor, input.draftId)),

  restore: allowed('intake:write')
    .input(intakeContract.restore.input)
    .mutation(({ ctx, input }) => restoreDraft(ctx.register, input.draftId)),

  lastAddress: allowed('intake:write')
    .input(intakeContract.lastAddress.input)
    .output(intakeContract.lastAddress.output)
    .query(({ ctx, input }) => lastAddress(ctx.register, ctx.actor, input.draftId)),

  duplicate: allowed('intake:write')
    .input(intakeContract.duplicate.input)
    .output(intakeContract.duplicate.output)
    .mutation(({ ctx, input }) => duplicateCase(ctx.register, ctx.actor, input.caseId)),

  withoutNik: allowed('intake:write', { masked: true })
    .input(intakeContract.withoutNik.input)
    .output(intakeContract.withoutNik.output)
    .query(({ ctx, input }) => personsWithoutNik(ctx.register, input)),

  register: allowed('intake:write')
    .input(intakeContract.register.input)
    .output(intakeContract.register.output)
    .mutation(({ ctx, input }) => registerDraft(ctx.register, ctx.actor, input)),

  correct: allowed('intake:write')
    .input(intakeContract.correct.input)
    .output(intakeContract.correct.output)
    .mutation(({ ctx, input }) => correctCase(ctx.register, ctx.actor, input.caseId)),
});
