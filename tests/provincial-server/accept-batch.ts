import type { Pool } from 'pg';
import type { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { holds, type HoldCode } from '../../shared/provincial/problems.ts';
import { PushRecord } from '../../shared/provincial/record.ts';
import {
  type BatchEnvelope,
  type BatchResponse,
  type ConflictAnswer,
  type MergeNote,
  type RecordAnswer,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { advanceCase } from './advance-case.ts';
import { beginMany } from './begin-many.ts';
import { type Apart, inTransactionOfParts, type Tx } from './database.ts';
import { keepWord } from './family-consent.ts';
import {
  identityOf,
  type Inspected,
  inspectRecord,
  type Readable,
  type Rejection,
  rejectionOf,
} from './inspect-record.ts';
import { findPools, type GrantedPool } from './numbers.ts';
import { type EnrolledOffice, takeTurn } from './offices.ts';
import { numberConstraints } from './province-cases.ts';
import {
  findAwaited,
  findKnown,
  hold,
  insertRejection,
  isKey,
  type Known,
  noteUnread,
  takeHeldChildren,
} from './records.ts';
import { receiptNow, type ServerKey, signConflict } from './signing.ts';

export type RawRecord = z.infer<typeof BatchEnvelope>['records'][number];

export interface Intake {
  tx: Tx;
  apart: Apart;
  office: EnrolledOffice;
  serverKey: ServerKey;
  now: Date;
  /** What is known of the batch's keys and parents; kept up as the batch is worked off. */
  known: Map<string, Known>;
  /** Keys that held records wait for. */
  awaited: Set<string>;
  /** Registration numbers that offices of this area hold. */
  pools: readonly GrantedPool[];
  /** Judges a record by itself; the same one again costs nothing. */
  inspect: (raw: RawRecord) => Inspected;
}

/**
 * Takes a batch in, in one transaction: what is answered is committed, and what is not committed is
 * not answered. Each record is judged by itself; one that is refused leaves no trace on the others.
 */
export async function acceptBatch(
  pool: Pool,
  office: EnrolledOffice,
  batch: z.infer<typeof BatchEnvelope>,
  serverKey: ServerKey,
  now: Date,
): Promise<BatchResponse> {
  const keys = batch.records.map((record) => record.key);
  const answers = await inTransactionOfParts(pool, async (tx, apart) => {
    await takeTurn(tx, office, now);
    const known = await findKnown(tx, office, [...keys, ...parentsOf(batch.records)]);
    const awaited = await findAwaited(tx, office.id, keys);
    const pools = await findPools(tx, office.area);
    const inspect = onceEach((raw: RawRecord) => inspectRecord(raw, office.area));
    const intake: Intake = { tx, apart, office, serverKey, now, known, awaited, pools, inspect };
    const begun = await beginMany(intake, batch.records);
    const given: RecordAnswer[] = [];
    for (const raw of batch.records) given.push(await acceptInTurn(intake, raw, begun));
    return given;
  });
  return { wire: wireVersion, batchId: batch.batchId, serverTime: now.toISOString(), answers };
}

/** Each in its place in the batch, so that what builds on it finds what it would have found. */
async function acceptInTurn(
  intake: Intake,
  raw: RawRecord,
  begun: ReadonlyMap<string, string>,
): Promise<RecordAnswer> {
  const receipt = begun.get(raw.key);
  return receipt === undefined
    ? await acceptRecord(intake, raw)
    : await accepted(intake, raw.key, identityOf(raw), receipt, undefined);
}

async function acceptRecord(intake: Intake, raw: RawRecord): Promise<RecordAnswer> {
  const identity = identityOf(raw);
  const answered = answerAgain(intake, raw, identity);
  if (answered) return answered;
  const inspected = intake.inspect(raw);
  switch (inspected.verdict) {
    case 'kind_unknown':
      await noteUnread(intake.tx, intake.office.id, raw, intake.now);
      return held(raw.key, 'kind_unknown', null);
    case 'rejected':
      return await reject(intake, raw, identity, inspected.rejection);
    case 'readable':
      return await acceptReadable(intake, raw, inspected.readable, identity);
    default:
      return assertNever(inspected);
  }
}

/** The answer this key was given before; another record under the same key is refused, unstored. */
function answerAgain(intake: Intake, raw: RawRecord, identity: Buffer): RecordAnswer | null {
  const { key } = raw;
  const before = intake.known.get(key);
  if (before === undefined) return null;
  if (!before.identity.equals(identity)) return rejectedAnswer(key, rejectionOf('key_reused', 'key'));
  switch (before.status) {
    case 'accepted':
      return {
        key,
        status: 'duplicate',
        receipt: receiptNow(intake.serverKey, before.receipt, before.merged),
        merged: before.merged,
      };
    case 'rejected':
      return rejectedAnswer(key, before.rejection);
    case 'conflict':
      return signed(intake, raw, before.answer);
    case 'held':
      // Judged anew: what it waits for may be in this very batch.
      return null;
    default:
      return assertNever(before);
  }
}

async function acceptReadable(
  intake: Intake,
  raw: RawRecord,
  readable: Readable,
  identity: Buffer,
): Promise<RecordAnswer> {
  const { tx, apart, office, now, known, awaited } = intake;
  const { record } = readable;
  const parent = record.parent === null ? null : known.get(record.parent);
  const refused = parent?.status === 'rejected' || parent?.status === 'conflict';
  // What a family says needs nothing of what it said before.
  const builds = readable.kind !== 'family.consent';
  if (refused && builds) return await reject(intake, raw, identity, rejectionOf('parent_rejected', 'parent'));
  if (parent !== null && parent?.status !== 'accepted' && !refused) {
    await hold(tx, office.id, record, identity, now);
    known.set(record.key, { identity, status: 'held' });
    if (record.parent !== null) awaited.add(record.parent);
    return held(record.key, 'parent_missing', record.parent);
  }
  const stored = await apart(async () =>
    readable.kind === 'family.consent'
      ? await keepWord(intake, readable, identity)
      : await advanceCase(intake, readable, identity),
  );
  if ('refusedBy' in stored) return await reject(intake, raw, identity, refusalOf(stored.refusedBy));
  const { result } = stored;
  switch (result.outcome) {
    case 'accepted': {
      const { receipt, merged } = result;
      return await accepted(intake, record.key, identity, receipt, merged);
    }
    case 'rejected':
      return await reject(intake, raw, identity, result.rejection);
    case 'conflict':
      return await disagree(intake, raw, identity, result.answer);
    default:
      return assertNever(result);
  }
}

async function accepted(
  intake: Intake,
  key: string,
  identity: Buffer,
  receipt: string,
  merged: MergeNote | undefined,
): Promise<RecordAnswer> {
  intake.known.set(key, { identity, status: 'accepted', receipt, merged });
  await release(intake, key);
  return { key, status: 'accepted', receipt, merged };
}

function onceEach<Given extends object, Result>(work: (given: Given) => Result): (given: Given) => Result {
  const done = new Map<Given, Result>();
  return (given) => {
    const before = done.get(given);
    if (before !== undefined) return before;
    const result = work(given);
    done.set(given, result);
    return result;
  };
}

function refusalOf(constraint: string | null): Rejection {
  return numberConstraints.some((name) => name === constraint)
    ? rejectionOf('number_taken', 'body.case.provinceNumber')
    : rejectionOf('unstorable');
}

/** What waited for this record gets its turn; its office learns the outcome when it sends it again. */
async function release(intake: Intake, parent: string): Promise<void> {
  if (!intake.awaited.has(parent)) return;
  const children = await takeHeldChildren(intake.tx, intake.office.id, parent);
  const next = await findAwaited(
    intake.tx,
    intake.office.id,
    children.map((child) => child.key),
  );
  for (const key of next) intake.awaited.add(key);
  for (const child of children) await acceptRecord(intake, child);
}

async function reject(
  intake: Intake,
  raw: RawRecord,
  identity: Buffer,
  rejection: Rejection,
): Promise<RecordAnswer> {
  const { tx, office, now, known } = intake;
  await insertRejection(tx, office.id, raw, identity, rejection, null, now);
  known.set(raw.key, { identity, status: 'rejected', rejection });
  await release(intake, raw.key);
  return rejectedAnswer(raw.key, rejection);
}

async function disagree(
  intake: Intake,
  raw: RawRecord,
  identity: Buffer,
  answer: ConflictAnswer,
): Promise<RecordAnswer> {
  const { tx, office, now, known } = intake;
  const shown = rejectionOf('base_version', answer.clashes[0]?.path ?? null);
  await insertRejection(tx, office.id, raw, identity, shown, answer, now);
  known.set(raw.key, { identity, status: 'conflict', answer });
  await release(intake, raw.key);
  return signed(intake, raw, answer);
}

const Named = PushRecord.pick({ key: true, caseId: true, hash: true });

/** Signed as it is given, so that what was kept before conflicts were signed is, too. */
function signed({ office, serverKey }: Intake, raw: RawRecord, answer: ConflictAnswer): ConflictAnswer {
  const { key, caseId, hash } = Named.parse(raw);
  return signConflict(serverKey, { officeId: office.id, key, caseId, hash }, answer);
}

function rejectedAnswer(key: string, { code, field, sentence }: Rejection): RecordAnswer {
  return { key, status: 'rejected', code, field, sentence };
}

function held(key: string, code: HoldCode, parent: string | null): RecordAnswer {
  return { key, status: 'held', code, parent, sentence: holds[code] };
}

/** Parents as they were sent; what is no key cannot be looked up, and is refused with its record. */
function parentsOf(records: readonly RawRecord[]): string[] {
  return records.flatMap(({ parent }) => (typeof parent === 'string' && isKey(parent) ? [parent] : []));
}
