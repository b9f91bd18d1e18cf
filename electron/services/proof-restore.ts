import { z } from 'zod';
import { findEdge } from '../../shared/domain/case-flow.ts';
import { formatCaseNumber } from '../../shared/domain/case-number.ts';
import { Household } from '../../shared/domain/household.ts';
import { dayOf } from '../../shared/domain/period.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { DownItem, RejectedBody } from '../../shared/provincial/down.ts';
import { diffFields, type FieldEdit, readField } from '../../shared/provincial/merge.ts';
import { CaseLegalisedBody, householdOf, type RecordKind } from '../../shared/provincial/record.ts';
import type { RecordResponse } from '../../shared/provincial/proof.ts';
import type { Receipt, WireAuthor } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { addEnterer, findCase, insertCase, setCaseVersion } from '../store/cases.ts';
import { raiseKnownVersion } from '../store/clashes.ts';
import { listItemsOfKinds, setItemApplied } from '../store/down.ts';
import { appendEvent } from '../store/journal.ts';
import { nextNumber, raiseNumber } from '../store/office.ts';
import {
  isCaseNumberTaken,
  insertAccepted,
  isQueued,
  isSerialTaken,
  moveOwnLast,
} from '../store/proof-restore.ts';
import { listRecordsOfCase } from '../store/proof.ts';
import { findBearer, findOnPaper, passNumber } from '../store/province-numbers.ts';
import { readProven } from '../sync/signatures.ts';
import { getCase, takeStep } from './case-steps.ts';
import { openClashes } from './clashes.ts';
import { replacePaperNumber, replaceProvinceNumber } from './province-numbers.ts';
import { newId, type Register, type ServiceActor, systemActor } from './register.ts';
import { currentSettings } from './settings.ts';
import { queueAttachments } from './sync-attachments.ts';
import { applyInOrder } from './sync-down-apply.ts';
import { apply, followable, saidOf } from './sync-follow.ts';

/** A record of the province and its receipt, both proven. */
export interface ProvenRecord extends RecordResponse {
  proof: Receipt;
}

const reason = 'Diambil kembali dari provinsi';

/**
 * Takes records that the province proves to have accepted back into this register, in the caller's
 * transaction, oldest first. A case that is gone here is made again; of one that is here, every field
 * of the family that differs becomes a clash that a person decides, unless the newest record left from here, so
 * that only its receipt was missing. Nothing is overwritten.
 *
 * @param chain without gaps; the first either begins the case, or builds on a record that is known here
 * @throws AppError `proof_refused` where they are no case.
 */
export function restoreRecords(
  register: Register,
  actor: ServiceActor,
  caseId: string,
  chain: readonly ProvenRecord[],
): void {
  const newest = chain.at(-1);
  if (newest === undefined) return;
  // A value in it that this version cannot read is shown with the rest.
  const told = chain.findLast(({ record }) => standing.has(record.kind))?.record.body ?? null;
  const isNew = findCase(register.db, caseId) === null;
  // Went out from here: what the case says otherwise by now came after it.
  const isOwn = isQueued(register.db, newest.record);
  const newestHere = listRecordsOfCase(register.db, caseId).at(-1)?.key ?? null;
  if (isNew) makeAgain(register, actor, caseId, newestLegible(chain));
  for (const held of chain) keepRecord(register, actor, held);
  moveOwnLast(register.db, caseId, newestHere);
  const known = knownIn(chain);
  if (known > 0) raiseKnownVersion(register.db, caseId, known, instant(register.clock));
  if (told !== null && !isOwn) takeFields(register, caseId, told, newest, isNew);
  if (isNew) applyMissed(register, caseId, newest);
  catchUp(register, caseId, newest);
}

/** Kinds that say the whole case. */
const standing: ReadonlySet<string> = new Set<RecordKind>(['case.legalised', 'case.corrected']);

/** The newest that this version can make a case of. */
function newestLegible(chain: readonly ProvenRecord[]): CaseLegalisedBody | null {
  return chain.map(({ record }) => CaseLegalisedBody.safeParse(record.body).data).findLast(Boolean) ?? null;
}

/** The case as the lurah legalised it, in the register again. */
function makeAgain(
  register: Register,
  actor: ServiceActor,
  caseId: string,
  told: CaseLegalisedBody | null,
): void {
  const household = Household.safeParse(told === null ? null : householdOf(told));
  if (told === null || !household.success || actor.id === null) throw new AppError('proof_refused');
  const at = instant(register.clock);
  const numbers = freeNumbers(register, told);
  const restored: Case = {
    ...numbers,
    id: caseId,
    mode: told.case.mode,
    passive: told.case.passive,
    state: 'DITERIMA',
    result: told.identification?.result ?? null,
    household: household.data,
    periodId: told.case.periodId,
    version: told.case.version,
    registeredAt: told.case.registeredAt,
    registeredBy: actor.id,
    updatedAt: at,
  };
  insertCase(register.db, restored);
  addEnterer(register.db, caseId, actor.id);
  appendEvent(register.db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: 'pulihkan_dari_provinsi',
    caseId,
    toState: 'DITERIMA',
    payload: { nomor: numbers.number, laporan: household.data, alasan: reason },
  });
}

/**
 * The number that the province proves to be the case's own is its own here, too: whoever was given it since the
 * backup gets another. The office's own numbers stay with whom they were given to since; the case then gets new
 * ones beside its own.
 */
function freeNumbers(
  register: Register,
  { case: { serial, number, provinceNumber } }: CaseLegalisedBody,
): Pick<Case, 'serial' | 'number' | 'provinceNumber'> {
  const { db } = register;
  const given = provinceNumber ?? null;
  if (given !== null) {
    passNumber(db, given);
    const newcomer = findBearer(db, given);
    if (newcomer !== null) giveWay(register, getCase(register, newcomer));
    const namesake = findOnPaper(db, given);
    if (namesake !== null) giveWayOnPaper(register, getCase(register, namesake));
  }
  raiseNumber(db, 'case', serial);
  const ownSerial = isSerialTaken(db, serial) ? nextNumber(db, 'case') : serial;
  return {
    serial: ownSerial,
    number: isCaseNumberTaken(db, number) ? `${number} (pulih ${ownSerial})` : number,
    provinceNumber: given,
  };
}

/** Also on paper, where it was registered under that number: two papers must not name one. */
function giveWay(register: Register, newcomer: Case): void {
  replaceProvinceNumber(register, newcomer, 'number_taken', (next) =>
    newcomer.number === newcomer.provinceNumber
      ? (next ?? officeNumber(register, newcomer))
      : newcomer.number,
  );
}

/** It was registered under that number, and got another one of the province since. */
function giveWayOnPaper(register: Register, namesake: Case): void {
  replacePaperNumber(register, namesake, namesake.provinceNumber ?? officeNumber(register, namesake));
}

function officeNumber(register: Register, { serial, household, registeredAt }: Case): string {
  return formatCaseNumber(currentSettings(register).caseNumberFormat, {
    kelurahan: household.address.kelurahan,
    year: dayOf(registeredAt).slice(0, 4),
    serial,
  });
}

/** Keeps a record of the province as accepted, with its receipt; of the case it changes nothing. */
export function keepRecord(
  register: Register,
  actor: ServiceActor,
  { record, receipt, proof }: ProvenRecord,
): void {
  const at = instant(register.clock);
  const eventId = appendEvent(register.db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: 'catatan_dari_provinsi',
    caseId: record.caseId,
    payload: { kiriman: record.key, sidik: record.hash, keterangan: `Tanda terima ${proof.receiptId}` },
  });
  const outboxId = insertAccepted(register.db, {
    item: {
      id: newId(),
      eventId,
      caseId: record.caseId,
      kind: record.kind,
      key: record.key,
      parent: record.parent,
      baseVersion: record.baseVersion,
      version: ownVersion({ record }),
      body: canonicalJson(record.body),
      hash: record.hash,
      createdAt: record.createdAt,
    },
    receipt: {
      id: proof.receiptId,
      jws: receipt,
      version: proof.version,
      serverTime: proof.serverTime,
      receivedAt: at,
    },
    at,
  });
  queueAttachments(register, outboxId);
}

function ownVersion({ record }: Pick<ProvenRecord, 'record'>): number {
  const said = record.body[record.kind === ('family.consent' satisfies RecordKind) ? 'consent' : 'case'];
  return z.looseObject({ version: z.int().positive() }).parse(said).version;
}

/**
 * What this office has nothing of follows and is handed on; what it has otherwise is shown with both
 * values. Versions and what a record says of itself are no fields of the case.
 */
function takeFields(
  register: Register,
  caseId: string,
  told: unknown,
  { proof }: ProvenRecord,
  isNew: boolean,
): void {
  const current = getCase(register, caseId);
  const said = saidOf(register, current);
  const edits = diffFields(said.body, told)
    .filter(isField)
    .map((edit) => ({ ...edit, after: edit.after ?? null }));
  const follow = followable(
    register,
    said,
    told,
    edits.filter((edit) => isNew || isEmptyHere(edit)),
  );
  const clash = edits.filter((edit) => !follow.includes(edit));
  if (follow.length > 0) apply(register, current, follow, { version: proof.version, reason });
  const by: WireAuthor = { side: 'provinsi', name: 'Server provinsi', at: proof.serverTime };
  openClashes(
    register,
    caseId,
    'naik',
    clash.map(({ path, before, after }) => ({
      path,
      base: null,
      ours: before ?? null,
      theirs: after,
      by,
    })),
  );
}

/** Whether an edit is one of the case's data, and none of what a record says of itself. */
export function isField({ path, after }: FieldEdit): boolean {
  const [root] = path.split('.');
  if (root === 'case' || root === 'correction' || root === 'retraction') return false;
  // Steps that were taken here since, and files that came, are no loss of the province's.
  return (root !== 'decisions' && root !== 'attachments') || after !== undefined;
}

function isEmptyHere({ before }: FieldEdit): boolean {
  return before === undefined || before === null;
}

/**
 * Up to which of its versions the province's own changes stand in the newest record. What it merged with a
 * record is not in that one, nor in what was queued on it before the answer.
 */
function knownIn(chain: readonly ProvenRecord[]): number {
  const at = chain.findLastIndex(({ record }, index) => {
    const before = chain[index - 1];
    return (
      before?.record.key !== record.parent ||
      before.proof.version === record.baseVersion ||
      ownVersion(before) !== record.baseVersion
    );
  });
  return chain[at]?.record.baseVersion ?? 0;
}

/** What came down of the case while it was not here: it stands in no record of the office. */
function applyMissed(register: Register, caseId: string, newest: ProvenRecord): void {
  const missed = listItemsOfKinds(register.db, ['case.changed', 'record.rejected'])
    .flatMap((jws) => readProven(jws, DownItem) ?? [])
    // Also where its id is written in capitals.
    .filter(({ body }) => RejectedBody.shape.caseId.safeParse(readField(body, 'caseId')).data === caseId)
    // What was asked before the newest record was answered by it.
    .filter(({ kind, issuedAt }) => kind !== 'record.rejected' || issuedAt > newest.proof.serverTime);
  // One that cannot be followed yet waits like any other, also where it counted as applied to the case that was lost.
  for (const { id } of missed) setItemApplied(register.db, id, null);
  applyInOrder(register, missed);
}

/**
 * The case moves to where its newest record left it, where the table has the edge. One that has a newer
 * record here stands where that has brought it.
 */
function catchUp(register: Register, caseId: string, { record, proof }: ProvenRecord): void {
  const payload = { kiriman: record.key, keterangan: reason };
  const isNewest = listRecordsOfCase(register.db, caseId).at(-1)?.key === record.key;
  for (const action of isNewest ? stepsTo(record.kind) : [])
    if (findEdge(getCase(register, caseId).state, action) !== null)
      takeStep(register, systemActor, { caseId, action, payload });
  setCaseVersion(register.db, caseId, Math.max(getCase(register, caseId).version, proof.version));
}

function stepsTo(kind: string): readonly ('pulihkan_dari_provinsi' | 'pulihkan_penarikan')[] {
  return kind === 'case.retracted'
    ? ['pulihkan_dari_provinsi', 'pulihkan_penarikan']
    : ['pulihkan_dari_provinsi'];
}
