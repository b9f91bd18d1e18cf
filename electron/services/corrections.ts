import type { Correction, CorrectionDecision, NewCorrection } from '../../shared/contract/period.ts';
import { legalisedStates } from '../../shared/domain/period-close.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { deleteLinksOfDraft, moveLinksToCase } from '../store/attachments.ts';
import { transaction } from '../store/connection.ts';
import { decideCorrection, findCorrection, insertCorrection, listCorrections } from '../store/corrections.ts';
import { appendEvent } from '../store/journal.ts';
import { isPeriodClosed } from '../store/periods.ts';
import { maySeeUndecided } from './attachments.ts';
import { getCase } from './case-steps.ts';
import { carryOut } from './correction-records.ts';
import { carryOutLifeEvent } from './life-event.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/** Of files that wait with a correction, who may not open them hears how many there are. */
export function correctionsOf(register: Register, actor: ServiceActor, caseId: string | null): Correction[] {
  return listCorrections(register.db, caseId, actor.id ?? '').map((correction) => {
    const { state, proposedByMe: isProposers, attachments } = correction;
    const isOpen = state !== 'diajukan' || maySeeUndecided(actor, { isProposed: true, isProposers });
    return isOpen ? correction : { ...correction, attachments: [], closedAttachments: attachments.length };
  });
}

/**
 * Puts beside a case that may no longer be changed what is wrong in it, and what is right. The case
 * itself, and every paper printed of it, stay as they are.
 *
 * @throws AppError `not_found`, `correction_not_needed` while the case can still be changed itself.
 */
export function proposeCorrection(
  register: Register,
  actor: ServiceActor,
  input: NewCorrection,
): { id: string } {
  const proposedBy = actor.id;
  if (proposedBy === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const current = getCase(register, input.caseId);
    if (!legalisedStates.includes(current.state) && !isPeriodClosed(register.db, current.periodId))
      throw new AppError('correction_not_needed');
    const id = newId();
    const proposedAt = instant(register.clock);
    insertCorrection(register.db, {
      ...input,
      id,
      proposedAt,
      proposedBy,
      edits: null,
      lifeEvent: null,
      draftId: null,
    });
    appendEvent(register.db, {
      at: proposedAt,
      actor: { id: proposedBy, role: actor.role },
      type: 'perbaikan_diajukan',
      caseId: current.id,
      payload: {
        perbaikan: id,
        semula: input.before,
        menjadi: input.after,
        alasan: input.reason,
        keterangan: `${input.subject}: ${input.before} → ${input.after}`,
      },
    });
    return { id };
  });
}

/**
 * The lurah's word on a correction; whoever proposed it does not decide it. Files that came with it hang on the case
 * from then on, and go to the province with the record that is made of it; of one declined they are erased.
 *
 * @throws AppError `not_found`, `correction_decided`, `step_by_enterer`, `reason_needed`, and what
 * carrying it out throws.
 */
export function decideOnCorrection(
  register: Register,
  actor: ServiceActor,
  input: CorrectionDecision,
): { id: string } {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const correction = findCorrection(register.db, input.correctionId, by);
    if (correction === null) throw new AppError('not_found');
    if (correction.state !== 'diajukan')
      throw new AppError('correction_decided', { by: correction.decidedByName ?? '' });
    if (correction.proposedBy === by) throw new AppError('step_by_enterer');
    if (!input.approve && input.answer === '') throw new AppError('reason_needed');
    const { draftId, attachments: files } = correction;
    const at = instant(register.clock);
    decideCorrection(register.db, {
      id: correction.id,
      state: input.approve ? 'disetujui' : 'ditolak',
      answer: input.answer === '' ? null : input.answer,
      by,
      at,
    });
    appendEvent(register.db, {
      at,
      actor: { id: by, role: actor.role },
      type: `${correction.lifeEvent === null ? 'perbaikan' : 'peristiwa'}_${input.approve ? 'disetujui' : 'ditolak'}`,
      caseId: correction.caseId,
      payload: {
        perbaikan: correction.id,
        keterangan: [
          `${correction.subject}: ${correction.before} → ${correction.after}`,
          ...(files.length === 0
            ? []
            : [`${files.length} lampiran ${input.approve ? 'ditambah' : 'dihapus'}`]),
        ].join('; '),
        ...(files.length > 0 && input.approve ? { lampiran: files.map(({ id }) => id) } : {}),
        ...(input.answer === '' ? {} : { alasan: input.answer }),
      },
    });
    if (draftId !== null && input.approve) moveLinksToCase(register.db, draftId, correction.caseId);
    if (draftId !== null && !input.approve) deleteLinksOfDraft(register.db, draftId);
    if (input.approve && correction.lifeEvent === null) carryOut(register, actor, correction);
    if (input.approve && correction.lifeEvent !== null) carryOutLifeEvent(register, actor, correction);
    return { id: correction.id };
  });
}
