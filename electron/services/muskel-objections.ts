import type { NewObjection, ObjectionAnswer } from '../../shared/contract/muskel.ts';
import type { CaseState } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { periodNamed, shiftDay } from '../../shared/domain/period.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { paperDay } from '../printing/words.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { hasOpenObjection, isOnAgenda } from '../store/muskel.ts';
import { decideObjection, findObjection, insertObjection } from '../store/muskel-hearings.ts';
import { getCase, takeStep } from './case-steps.ts';
import { getSession, objectionUntil, sessionName } from './muskel.ts';
import { recordVerdict } from './muskel-verdicts.ts';
import { refuseClosed } from './periods.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** While a case stands here its verdict can still be changed; later a visit has answered it. */
const contestable: readonly CaseState[] = [
  'MUSKEL_LAYAK',
  'MUSKEL_TIDAK_LAYAK',
  'MUSKEL_TIDAK_DITEMUKAN',
  'MUSKEL_GANDA',
  'DITUGASKAN',
];

/**
 * Takes an objection (sanggah) to a verdict in. While it waits, the case goes neither to the field nor
 * to its end. One that comes late needs a reason why it is heard all the same.
 *
 * @throws AppError `not_on_agenda`, `objection_too_early`, `objection_late`, `objection_too_late`,
 * `objection_twice`, `period_closed`.
 */
export function fileObjection(register: Register, actor: ServiceActor, input: NewObjection): { id: string } {
  const filedBy = actor.id;
  if (filedBy === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const muskel = getSession(register, input.muskelId);
    if (!isOnAgenda(register.db, muskel.id, input.caseId)) throw new AppError('not_on_agenda');
    const until = objectionUntil(register, muskel);
    if (until === null) throw new AppError('objection_too_early');
    refuseClosed(register, periodNamed(muskel.periodId, currentSettings(register).periodMonths));
    const current = getCase(register, input.caseId);
    if (!contestable.includes(current.state))
      throw new AppError('objection_too_late', { state: caseStateLabel[current.state] });
    const late = today(register.clock) > until;
    if (late && input.lateReason === '') throw new AppError('objection_late', { until: paperDay(until) });
    if (hasOpenObjection(register.db, input.caseId)) throw new AppError('objection_twice');
    const id = newId();
    const filedAt = instant(register.clock);
    insertObjection(register.db, {
      id,
      muskelId: muskel.id,
      caseId: input.caseId,
      objector: input.objector,
      relation: input.relation,
      grounds: input.grounds,
      lateReason: late ? input.lateReason : null,
      filedAt,
      filedBy,
      answerDue: shiftDay(today(register.clock), currentSettings(register).objectionAnswerDays),
    });
    appendEvent(register.db, {
      at: filedAt,
      actor: { id: filedBy, role: actor.role },
      type: 'sanggahan_diajukan',
      caseId: input.caseId,
      payload: {
        sanggahan: id,
        alasan: input.grounds,
        keterangan: `${input.objector} (${input.relation})`,
      },
    });
    return { id };
  });
}

/**
 * The lurah's answer. Where the objection is upheld, the contested verdict is revoked and the new one
 * recorded, along the table of edges and in one transaction; a form that was out is called back first.
 *
 * @throws AppError `not_found`, `objection_decided`, and what `takeStep` throws.
 */
export function answerObjection(
  register: Register,
  actor: ServiceActor,
  input: ObjectionAnswer,
): { id: string } {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const objection = findObjection(register.db, input.objectionId);
    if (objection === null) throw new AppError('not_found');
    if (objection.state !== 'diajukan')
      throw new AppError('objection_decided', { by: objection.decidedByName ?? '' });
    const muskel = getSession(register, objection.muskelId);
    const at = instant(register.clock);
    decideObjection(register.db, {
      id: objection.id,
      state: input.verdict === null ? 'ditolak' : 'diterima',
      answer: input.answer,
      at,
      by,
    });
    appendEvent(register.db, {
      at,
      actor: { id: by, role: actor.role },
      type: input.verdict === null ? 'sanggahan_ditolak' : 'sanggahan_diterima',
      caseId: objection.caseId,
      payload: { sanggahan: objection.id, alasan: input.answer, keterangan: objection.objector },
    });
    if (input.verdict !== null) {
      const { caseId } = objection;
      const reason = `Sanggahan ${objection.objector} diterima: ${input.answer}`;
      if (getCase(register, caseId).state === 'DITUGASKAN')
        takeStep(register, actor, { caseId, action: 'batalkan_penugasan', reason });
      takeStep(register, actor, {
        caseId,
        action: 'batalkan_muskel',
        reason,
        objection: objection.id,
      });
      recordVerdict(register, actor, {
        muskelId: muskel.id,
        caseId,
        verdict: input.verdict,
        name: `sanggahan atas ${sessionName(register, muskel)}`,
        objection: objection.id,
      });
    }
    return { id: objection.id };
  });
}
