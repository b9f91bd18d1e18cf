import { AppError } from '../../shared/errors.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { RecordResponse } from '../../shared/provincial/proof.ts';
import {
  type DifferenceRecord,
  findCarried,
  findProofRun,
  isProven,
  isUnproven,
  listRecordsOfCase,
  type OutboxOfCase,
} from '../store/proof.ts';
import type { OfficeLink, Reply } from '../sync/province-client.ts';
import { allKeys, openReceipt } from '../sync/signatures.ts';
import { lineOf, refuse } from './proof.ts';
import { sha256 } from './proof-ask.ts';
import type { ProvenRecord } from './proof-restore.ts';
import type { Register } from './register.ts';

/** Records of the province that a repair takes from there, with their receipts: as a courier brought them, else over the line. */

export interface RecordSource {
  link: OfficeLink;
  read: (key: string) => Promise<Reply<RecordResponse>>;
}

/**
 * @throws AppError `not_enrolled`, `province_unreachable`; by reading, `record_not_carried` where the difference was found
 * in a courier's answer that did not bring the record, and there is no line either
 */
export function recordSource(register: Register): RecordSource {
  const { client, link } = lineOf(register);
  const read = async (key: string): Promise<Reply<RecordResponse>> => {
    const carried = findCarried(register.db, key);
    if (carried === null)
      return {
        kind: 'refused',
        status: 404,
        code: 'record_unknown',
        sentence: 'Provinsi tidak memegang catatan ini.',
      };
    if (carried !== undefined) {
      const answer = RecordResponse.safeParse(JSON.parse(carried));
      // Such as this version cannot read; the line may tell it otherwise.
      if (answer.success) return { kind: 'answered', answer: answer.data };
    }
    const reply = await client.readRecord(link, key);
    if (reply.kind === 'silent' && findProofRun(register.db)?.via === 'kurir')
      throw new AppError('record_not_carried');
    return reply;
  };
  return { link, read };
}

/** The records that are missing here, from the oldest on: back to one that this office has a receipt for. */
export async function fetchChain(
  register: Register,
  source: RecordSource,
  { caseId, thereKey }: DifferenceRecord,
): Promise<ProvenRecord[]> {
  const confirmed = new Set(
    listRecordsOfCase(register.db, caseId)
      .filter(isProven)
      .map(({ key }) => key),
  );
  const chain: ProvenRecord[] = [];
  for (let key = thereKey; key !== null && !confirmed.has(key);) {
    const held = await fetchRecord(source, key, caseId);
    // Its body must be what the receipt was given for; a circle would never end.
    if (sha256(canonicalJson(held.record.body)) !== held.record.hash) throw new AppError('proof_refused');
    if (chain.some(({ record }) => record.key === held.record.key)) throw new AppError('proof_refused');
    chain.unshift(held);
    key = held.record.parent;
  }
  return chain;
}

/** What stands here as received, without a receipt, before the newest record that the province holds. */
export async function fetchUnproven(
  register: Register,
  source: RecordSource,
  { caseId, thereKey }: DifferenceRecord,
  chain: readonly ProvenRecord[],
): Promise<{ held: ProvenRecord[]; unknown: OutboxOfCase[] }> {
  const fetched = new Set(chain.map(({ record }) => record.key));
  const records = listRecordsOfCase(register.db, caseId);
  const newest = records.findIndex(({ key }) => key === thereKey);
  const older = records.filter((one, at) => at < newest && isUnproven(one) && !fetched.has(one.key));
  const [held, unknown]: [ProvenRecord[], OutboxOfCase[]] = [[], []];
  for (const stated of older) {
    const reply = await source.read(stated.key);
    if (reply.kind === 'refused' && reply.code === 'record_unknown') {
      unknown.push(stated);
      continue;
    }
    if (reply.kind !== 'answered') return refuse(reply);
    const found = await proveRecord(reply.answer, source.link, stated.key, caseId);
    if (found.record.hash !== stated.hash) throw new AppError('proof_refused');
    held.push(found);
  }
  return { held, unknown };
}

/**
 * The record that the province holds, with the body that it signed in the proof, whatever it noted of it once.
 *
 * @throws AppError those of {@link fetchRecord}, and `proof_refused` where it is another body.
 */
export async function fetchSigned(
  source: RecordSource,
  { caseId, thereKey, thereHash }: DifferenceRecord,
): Promise<ProvenRecord> {
  const held = await fetchRecord(source, thereKey ?? '', caseId);
  if (sha256(canonicalJson(held.record.body)) !== thereHash) throw new AppError('proof_refused');
  return held;
}

/** @throws AppError those of {@link refuse} and {@link proveRecord}. */
async function fetchRecord(source: RecordSource, key: string, caseId: string): Promise<ProvenRecord> {
  const reply = await source.read(key);
  if (reply.kind !== 'answered') return refuse(reply);
  return await proveRecord(reply.answer, source.link, key, caseId);
}

/** @throws AppError `proof_refused` where the receipt is not the province's own for this record. */
async function proveRecord(
  { record, receipt, ...rest }: RecordResponse,
  link: OfficeLink,
  key: string,
  caseId: string,
): Promise<ProvenRecord> {
  const proof = await openReceipt(receipt, allKeys(link), {
    officeId: link.officeId,
    key,
    kind: record.kind,
    caseId,
    version: record.baseVersion + 1,
    hash: record.hash,
  });
  if (proof === null || record.key !== key || record.caseId !== caseId) throw new AppError('proof_refused');
  return { ...rest, record, receipt, proof };
}
