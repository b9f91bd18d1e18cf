import type { z } from 'zod';
import type { Muskel, muskelContract, MuskelDetail, MuskelFacts } from '../../shared/contract/muskel.ts';
import type { Attendee, MuskelState } from '../../shared/domain/muskel.ts';
import { inspectMk, type MkAnswers } from '../../shared/domain/muskel-form.ts';
import { dayOf, periodNamed, shiftDay } from '../../shared/domain/period.ts';
import { covers } from '../../shared/domain/team.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import {
  addToAgenda,
  findMuskel,
  insertMuskel,
  listItems,
  listMuskel,
  listWaitingFamilies,
  type MuskelRecord,
  setMuskelState,
  updateMuskel,
} from '../store/muskel.ts';
import { listObjections, listProposals } from '../store/muskel-hearings.ts';
import { refuseClosed, runningPeriod } from './periods.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

type Versioned = { muskelId: string; version: number };

export function listSessions(register: Register): z.infer<typeof muskelContract.list.output> {
  const waiting = listWaitingFamilies(register.db, runningPeriod(register).id);
  return {
    sessions: listMuskel(register.db),
    waiting: waiting.length,
    rws: [...new Set(waiting.map(({ rw }) => rw))].sort((left, right) => left - right),
  };
}

/**
 * Calls a meeting of the running period. Its agenda are the families of the target list that lie in
 * its part and stand on no other open agenda, numbered as they are walked.
 *
 * @throws AppError `muskel_nobody` where there is no such family.
 */
export function createSession(register: Register, actor: ServiceActor, facts: MuskelFacts): { id: string } {
  const createdBy = actor.id;
  if (createdBy === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const period = runningPeriod(register);
    const id = newId();
    const no = insertMuskel(register.db, {
      id,
      periodId: period.id,
      facts,
      createdBy,
      createdAt: instant(register.clock),
    });
    const families = agendaFor(register, period.id, facts);
    if (families.length === 0) throw new AppError('muskel_nobody');
    addToAgenda(register.db, id, families);
    noteSession(register, actor, 'muskel_diadakan', { muskel: id, ke: no, keluarga: families.length });
    return { id };
  });
}

/** @throws AppError `not_found`. */
export function readSession(register: Register, muskelId: string): MuskelDetail {
  const muskel = getSession(register, muskelId);
  return {
    muskel: describe(register, muskel),
    periodName: periodNamed(muskel.periodId, currentSettings(register).periodMonths).name,
    items: listItems(register.db, muskelId),
    proposals: listProposals(register.db, muskelId),
    objections: listObjections(register.db, muskelId),
    waiting: muskel.state === 'berlangsung' ? agendaFor(register, muskel.periodId, muskel).length : 0,
  };
}

/** @throws AppError `muskel_closed`, `version_conflict`. */
export function saveFacts(
  register: Register,
  input: Versioned & { facts: MuskelFacts },
): { version: number } {
  return change(register, input, { facts: input.facts });
}

/** @throws AppError `muskel_closed`, `version_conflict`. */
export function saveAttendees(
  register: Register,
  input: Versioned & { attendees: readonly Attendee[] },
): { version: number } {
  return change(register, input, { attendees: input.attendees.filter(({ name }) => name !== '') });
}

/** @throws AppError `muskel_closed`, `version_conflict`, `mk_wrong`. */
export function saveForm(register: Register, input: Versioned & { form: MkAnswers }): { version: number } {
  const [wrong] = inspectMk(input.form);
  if (wrong !== undefined) throw new AppError('mk_wrong', { code: wrong.code, message: wrong.message });
  return change(register, input, { form: input.form });
}

/** @throws AppError `muskel_closed`. */
export function refreshAgenda(register: Register, muskelId: string): { added: number } {
  return transaction(register.db, () => {
    const muskel = getOpenSession(register, muskelId);
    const families = agendaFor(register, muskel.periodId, muskel);
    addToAgenda(register.db, muskelId, families);
    return { added: families.length };
  });
}

/**
 * The recorder closes the meeting; its result waits for the lurah. Families without a verdict stay on
 * the target list, for the next meeting.
 *
 * @throws AppError `muskel_closed`, `version_conflict`, `muskel_incomplete`.
 */
export function finishSession(
  register: Register,
  actor: ServiceActor,
  input: Versioned,
): { state: MuskelState } {
  return transaction(register.db, () => {
    const muskel = getOpenSession(register, input.muskelId);
    refuseChanged(muskel, input.version);
    const missing = [
      muskel.place === '' ? 'tempat' : null,
      muskel.startsAt === '' || muskel.endsAt === '' ? 'jam mulai dan selesai' : null,
      muskel.attendees.some(({ present }) => present) ? null : 'daftar hadir',
      listItems(register.db, muskel.id).some(({ verdict }) => verdict !== null) ? null : 'putusan',
    ].filter((one) => one !== null);
    if (missing.length > 0) throw new AppError('muskel_incomplete', { missing: missing.join(', ') });
    return moveTo(register, actor, muskel, 'selesai', 'muskel_selesai', {});
  });
}

/** Opens a closed meeting again, while the lurah has not legalised it. */
export function reopenSession(
  register: Register,
  actor: ServiceActor,
  input: Versioned & { reason: string },
): { state: MuskelState } {
  return transaction(register.db, () => {
    const muskel = getSession(register, input.muskelId);
    if (muskel.state !== 'selesai') throw new AppError('muskel_closed');
    refuseChanged(muskel, input.version);
    return moveTo(register, actor, muskel, 'berlangsung', 'muskel_dibuka_kembali', { alasan: input.reason });
  });
}

/**
 * The lurah makes the result official: from now on eligible families may be visited, and whoever
 * disagrees has until the end of the objection period.
 *
 * @throws AppError `muskel_not_finished`, `version_conflict`, `period_closed`.
 */
export function legaliseSession(
  register: Register,
  actor: ServiceActor,
  input: Versioned,
): { state: MuskelState } {
  return transaction(register.db, () => {
    const muskel = getSession(register, input.muskelId);
    if (muskel.state !== 'selesai') throw new AppError('muskel_not_finished');
    refuseChanged(muskel, input.version);
    refuseClosed(register, periodNamed(muskel.periodId, currentSettings(register).periodMonths));
    return moveTo(register, actor, muskel, 'disahkan', 'muskel_disahkan', {});
  });
}

/** @throws AppError `not_found`. */
export function getSession(register: Register, muskelId: string): MuskelRecord {
  const muskel = findMuskel(register.db, muskelId);
  if (muskel === null) throw new AppError('not_found');
  return muskel;
}

/** @throws AppError `not_found`, `muskel_closed`. */
export function getOpenSession(register: Register, muskelId: string): MuskelRecord {
  const muskel = getSession(register, muskelId);
  if (muskel.state !== 'berlangsung') throw new AppError('muskel_closed');
  return muskel;
}

/** Last day of objections: so many days after the day of the legalisation. */
export function objectionUntil(register: Register, muskel: Pick<MuskelRecord, 'legalisedAt'>): string | null {
  if (muskel.legalisedAt === null) return null;
  const day = dayOf(muskel.legalisedAt);
  return shiftDay(day, currentSettings(register).objectionDays);
}

/** "Muskel 1, MPM November 2026", as history and papers name a meeting. */
export function sessionName(register: Register, muskel: Pick<MuskelRecord, 'no' | 'periodId'>): string {
  return `Muskel ${muskel.no}, ${periodNamed(muskel.periodId, currentSettings(register).periodMonths).name}`;
}

function describe(register: Register, muskel: MuskelRecord): Muskel {
  return { ...muskel, objectionUntil: objectionUntil(register, muskel) };
}

function agendaFor(register: Register, periodId: string, { areas }: Pick<MuskelFacts, 'areas'>): string[] {
  return listWaitingFamilies(register.db, periodId)
    .filter((family) => areas.length === 0 || covers(areas, family))
    .map(({ caseId }) => caseId);
}

function change(
  register: Register,
  input: Versioned,
  what: Parameters<typeof updateMuskel>[2],
): { version: number } {
  return transaction(register.db, () => {
    const muskel = getOpenSession(register, input.muskelId);
    refuseChanged(muskel, input.version);
    updateMuskel(register.db, muskel.id, what);
    return { version: muskel.version + 1 };
  });
}

function refuseChanged(muskel: MuskelRecord, seen: number): void {
  if (muskel.version !== seen) throw new AppError('version_conflict', { by: 'rekan lain' });
}

function moveTo(
  register: Register,
  actor: ServiceActor,
  muskel: MuskelRecord,
  state: MuskelState,
  type: string,
  payload: Record<string, unknown>,
): { state: MuskelState } {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  setMuskelState(
    register.db,
    muskel.id,
    state,
    state === 'disahkan' ? { at: instant(register.clock), by } : null,
  );
  noteSession(register, actor, type, { muskel: muskel.id, ...payload });
  return { state };
}

function noteSession(
  register: Register,
  actor: ServiceActor,
  type: string,
  payload: Record<string, unknown>,
): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type,
    payload,
  });
}
