import { muskelContract } from '../../shared/contract/muskel.ts';
import {
  createSession,
  finishSession,
  legaliseSession,
  listSessions,
  readSession,
  refreshAgenda,
  reopenSession,
  saveAttendees,
  saveFacts,
  saveForm,
} from '../services/muskel.ts';
import { answerObjection, fileObjection } from '../services/muskel-objections.ts';
import {
  decideFamily,
  draftProposal,
  proposeHousehold,
  removeProposal,
  saveTraits,
  undoVerdict,
} from '../services/muskel-verdicts.ts';
import { allowed, router } from './trpc.ts';

export const muskelRouter = router({
  list: allowed('muskel:read', { masked: true })
    .output(muskelContract.list.output)
    .query(({ ctx }) => listSessions(ctx.register)),

  create: allowed('muskel:write')
    .input(muskelContract.create.input)
    .output(muskelContract.create.output)
    .mutation(({ ctx, input }) => createSession(ctx.register, ctx.actor, input)),

  get: allowed('muskel:read', { masked: true })
    .input(muskelContract.get.input)
    .output(muskelContract.get.output)
    .query(({ ctx, input }) => readSession(ctx.register, input.muskelId)),

  saveFacts: allowed('muskel:write')
    .input(muskelContract.saveFacts.input)
    .output(muskelContract.saveFacts.output)
    .mutation(({ ctx, input }) => saveFacts(ctx.register, input)),

  saveAttendees: allowed('muskel:write')
    .input(muskelContract.saveAttendees.input)
    .output(muskelContract.saveAttendees.output)
    .mutation(({ ctx, input }) => saveAttendees(ctx.register, input)),

  saveForm: allowed('muskel:write')
    .input(muskelContract.saveForm.input)
    .output(muskelContract.saveForm.output)
    .mutation(({ ctx, input }) => saveForm(ctx.register, input)),

  refreshAgenda: allowed('muskel:write')
    .input(muskelContract.refreshAgenda.input)
    .output(muskelContract.refreshAgenda.output)
    .mutation(({ ctx, input }) => refreshAgenda(ctx.register, input.muskelId)),

  decide: allowed('muskel:write')
    .input(muskelContract.decide.input)
    .output(muskelContract.decide.output)
    .mutation(({ ctx, input }) => ({ state: decideFamily(ctx.register, ctx.actor, input) })),

  saveTraits: allowed('muskel:write')
    .input(muskelContract.saveTraits.input)
    .mutation(({ ctx, input }) => saveTraits(ctx.register, input)),

  undo: allowed('muskel:write')
    .input(muskelContract.undo.input)
    .output(muskelContract.undo.output)
    .mutation(({ ctx, input }) => ({ state: undoVerdict(ctx.register, ctx.actor, input) })),

  propose: allowed('muskel:write')
    .input(muskelContract.propose.input)
    .output(muskelContract.propose.output)
    .mutation(({ ctx, input }) => proposeHousehold(ctx.register, input.muskelId, input.proposal)),

  removeProposal: allowed('muskel:write')
    .input(muskelContract.removeProposal.input)
    .mutation(({ ctx, input }) => removeProposal(ctx.register, input.proposalId)),

  draftProposal: allowed('intake:write')
    .input(muskelContract.draftProposal.input)
    .output(muskelContract.draftProposal.output)
    .mutation(({ ctx, input }) => draftProposal(ctx.register, ctx.actor, input.proposalId)),

  finish: allowed('muskel:write')
    .input(muskelContract.finish.input)
    .output(muskelContract.finish.output)
    .mutation(({ ctx, input }) => finishSession(ctx.register, ctx.actor, input)),

  reopen: allowed('muskel:write')
    .input(muskelContract.reopen.input)
    .output(muskelContract.reopen.output)
    .mutation(({ ctx, input }) => reopenSession(ctx.register, ctx.actor, input)),

  legalise: allowed('muskel:legalise')
    .input(muskelContract.legalise.input)
    .output(muskelContract.legalise.output)
    .mutation(({ ctx, input }) => legaliseSession(ctx.register, ctx.actor, input)),

  object: allowed('objection:file')
    .input(muskelContract.object.input)
    .output(muskelContract.object.output)
    .mutation(({ ctx, input }) => fileObjection(ctx.register, ctx.actor, input)),

  answerObjection: allowed('muskel:legalise')
    .input(muskelContract.answerObjection.input)
    .output(muskelContract.answerObjection.output)
    .mutation(({ ctx, input }) => answerObjection(ctx.register, ctx.actor, input)),
});
