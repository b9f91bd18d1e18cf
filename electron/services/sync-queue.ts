import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CaseAction, findEdge } from '../../shared/domain/case-flow.ts';
import { refusal } from '../../shared/domain/consent.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import {
  CaseCorrectedBody,
  type CaseRetractedBody,
  type RecordKind,
} from '../../shared/provincial/record.ts';
import { instant } from '../clock.ts';
import { findCase, setCaseVersion } from '../store/cases.ts';
import {
  type ClashRecord,
  deleteProvinceField,
  findKnownVersion,
  listDecided,
  listOpenClashes,
  listProvinceFields,
  putClash,
} from '../store/clashes.ts';
import { findConsent } from '../store/consent.ts';
import { listMergesOfCase } from '../store/merge.ts';
import { appendEvent } from '../store/journal.ts';
import {
  dropItem,
  dropWaitingBefore,
  fellWithConflict,
  findNewestItem,
  findNewestTold,
  findPredecessor,
  findRefusedRetraction,
  insertOutbox,
  isKeptBack,
  isNewestOfCase,
  type OutboxItem,
  readOutboxBody,
  wasRejected,
} from '../store/sync.ts';
import { choiceReason, closeClashes, isTakenBack } from './clashes.ts';
import { isNumberRejection, type NumberRejection, replaceProvinceNumber } from './province-numbers.ts';
import { newId, type Register, type ServiceActor, systemActor } from './register.ts';
import { holdingOf } from './settings.ts';
import { tellWord } from './sync-consent.ts';
import { bodyOf, decisionsOf, ownBodyOf, sentBody, type SentBody } from './sync-body.ts';

/** What a step tells the province of its case. */
export type Told =
  | { kind: 'case.legalised' }
  | { kind: 'case.corrected'; correction: CaseCorrectedBody['correction'] }
  | { kind: 'case.retracted'; reason: string };

/** A correction as the lurah approved it. */
export interface ApprovedCorrection {
  id: string;
  proposedAt: string;
}

/**
 * Which record a step puts into the outbox. What the province has never held is legalised, whatever
 * led to it, and so is what it holds as taken back; what it holds otherwise is corrected. A case that goes into another, or is closed after the province
 * rejected a record of it, is no longer one of its own, also where nothing but the rejection is there.
 */
export function toldBy(
  register: Register,
  legalised: Case,
  action: CaseAction,
  reason: string,
  correction: ApprovedCorrection | null,
): Told | null {
  if (legalised.state === 'DITARIK' && action === 'tarik_kembali') return { kind: 'case.retracted', reason };
  const ends = action === 'gabungkan' || action === 'tutup';
  if ((ends || action === 'pisahkan') && baseOf(register, legalised.id).version > 0)
    return { kind: 'case.retracted', reason };
  // It holds nothing of it, but waits to see it mended.
  if (ends && wasRejected(register.db, legalised.id)) return { kind: 'case.retracted', reason };
  if (legalised.state !== 'DISAHKAN') return null;
  const corrects =
    action === 'sahkan_perbaikan' ||
    action === 'selesaikan_pertentangan' ||
    action === 'perbaiki_dan_sahkan_ulang';
  const base = baseOf(register, legalised.id);
  if (!corrects || base.version === 0 || base.takenBack) return { kind: 'case.legalised' };
  const decidedAt = instant(register.clock);
  return {
    kind: 'case.corrected',
    correction: {
      id: correction?.id ?? newId(),
      reason,
      proposedAt: correction?.proposedAt ?? decidedAt,
      decidedAt,
    },
  };
}

/**
 * Puts a record into the outbox, in the transaction of the event that causes it. The body, its hash
 * and the idempotency key are fixed here, before the first try: every try sends the same.
 *
 * @param eventId the event in the journal that causes it
 * @throws AppError as {@link withTheirs}.
 */
export function enqueue(register: Register, given: Case, eventId: string, told: Told): void {
  const { db } = register;
  const legalised = underFreeNumber(register, given);
  const base = baseOf(register, legalised.id);
  // Both ends count versions of a case; what is sent counts on from the higher of the two.
  const version = Math.max(legalised.version, base.version + 1);
  if (version !== legalised.version) setCaseVersion(db, legalised.id, version);
  if (told.kind !== 'case.retracted') {
    forgetOverruled(register, legalised);
    // Ahead of the case, so that it is shown to nobody in between. Where the province holds none, it may have lost a
    // refusal that it took before, and no proof names that.
    tellWord(register, legalised, { again: base.version === 0 && refuses(register, legalised.id) });
  }
  const body = canonicalJson(tell(register, { ...legalised, version }, told));
  insertOutbox(db, {
    id: newId(),
    eventId,
    caseId: legalised.id,
    kind: told.kind satisfies RecordKind,
    key: newId(),
    parent: base.parent,
    baseVersion: base.version,
    version,
    body,
    hash: createHash('sha256').update(body).digest('hex'),
    createdAt: instant(register.clock),
  });
  // The sender looks after this transaction: it cannot run before the synchronous work ends.
  register.push?.wake();
}

function refuses({ db }: Register, caseId: string): boolean {
  return findConsent(db, caseId)?.kind === refusal;
}

/**
 * The province misses what a retraction builds on, and that stays here because the family refuses to share
 * it: it never came. The case is taken back without it, by a record of its own; where the province holds
 * nothing of the case, there is nothing to take back either. The events stay in the journal, where
 * this is noted too.
 */
export function retractWithout(register: Register, missing: OutboxItem): void {
  const { db } = register;
  if (!isKeptBack(db, missing.caseId, holdingOf(register)) || !isNewestOfCase(db, missing)) return;
  const dropped = dropWaitingBefore(db, missing);
  if (dropped === 0) return;
  noteDropped(register, missing.caseId, dropped);
  const reason = reasonOf(register, missing);
  dropItem(db, missing.id);
  if (baseOf(register, missing.caseId).version > 0 || wasRejected(db, missing.caseId))
    sendAnew(
      register,
      missing,
      { kind: 'case.retracted', reason },
      'Perbaikan sebelum penarikan tidak pernah sampai di provinsi',
    );
}

/** A case was taken back: what of it still stays here is waited for by nobody. */
export function dropKeptBack(register: Register, retraction: OutboxItem): void {
  if (!isKeptBack(register.db, retraction.caseId, holdingOf(register))) return;
  noteDropped(register, retraction.caseId, dropWaitingBefore(register.db, retraction));
}

function noteDropped(register: Register, caseId: string, dropped: number): void {
  if (dropped === 0) return;
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: 'sistem' },
    type: 'kiriman_gugur',
    caseId,
    payload: { catatan: dropped },
  });
}

/**
 * The case with another number of the province, where the one it bears was refused last; one that the province gave it
 * itself, and refuses, is handed on no more.
 */
function underFreeNumber(register: Register, current: Case): Case {
  const refused = refusedNumber(register, current.id);
  if (refused === null) return current;
  if (refused.number !== current.provinceNumber) {
    if (handedNumber(register, current.id) === refused.number)
      deleteProvinceField(register.db, current.id, numberPath);
    return current;
  }
  replaceProvinceNumber(register, current, refused.why);
  return findCase(register.db, current.id) ?? current;
}

const numberPath = 'case.provinceNumber';

/** The number that the province gave a case itself; null where it bears its own. */
function handedNumber({ db }: Register, caseId: string): unknown {
  return listProvinceFields(db, caseId).find(({ path }) => path === numberPath)?.value ?? null;
}

function refusedNumber({ db }: Register, caseId: string): { number: string; why: NumberRejection } | null {
  const told = findNewestTold(db, caseId);
  const why = told?.problem?.code ?? '';
  if (told?.state !== 'ditolak' || !isNumberRejection(why)) return null;
  const number = Numbered.safeParse(JSON.parse(told.body)).data?.case.provinceNumber ?? null;
  return number === null ? null : { number, why };
}

const Numbered = z.object({ case: z.object({ provinceNumber: z.string().nullish() }) });

/**
 * The number was refused, not the case: it is sent anew under the next one, which nobody needs to decide on.
 * Each time uses a number up or hands one on no more, and a case without one is refused none, so this comes to an end.
 *
 * @returns false where it was something else
 */
export function sendUnderFreeNumber(register: Register, rejected: OutboxItem): boolean {
  if (!isNewestOfCase(register.db, rejected) || refusedNumber(register, rejected.caseId) === null)
    return false;
  tellAgain(register, rejected, 'Nomor provinsinya ditolak provinsi');
  return true;
}

/**
 * Where both sides say the same by now of every field that waits for a choice, or a person has chosen all of it already,
 * there is none. What else stood in the record that was not applied is told anew, on what the province holds: the lurah
 * approved it as it is. In the caller's transaction; while a record of the case is under way, its answer is waited for.
 *
 * @returns whether that was all of it
 */
export function settleAgreed(register: Register, caseId: string): boolean {
  const { db } = register;
  const [newest, current] = [findNewestItem(db, caseId), findCase(db, caseId)];
  if (newest === null || current === null || newest.kind === 'case.retracted') return false;
  if (isTakenBack(current) || findEdge(current.state, 'selesaikan_pertentangan') === null) return false;
  const body = bodyOf(register, current);
  const open = listOpenClashes(db, caseId).map((clash) => ({
    ...clash,
    ours: readField(body, clash.path) ?? null,
  }));
  if (open.some(({ ours, theirs }) => !sameValue(ours, theirs)) || !isOwed(register, newest, open))
    return false;
  closeClashes(register, caseId, open);
  const why = 'Isiannya tidak lagi berbeda dengan provinsi';
  if (newest.state === 'diterima') tellChoice(register, newest, why);
  else tellAgain(register, newest, why);
  return true;
}

/** Whether something of the case is still to be told, beside what waits for a choice. */
function isOwed({ db }: Register, { key, state }: OutboxItem, open: readonly ClashRecord[]): boolean {
  switch (state) {
    case 'bertentangan':
      return true;
    case 'ditolak':
      return open.length > 0 || fellWithConflict(db, key);
    case 'diterima':
      return open.some(({ origin }) => origin === 'naik');
    case 'menunggu':
    case 'dikirim':
    case 'ditahan':
      return false;
    default:
      return assertNever(state);
  }
}

/**
 * Tells what a person chose of a case, by a correction of its own: the record before was taken, and the lurah approved that
 * without it. Where nobody chose, all of it was told. In the caller's transaction.
 */
export function tellChoice(register: Register, item: OutboxItem, why: string): void {
  const decided = listDecided(register.db, item.caseId).map(({ decidedAt }) => decidedAt);
  const at = decided.sort().at(-1);
  if (at === undefined) return;
  const correction = { id: newId(), reason: choiceReason, proposedAt: at, decidedAt: at };
  sendAnew(register, item, { kind: 'case.corrected', correction }, why);
}

/** Tells a case once more as the newest record of it did, as it says by now: in the caller's transaction. */
export function tellAgain(register: Register, item: OutboxItem, why: string): void {
  sendAnew(register, item, toldAgain(register, item), why);
}

/** What a record told, as it is to be told now. */
function toldAgain(register: Register, { id, caseId }: OutboxItem): Told {
  const base = baseOf(register, caseId);
  const { data } = Corrected.safeParse(JSON.parse(readOutboxBody(register.db, id)));
  return data === undefined || base.version === 0 || base.takenBack
    ? { kind: 'case.legalised' }
    : { kind: 'case.corrected', correction: data.correction };
}

const Corrected = CaseCorrectedBody.pick({ correction: true });

/**
 * Takes a case back once more, on what the province holds: a retraction needs nothing of the correction
 * before it, so the rejection of that one leaves nothing that a person could mend.
 *
 * @returns false where that would say the very thing which was rejected, or something was queued since
 */
export function retractAnew(register: Register, rejected: OutboxItem): boolean {
  if (!isNewestOfCase(register.db, rejected)) return false;
  dropKeptBack(register, rejected);
  const base = baseOf(register, rejected.caseId);
  if (base.parent === rejected.parent && base.version === rejected.baseVersion) return false;
  const told: Told = { kind: 'case.retracted', reason: reasonOf(register, rejected) };
  sendAnew(register, rejected, told, 'Perbaikan sebelum penarikan ditolak provinsi');
  return true;
}

/**
 * A person has it that the case was taken back, went into another or is closed, and the province refused to
 * hear it: it is told once more, on what the province holds.
 *
 * @returns false where nothing was refused, or something was queued since
 */
export function tellRetractionAgain(register: Register, actor: ServiceActor, caseId: string): boolean {
  const refused = findRefusedRetraction(register.db, caseId);
  if (refused === null) return false;
  const told: Told = { kind: 'case.retracted', reason: reasonOf(register, refused) };
  sendAnew(register, refused, told, 'Penarikannya ditolak provinsi', actor);
  return true;
}

function sendAnew(
  register: Register,
  { caseId, key }: OutboxItem,
  told: Told,
  why: string,
  by: Pick<ServiceActor, 'id' | 'role'> = systemActor,
): void {
  const current = findCase(register.db, caseId);
  if (current === null) return;
  const eventId = appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: by.id, role: by.role },
    type: 'catatan_dikirim_ulang',
    caseId,
    payload: { kiriman: [key], alasan: why },
  });
  enqueue(register, current, eventId, told);
}

function reasonOf({ db }: Register, { id }: OutboxItem): string {
  return Retracted.parse(JSON.parse(readOutboxBody(db, id))).retraction.reason;
}

const Retracted = z.object({ retraction: z.object({ reason: z.string() }) });

/** What the next record of a case builds on. */
function baseOf(
  { db }: Register,
  caseId: string,
): { version: number; parent: string | null; takenBack: boolean } {
  const predecessor = findPredecessor(db, caseId);
  return {
    version: Math.max(predecessor?.version ?? 0, findKnownVersion(db, caseId)),
    parent: predecessor?.key ?? null,
    takenBack: predecessor?.kind === 'case.retracted',
  };
}

function tell(register: Register, legalised: Case, told: Told): SentBody | CaseRetractedBody {
  switch (told.kind) {
    case 'case.legalised':
      return withTheirs(register, legalised);
    case 'case.corrected':
      return { ...withTheirs(register, legalised), correction: told.correction };
    case 'case.retracted':
      return {
        case: { id: legalised.id, number: legalised.number, version: legalised.version },
        retraction: {
          reason: told.reason,
          decidedAt: instant(register.clock),
          mergedInto: mergedInto(register, legalised),
        },
        decisions: decisionsOf(register.db, legalised.id),
      };
  }
}

/**
 * The case as it is sent. Of a field that waits for a choice it says what the province has: what else is
 * told of the case meanwhile takes that away from nobody. The choice goes on, between that and what the
 * case says by now.
 *
 * @throws AppError `clash_open` where the case no longer has what the field is of.
 */
function withTheirs(register: Register, legalised: Case): SentBody {
  const own = bodyOf(register, legalised);
  const open = listOpenClashes(register.db, legalised.id);
  if (open.length === 0) return own;
  let body: unknown = own;
  const agreed: ClashRecord[] = [];
  for (const clash of open) {
    const { path, theirs } = clash;
    const ours = readField(own, path) ?? null;
    if (sameValue(ours, theirs)) agreed.push(clash);
    else if (!sameValue(ours, clash.ours)) putClash(register.db, { ...clash, id: newId(), ours });
    body = writeField(body, path, theirs);
    if (!sameValue(readField(body, path) ?? null, theirs)) throw new AppError('clash_open');
  }
  closeClashes(register, legalised.id, agreed);
  return sentBody(body);
}

/**
 * The office has said otherwise of a field since a value of the province was to be handed on: that was its answer
 * to it, and a later return to the value before brings nothing back that nobody said.
 */
function forgetOverruled(register: Register, legalised: Case): void {
  const handedOn = listProvinceFields(register.db, legalised.id);
  if (handedOn.length === 0) return;
  const own = ownBodyOf(register, legalised);
  for (const { path, own: before } of handedOn)
    if (!sameValue(readField(own, path) ?? null, before))
      deleteProvinceField(register.db, legalised.id, path);
}

/** The case that this one went into, as the province knows it; null where it stands by itself. */
function mergedInto(
  { db }: Register,
  { id, state }: Case,
): NonNullable<CaseRetractedBody['retraction']['mergedInto']> | null {
  const merge =
    state === 'DIGABUNG' ? listMergesOfCase(db, id).find(({ absorbedId }) => absorbedId === id) : undefined;
  const kept = merge === undefined ? null : findCase(db, merge.keptId);
  return kept === null ? null : { caseId: kept.id, number: kept.number, provinceNumber: kept.provinceNumber };
}
