import type { ProposalInput } from '../../shared/contract/muskel.ts';
import type { CaseState } from '../../shared/domain/case-flow.ts';
import {
  describeVerdict,
  type MuskelTraits,
  type MuskelVerdict,
  stepOfVerdict,
} from '../../shared/domain/muskel.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { isOnAgenda, setTraits, setVerdict } from '../store/muskel.ts';
import { deleteProposal, findProposal, insertProposal, setProposalDraft } from '../store/muskel-hearings.ts';
import { getCase, takeStep } from './case-steps.ts';
import { createDraft, saveDraft } from './intake.ts';
import { getOpenSession, getSession, sessionName } from './muskel.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * What the meeting says of one family; it takes the step of the case at once. Said again, it replaces
 * what was said before: the earlier verdict is revoked in the same transaction.
 *
 * @throws AppError `muskel_closed`, `not_on_agenda`, and what `takeStep` throws.
 */
export function decideFamily(
  register: Register,
  actor: ServiceActor,
  input: { muskelId: string; caseId: string; verdict: MuskelVerdict },
): CaseState {
  return transaction(register.db, () => {
    const muskel = getOpenSession(register, input.muskelId);
    refuseStranger(register, input);
    if (getCase(register, input.caseId).state !== 'DAFTAR_SASARAN')
      undo(register, actor, input.caseId, 'Putusan diganti dalam muskel yang sama');
    return recordVerdict(register, actor, { ...input, name: sessionName(register, muskel) });
  });
}

/**
 * What the meeting knows of the members of a family: columns 10 and 11 of its list.
 *
 * @throws AppError `muskel_closed`, `not_on_agenda`.
 */
export function saveTraits(
  register: Register,
  input: { muskelId: string; caseId: string; traits: MuskelTraits },
): void {
  transaction(register.db, () => {
    getOpenSession(register, input.muskelId);
    refuseStranger(register, input);
    setTraits(register.db, input);
  });
}

/** Takes a verdict back while the meeting is open; the family waits on the agenda again. */
export function undoVerdict(
  register: Register,
  actor: ServiceActor,
  input: { muskelId: string; caseId: string; reason: string },
): CaseState {
  return transaction(register.db, () => {
    getOpenSession(register, input.muskelId);
    refuseStranger(register, input);
    return undo(register, actor, input.caseId, input.reason);
  });
}

/** Writes a verdict on the agenda and takes its step; the caller has made the case ready for it. */
export function recordVerdict(
  register: Register,
  actor: ServiceActor,
  input: { muskelId: string; caseId: string; verdict: MuskelVerdict; name: string; objection?: string },
): CaseState {
  const { verdict, name } = input;
  const action = stepOfVerdict(verdict, currentSettings(register).muskelCapable);
  const words = `${describeVerdict(verdict)} (${name})`;
  const { case: moved } = takeStep(register, actor, {
    caseId: input.caseId,
    action,
    reason: action === 'catat_muskel_layak' ? null : words,
    payload: {
      muskel: input.muskelId,
      putusan: verdict,
      ...(input.objection === undefined ? {} : { sanggahan: input.objection }),
      ...(action === 'catat_muskel_layak' ? { keterangan: words } : {}),
    },
  });
  setVerdict(register.db, {
    muskelId: input.muskelId,
    caseId: input.caseId,
    verdict,
    at: instant(register.clock),
  });
  return moved.state;
}

/** @throws AppError `muskel_closed`. */
export function proposeHousehold(
  register: Register,
  muskelId: string,
  proposal: ProposalInput,
): { id: string } {
  return transaction(register.db, () => {
    getOpenSession(register, muskelId);
    const id = newId();
    insertProposal(register.db, { id, muskelId, body: proposal, at: instant(register.clock) });
    return { id };
  });
}

/** @throws AppError `not_found`, `muskel_closed`, `proposal_drafted` once a registration was begun. */
export function removeProposal(register: Register, proposalId: string): void {
  transaction(register.db, () => {
    const proposal = findProposal(register.db, proposalId);
    if (proposal === null) throw new AppError('not_found');
    getOpenSession(register, proposal.muskelId);
    if (proposal.draftId !== null) throw new AppError('proposal_drafted');
    deleteProposal(register.db, proposalId);
  });
}

/**
 * Begins the passive registration of a household the meeting proposed, or gives the draft that was
 * begun. A household that the meeting itself finds well-off is not registered.
 *
 * @throws AppError `not_found`, `proposal_capable`.
 */
export function draftProposal(
  register: Register,
  actor: ServiceActor,
  proposalId: string,
): { draftId: string } {
  return transaction(register.db, () => {
    const proposal = findProposal(register.db, proposalId);
    if (proposal === null) throw new AppError('not_found');
    if (proposal.capable === '1') throw new AppError('proposal_capable');
    if (proposal.draftId !== null) return { draftId: proposal.draftId };
    const muskel = getSession(register, proposal.muskelId);
    const draft = createDraft(register, actor, 'pasif');
    const [head] = draft.body.members;
    saveDraft(register, actor, {
      draftId: draft.id,
      version: draft.version,
      body: {
        ...draft.body,
        address: {
          ...draft.body.address,
          street: proposal.street,
          rt: String(proposal.rt),
          rw: String(proposal.rw),
        },
        members:
          head === undefined ? [] : [{ ...head, name: proposal.name, sex: proposal.sex, nik: proposal.nik }],
        passive: {
          ...draft.body.passive,
          proposer: proposal.proposer,
          proposerRole: 'Musyawarah kelurahan',
          note: [
            `Usulan ${sessionName(register, muskel)}`,
            proposal.spouse === '' ? null : `pasangan: ${proposal.spouse}`,
          ]
            .filter((part) => part !== null)
            .join('; '),
        },
      },
    });
    setProposalDraft(register.db, proposalId, draft.id);
    return { draftId: draft.id };
  });
}

function undo(register: Register, actor: ServiceActor, caseId: string, reason: string): CaseState {
  return takeStep(register, actor, { caseId, action: 'batalkan_muskel', reason }).case.state;
}

function refuseStranger(register: Register, input: { muskelId: string; caseId: string }): void {
  if (!isOnAgenda(register.db, input.muskelId, input.caseId)) throw new AppError('not_on_agenda');
}
