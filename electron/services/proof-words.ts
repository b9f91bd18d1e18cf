import { Consent, consentChange, refusal } from '../../shared/domain/consent.ts';
import { AppError } from '../../shared/errors.ts';
import type { RecordResponse } from '../../shared/provincial/proof.ts';
import { FamilyConsentBody } from '../../shared/provincial/record.ts';
import { instant } from '../clock.ts';
import { deleteConsent, findConsent, writeConsent } from '../store/consent.ts';
import { appendEvent } from '../store/journal.ts';
import { type DifferenceRecord, findBodyOf, isProven, listWordsOfCase } from '../store/proof.ts';
import { isQueued } from '../store/proof-restore.ts';
import { getCase } from './case-steps.ts';
import { sha256 } from './proof-ask.ts';
import { standingOfWord } from './proof-differences.ts';
import { keepRecord, type ProvenRecord } from './proof-restore.ts';
import type { Register, ServiceActor } from './register.ts';
import { tellWord } from './sync-consent.ts';

/** Repairing what a family said of being shown, from either side (ADR 24, 27). */

/** Whether what was found still is so: a word may have been recorded, told or taken since. */
export function wordStillDiffers(
  register: Register,
  { caseId, kind, thereKey, thereHash }: DifferenceRecord,
): boolean {
  const { db } = register;
  const proven = listWordsOfCase(db, caseId).findLast(isProven);
  const own =
    proven === undefined ? null : { key: proven.key, hash: sha256(findBodyOf(db, proven.key) ?? '') };
  const other = thereKey === null || thereHash === null ? null : { key: thereKey, hash: thereHash };
  return standingOfWord(register, caseId, own, other) === kind;
}

/**
 * What the family says here is told anew, under a key of its own: to one that it holds already the province would answer
 * as before, and go on showing what it shows. In the caller's transaction.
 */
export function tellWordAnew(register: Register, actor: ServiceActor, caseId: string): void {
  const eventId = appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type: 'catatan_dikirim_ulang',
    caseId,
    payload: { alasan: 'Persetujuan keluarga dicocokkan dengan provinsi' },
  });
  tellWord(register, getCase(register, caseId), { eventId, again: true });
}

/**
 * What the province proves that the family said last counts here, too. A word that left from here lacked its receipt
 * alone: what the family says here stands. In the caller's transaction.
 *
 * @throws AppError `proof_refused` where it is no word of a family.
 */
export function takeWord(
  register: Register,
  actor: ServiceActor,
  held: ProvenRecord,
  kind: DifferenceRecord['kind'],
): void {
  const { caseId } = held.record;
  if (kind === 'isi_berbeda') {
    // Its key stands for what was sent under it: what the province holds now goes under a new one.
    writeWord(register, actor, caseId, readWord(held));
    tellWordAnew(register, actor, caseId);
    return;
  }
  const word = readWord(held);
  const isOwn = isQueued(register.db, held.record);
  keepRecord(register, actor, held);
  if (!isOwn) writeWord(register, actor, caseId, word);
}

type Word = FamilyConsentBody['consent'];

function readWord({ record }: RecordResponse): Word {
  const read = FamilyConsentBody.safeParse(record.body);
  if (record.kind !== 'family.consent' || !read.success || read.data.case.id !== record.caseId)
    throw new AppError('proof_refused');
  return read.data.consent;
}

function writeWord(register: Register, actor: ServiceActor, caseId: string, word: Word): void {
  const { db, clock } = register;
  if (actor.id === null) throw new AppError('not_logged_in');
  const before = findConsent(db, caseId)?.kind ?? null;
  const said = consentOf(word);
  if (said === null) deleteConsent(db, caseId);
  else writeConsent(db, { caseId, kind: said, at: word.recordedAt, by: actor.id });
  appendEvent(db, {
    at: instant(clock),
    actor: { id: actor.id, role: actor.role },
    type: 'persetujuan_dicatat',
    caseId,
    payload: {
      semula: before,
      menjadi: said,
      keterangan: consentChange(before, said),
      alasan: 'Diambil kembali dari provinsi',
    },
  });
}

/** As this office numbers it; null where the family agreed, and how is not known here. */
function consentOf({ sharing, code }: Word): Consent | null {
  if (sharing === 'refused') return refusal;
  const { data = null } = Consent.safeParse(code);
  return data === refusal ? null : data;
}
