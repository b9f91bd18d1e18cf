import { randomBytes } from 'node:crypto';
import type { LifeEventPlan, NewLifeEvent } from '../../shared/contract/life-event.ts';
import type { Correction } from '../../shared/contract/period.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { type Household, inspectHousehold } from '../../shared/domain/household.ts';
import { diffReported, type FieldChange } from '../../shared/domain/household-diff.ts';
import {
  applyLifeEvent,
  type LifeEvent,
  type LifeEventEffect,
  LifeEventRefused,
  lifeEventStates,
  lifeEventTitle,
} from '../../shared/domain/life-event.ts';
import { inspectNik } from '../../shared/domain/nik.ts';
import { legalisedStates } from '../../shared/domain/period-close.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { provisionalCode } from '../../shared/domain/without-nik.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { addEnterer, replaceHousehold } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { findCorrection, findLifeEvent, insertCorrection } from '../store/corrections.ts';
import { insertDraft } from '../store/intake.ts';
import { appendEvent, listCaseEvents } from '../store/journal.ts';
import { getOffice } from '../store/office.ts';
import { giveProvisional } from '../store/without-nik.ts';
import { recordChange } from './case-change.ts';
import { getCase, takeStep } from './case-steps.ts';
import { textOf } from './correction-records.ts';
import { resolveGone } from './intake-beside.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/**
 * What an event would do to a case, without doing it.
 *
 * @throws AppError `not_found`, `life_event_not_now`, `life_event_refused`, `outside_area`.
 */
export function previewLifeEvent(
  register: Register,
  { caseId, event }: { caseId: string; event: LifeEvent },
): LifeEventPlan {
  const current = getCase(register, caseId);
  const effect = effectOf(register, current, event);
  return {
    changes: changesOf(current, effect),
    ends: effect.household !== null ? null : legalisedStates.includes(current.state) ? 'ditarik' : 'ditutup',
    splitOff: effect.splitOff?.members.map(({ name }) => name) ?? [],
  };
}

/**
 * Asks the lurah for what happened to a family to be carried out. The case stays as it is until then.
 *
 * @throws AppError as {@link previewLifeEvent}.
 */
export function proposeLifeEvent(
  register: Register,
  actor: ServiceActor,
  input: NewLifeEvent,
): { id: string } {
  const proposedBy = actor.id;
  if (proposedBy === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const current = getCase(register, input.caseId);
    const event = withOfficeIds(input.event);
    const effect = effectOf(register, current, event);
    const changes = changesOf(current, effect);
    const id = newId();
    const proposedAt = instant(register.clock);
    const reason = input.letter === '' ? input.reason : `${input.reason} (${input.letter})`;
    insertCorrection(register.db, {
      id,
      caseId: current.id,
      subject: `${lifeEventTitle(event)}, ${event.on.split('-').toReversed().join('-')}`,
      before: effect.household === null ? caseStateLabel[current.state] : textOf(changes, 'before'),
      after: effect.household === null ? describeEnd(current, event) : textOf(changes, 'after'),
      reason,
      edits: null,
      lifeEvent: event,
      draftId: null,
      proposedAt,
      proposedBy,
    });
    appendEvent(register.db, {
      at: proposedAt,
      actor: { id: proposedBy, role: actor.role },
      type: 'peristiwa_diajukan',
      caseId: current.id,
      payload: {
        perbaikan: id,
        peristiwa: event,
        perubahan: changes,
        alasan: reason,
        keterangan: lifeEventTitle(event),
      },
    });
    return { id };
  });
}

/**
 * Carries out what the lurah approved, in the caller's transaction: on the case as it stands now, which
 * may have changed since it was asked for.
 *
 * @throws AppError as {@link previewLifeEvent}, and what `takeStep` throws.
 */
export function carryOutLifeEvent(register: Register, actor: ServiceActor, record: Correction): void {
  const event = findLifeEvent(register.db, record.id);
  if (event === null) return;
  const current = getCase(register, record.caseId);
  const effect = effectOf(register, current, event);
  const changes = changesOf(current, effect);
  const proposer = findCorrection(register.db, record.id, '')?.proposedBy ?? null;
  const draft =
    effect.splitOff === null || proposer === null ? null : beginSplitOff(register, effect.splitOff, proposer);
  const payload = {
    perbaikan: record.id,
    keterangan: record.subject,
    perubahan: changes,
    ...(draft === null ? {} : { draf: draft }),
  };
  const { household } = effect;
  if (household === null) {
    const action = legalisedStates.includes(current.state) ? 'tarik_kembali' : 'tutup_peristiwa';
    takeStep(register, actor, {
      caseId: current.id,
      action,
      reason: `${record.subject}. ${record.reason}`,
      payload,
    });
    return;
  }
  const at = instant(register.clock);
  replaceHousehold(register.db, { ...current, household, version: current.version + 1, updatedAt: at });
  resolveGone(register, current.id, household, at);
  if (event.kind === 'lahir' && event.provisional && event.member.nik === null && proposer !== null)
    giveProvisional(register.db, {
      code: provisionalCode(randomBytes(8)),
      caseId: current.id,
      memberId: event.member.id,
      reason: '1',
      givenAt: at,
      givenBy: proposer,
    });
  if (legalisedStates.includes(current.state)) {
    takeStep(register, actor, {
      caseId: current.id,
      action: 'sahkan_perbaikan',
      reason: `${record.subject}. ${record.reason}`,
      correction: { id: record.id, proposedAt: record.proposedAt },
      payload,
    });
    return;
  }
  if (proposer !== null) addEnterer(register.db, current.id, proposer);
  recordChange(register, actor, current, { at, payload: { ...payload, alasan: record.reason } });
}

/**
 * Opens a case again that a life event closed, where it stood before.
 *
 * @throws AppError `not_found` where no life event closed it, and what `takeStep` throws.
 */
export function revokeLifeEvent(
  register: Register,
  actor: ServiceActor,
  { caseId, reason }: { caseId: string; reason: string },
): void {
  transaction(register.db, () => {
    const current = getCase(register, caseId);
    const closing = listCaseEvents(register.db, caseId).findLast(({ toState }) => toState === 'DITUTUP');
    const before = CaseState.safeParse(closing?.fromState);
    if (current.state !== 'DITUTUP' || closing?.type !== 'tutup_peristiwa' || !before.success)
      throw new AppError('not_found');
    takeStep(register, actor, { caseId, action: 'batalkan_peristiwa', to: before.data, reason });
  });
}

function effectOf(register: Register, current: Case, event: LifeEvent): LifeEventEffect {
  if (!lifeEventStates.includes(current.state))
    throw new AppError('life_event_not_now', { state: caseStateLabel[current.state] });
  if (event.on > today(register.clock))
    throw new AppError('life_event_refused', { message: 'tanggalnya belum tiba.' });
  if (
    event.kind === 'pindah' &&
    event.to !== null &&
    (!liesIn(event.to.kelurahan, getOffice(register.db).area) ||
      register.areas.find(event.to.kelurahan) === null)
  )
    throw new AppError('outside_area');
  try {
    if (event.kind === 'masuk') refuseOddNik(register, event.member);
    const effect = applyLifeEvent(current.household, event);
    for (const household of [effect.household, effect.splitOff]) refuseBroken(household);
    return effect;
  } catch (cause) {
    if (cause instanceof LifeEventRefused)
      throw new AppError('life_event_refused', { message: cause.message });
    throw cause;
  }
}

/** Who joins brings papers: a wrong NIK is refused, an odd one needs its reason, as at the counter. */
function refuseOddNik(register: Register, { nik, nikNote, birthDate, sex }: Member): void {
  if (nik === null) return;
  const { errors, warnings } = inspectNik(nik, {
    today: today(register.clock),
    areaName: (code) => register.areas.nameOfNikArea(code),
    birthDate,
    sex,
  });
  const [wrong] = errors;
  if (wrong !== undefined) throw new LifeEventRefused(wrong.message);
  const [odd] = warnings;
  if (odd !== undefined && nikNote === null)
    throw new LifeEventRefused(`${odd.message} Bila memang begitu, tulis alasannya.`);
}

function refuseBroken(household: Household | null): void {
  const wrong =
    household === null ? undefined : inspectHousehold(household).find(({ level }) => level === 'error');
  if (wrong) throw new LifeEventRefused(wrong.message);
}

function changesOf(current: Case, { household }: LifeEventEffect): FieldChange[] {
  return household === null
    ? []
    : diffReported({ household: current.household, passive: null }, { household, passive: null });
}

function describeEnd(current: Case, event: LifeEvent): string {
  const what = legalisedStates.includes(current.state) ? 'Ditarik kembali dari provinsi' : 'Berkas ditutup';
  if (event.kind === 'pindah' && event.place !== '')
    return `${what}: seluruh keluarga pindah ke ${event.place}`;
  if (event.kind === 'lulus') return `${what}: ${event.grounds}`;
  return `${what}: tidak ada anggota yang tinggal`;
}

/** Ids typed into a form are the screen's; a case's members get the office's own. */
function withOfficeIds(event: LifeEvent): LifeEvent {
  if (event.kind === 'lahir') return { ...event, member: { ...event.member, id: newId() } };
  return event.kind === 'masuk' ? { ...event, member: { ...event.member, id: newId() } } : event;
}

/** Those who live elsewhere now come to the counter as a registration already begun. */
function beginSplitOff(register: Register, household: Household, ownerId: string): string {
  const id = newId();
  const at = instant(register.clock);
  insertDraft(register.db, {
    id,
    ownerId,
    body: {
      ...draftOfHousehold(household, null),
      unseen: ['address.street', 'address.rt', 'address.rw'],
      editors: [ownerId],
    },
    // Not an opened form that nobody typed in, which is swept away.
    version: 2,
    createdAt: at,
    updatedAt: at,
  });
  return id;
}
