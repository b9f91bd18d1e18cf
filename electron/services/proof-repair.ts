import {
  type DifferenceSubject,
  type ProofSide,
  type ProofView,
  remedies,
} from '../../shared/contract/proof.ts';
import { findEdge } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { refusal } from '../../shared/domain/consent.ts';
import { waitingOutboxStates } from '../../shared/domain/outbox.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { diffFields, readField } from '../../shared/provincial/merge.ts';
import type { WireAuthor } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { listOpenClashes, lowerKnownVersion } from '../store/clashes.ts';
import { transaction } from '../store/connection.ts';
import { findConsent } from '../store/consent.ts';
import { appendEvent } from '../store/journal.ts';
import {
  type DifferenceRecord,
  findBodyOf,
  forgetSentFiles,
  listDifferences,
  listRecordsOfCase,
  type OutboxOfCase,
  reopenRecords,
  setMended,
  setWanted,
} from '../store/proof.ts';
import { setOutboxState } from '../store/sync.ts';
import type { OfficeLink } from '../sync/province-client.ts';
import { getCase, takeStep } from './case-steps.ts';
import { isTakenBack, openClashes, refuseUndecided } from './clashes.ts';
import { proofView } from './proof.ts';
import { fetchChain, fetchSigned, fetchUnproven, recordSource } from './proof-fetch.ts';
import { isField, keepRecord, type ProvenRecord, restoreRecords } from './proof-restore.ts';
import { takeWord, tellWordAnew, wordStillDiffers } from './proof-words.ts';
import { isStanding } from './province-keys.ts';
import type { Register, ServiceActor } from './register.ts';
import { bodyOf, ownBodyOf } from './sync-body.ts';
import { tellWord } from './sync-consent.ts';
import { enqueue } from './sync-queue.ts';

const reason = 'Dicocokkan dengan provinsi';
const overtaken =
  'Provinsi tidak memegang catatan ini, tetapi memegang yang lebih baru dari berkas yang sama';

/**
 * Repairs one difference from the side that a person holds to be right. From here, the record is sent
 * again; from there, it is taken with its receipt, and every field that this office has otherwise
 * waits in "Perlu perhatian" with both values. Nothing is overwritten.
 *
 * @throws AppError `difference_gone`, those of {@link recordSource} and of what it reads,
 * `proof_refused` where the province's record does not prove to be its own, `proof_no_field`,
 * `restate_rejected`, `restate_closed`, `restate_on_way`, `clash_open`.
 */
export async function repairDifference(
  register: Register,
  actor: ServiceActor,
  asked: { caseId: string; subject: DifferenceSubject; from: ProofSide },
): Promise<ProofView> {
  const difference = openDifference(register, asked, asked.from);
  if (asked.from === 'kantor') sendFromHere(register, actor, difference);
  else
    await (asked.subject === 'persetujuan' ? takeWordFromProvince : takeFromProvince)(
      register,
      actor,
      difference,
    ).catch((cause: unknown) => {
      // The next answer brings it ahead of others.
      if (cause instanceof AppError && cause.code === 'record_not_carried')
        transaction(register.db, () => setWanted(register.db, difference));
      throw cause;
    });
  register.push?.wake();
  return proofView(register);
}

function openDifference(
  register: Register,
  { caseId, subject }: Pick<DifferenceRecord, 'caseId' | 'subject'>,
  from: ProofSide,
): DifferenceRecord {
  const difference = listDifferences(register.db).find(
    (candidate) => candidate.caseId === caseId && candidate.subject === subject,
  );
  if (difference === undefined || difference.mendedFrom !== null || !remedies[difference.kind].includes(from))
    throw new AppError('difference_gone');
  if (subject === 'persetujuan' && !wordStillDiffers(register, difference))
    throw new AppError('difference_gone');
  return difference;
}

function sendFromHere(register: Register, actor: ServiceActor, difference: DifferenceRecord): void {
  const { kind, subject, caseId } = difference;
  transaction(register.db, () => {
    if (subject === 'persetujuan') tellWordAnew(register, actor, caseId);
    else if (kind === 'hilang_di_provinsi') sendAgain(register, actor, difference);
    else restate(register, actor, difference);
    setMended(register.db, difference, 'kantor', instant(register.clock));
  });
}

async function takeWordFromProvince(
  register: Register,
  actor: ServiceActor,
  difference: DifferenceRecord,
): Promise<void> {
  const source = recordSource(register);
  const held = await fetchSigned(source, difference);
  if (difference.kind !== 'isi_berbeda' && held.record.hash !== difference.thereHash)
    throw new AppError('proof_refused');
  transaction(register.db, () => {
    refuseReplaced(register, source.link);
    openDifference(register, difference, 'provinsi');
    takeWord(register, actor, held, difference.kind);
    setMended(register.db, difference, 'provinsi', instant(register.clock));
  });
}

/**
 * What the province once confirmed and no longer holds goes out again under its own keys, so that a
 * province that holds it after all answers with the same receipts. The old receipts stay in the journal.
 * So does what has lost its receipt here: whether the province holds it, its answer tells.
 * What the province itself had changed is lost there, too, and stands in none of them: the case says it anew.
 * No word of its family goes again under its old key: one that the province lost would come after those it was told since,
 * and count (ADR 27). A family that refuses is told of anew, ahead of the case; of any other the next comparison tells whether
 * the two sides differ, since the province may hold a refusal that this office no longer knows of.
 */
function sendAgain(register: Register, actor: ServiceActor, { caseId, thereKey }: DifferenceRecord): void {
  const { db, clock } = register;
  const records = listRecordsOfCase(db, caseId);
  const held = records.find(({ key }) => key === thereKey)?.version ?? 0;
  // One without a receipt that stands before what the province holds is no newer than that, and is not sent over it.
  const heldAt = records.findIndex(({ key }) => key === thereKey);
  const lost = records.filter(
    ({ state, version }, at) => state === 'diterima' && (version === null ? at > heldAt : version > held),
  );
  const at = instant(clock);
  const eventId = appendEvent(db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: 'catatan_dikirim_ulang',
    caseId,
    payload: {
      kiriman: lost.map(({ key }) => key),
      tanda_terima: lost.map(({ jws }) => jws),
      alasan: 'Provinsi tidak memegangnya lagi',
    },
  });
  reopenRecords(
    db,
    lost.map(({ id }) => id),
    at,
  );
  lowerKnownVersion(db, caseId, held, at);
  forgetSentFiles(db, caseId);
  if (findConsent(db, caseId)?.kind === refusal)
    tellWord(register, getCase(register, caseId), { eventId, again: true });
  const waits = records.some(({ state }) => waitingOutboxStates.includes(state));
  if (!waits && saysLess(register, caseId, lost.at(-1)?.key ?? ''))
    takeStep(register, actor, { caseId, action: 'selesaikan_pertentangan', reason });
}

/** Whether a record lacks what its case says by now, and nobody has anything to choose in it. */
function saysLess(register: Register, caseId: string, key: string): boolean {
  const current = getCase(register, caseId);
  const sent: unknown = JSON.parse(findBodyOf(register.db, key) ?? 'null');
  // A retraction says nothing of any field, and nobody here takes one back.
  if (isTakenBack(current) || readField(sent, 'household') === undefined) return false;
  if (findEdge(current.state, 'selesaikan_pertentangan') === null) return false;
  if (listOpenClashes(register.db, caseId).length > 0) return false;
  return diffFields(sent, bodyOf(register, current)).some(({ path }) => !ownOfTheOffice.test(path));
}

/** What a record says of itself, and what goes on in the office after it. */
const ownOfTheOffice = /^(case|correction|retraction|decisions|attachments)(\.|$)/;

/** The same key cannot carry other content: the case is told anew, as it stands here. */
function restate(register: Register, actor: ServiceActor, { caseId }: DifferenceRecord): void {
  const current = tellable(register, caseId);
  if (current.state === 'DITARIK' || current.state === 'DIGABUNG') {
    refuseUndecided(register, caseId);
    const eventId = appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'catatan_dikirim_ulang',
      caseId,
      payload: { alasan: reason },
    });
    enqueue(register, current, eventId, { kind: 'case.retracted', reason });
    return;
  }
  takeStep(register, actor, { caseId, action: 'selesaikan_pertentangan', reason });
}

/**
 * The case, where it stands so that it can be told anew: at once, or by what is chosen.
 *
 * @throws AppError `restate_rejected`, `restate_closed`, `restate_on_way`.
 */
function tellable(register: Register, caseId: string): Case {
  const current = getCase(register, caseId);
  if (current.state === 'DIGABUNG' || findEdge(current.state, 'selesaikan_pertentangan') !== null)
    return current;
  if (current.state === 'DITOLAK') throw new AppError('restate_rejected');
  if (current.state === 'DITUTUP') throw new AppError('restate_closed');
  throw new AppError('restate_on_way', { state: caseStateLabel[current.state] });
}

async function takeFromProvince(
  register: Register,
  actor: ServiceActor,
  difference: DifferenceRecord,
): Promise<void> {
  const source = recordSource(register);
  if (difference.kind === 'isi_berbeda') {
    const held = await fetchSigned(source, difference);
    transaction(register.db, () => {
      refuseReplaced(register, source.link);
      openDifference(register, difference, 'provinsi');
      showBoth(register, held);
      setMended(register.db, difference, 'provinsi', instant(register.clock));
    });
    return;
  }
  const chain = await fetchChain(register, source, difference);
  const older = await fetchUnproven(register, source, difference, chain);
  transaction(register.db, () => {
    refuseReplaced(register, source.link);
    openDifference(register, difference, 'provinsi');
    restoreRecords(register, actor, difference.caseId, chain);
    for (const held of older.held) keepRecord(register, actor, held);
    giveUp(register, actor, difference.caseId, older.unknown);
    setMended(register.db, difference, 'provinsi', instant(register.clock));
  });
}

/** @throws AppError `difference_gone` where the office enrolled anew meanwhile: it differs from another province, if at all. */
function refuseReplaced(register: Register, link: OfficeLink): void {
  if (!isStanding(register, link)) throw new AppError('difference_gone');
}

/**
 * What neither side can prove, though the province holds a newer record of the case, counts as received no
 * more. Sent again, it would go over the newer one.
 */
function giveUp(
  { db, clock }: Register,
  actor: ServiceActor,
  caseId: string,
  records: readonly OutboxOfCase[],
): void {
  if (records.length === 0) return;
  const at = instant(clock);
  appendEvent(db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: 'catatan_tidak_terbukti',
    caseId,
    payload: { kiriman: records.map(({ key }) => key), alasan: overtaken },
  });
  const problem = { code: 'record_unknown', sentence: `${overtaken}.`, field: null };
  for (const { id } of records) setOutboxState(db, id, { state: 'ditolak', nextTryAt: at, problem, at });
}

/**
 * Every field in which the province's copy differs from what was sent, both values beside each other.
 *
 * @throws AppError as {@link tellable}, and `proof_no_field` where what differs is nothing that a person chooses.
 */
function showBoth(register: Register, { record, proof }: ProvenRecord): void {
  const sent: unknown = JSON.parse(findBodyOf(register.db, record.key) ?? 'null');
  const own = ownBodyOf(register, tellable(register, record.caseId));
  const by: WireAuthor = { side: 'provinsi', name: 'Server provinsi', at: proof.serverTime };
  const clashes = diffFields(sent, record.body)
    .filter(isField)
    .map(({ path, before, after }) => ({
      path,
      base: before ?? null,
      ours: readField(own, path) ?? null,
      theirs: after ?? null,
      by,
    }));
  if (clashes.length === 0) throw new AppError('proof_no_field');
  openClashes(register, record.caseId, 'naik', clashes);
}
