import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { holds, type HoldCode } from '../../shared/provincial/problems.ts';
import type { CaseLegalisedBody, PushRecord } from '../../shared/provincial/record.ts';
import {
  type BatchEnvelope,
  type BatchResponse,
  type RecordAnswer,
  type Receipt,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { inSavepoint, inTransaction, type Tx } from './database.ts';
import { identityOf, inspectRecord, type Rejection, rejectionOf } from './inspect-record.ts';
import { type EnrolledOffice, takeTurn } from './offices.ts';
import {
  findAwaited,
  findKnown,
  hold,
  insertRecord,
  insertRejection,
  isCaseOfOtherOffice,
  type Known,
  takeHeldChildren,
} from './records.ts';
import { type ServerKey, signReceipt } from './signing.ts';

type RawRecord = z.infer<typeof BatchEnvelope>['records'][number];

interface Intake {
  tx: Tx;
  office: EnrolledOffice;
  serverKey: ServerKey;
  now: Date;
  /** What is known of the batch's keys and parents; kept up as the batch is worked off. */
  known: Map<string, Known>;
  /** Keys that held records wait for. */
  awaited: Set<string>;
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
  const answers = await inTransaction(pool, async (tx) => {
    await takeTurn(tx, office.id, now);
    const known = await findKnown(tx, office.id, [...keys, ...parentsOf(batch.records)]);
    const awaited = await findAwaited(tx, office.id, keys);
    const given: RecordAnswer[] = [];
    for (const raw of batch.records)
      given.push(await acceptRecord({ tx, office, serverKey, now, known, awaited }, raw));
    return given;
  });
  return { wire: wireVersion, batchId: batch.batchId, serverTime: now.toISOString(), answers };
}

async function acceptRecord(intake: Intake, raw: RawRecord): Promise<RecordAnswer> {
  const identity = identityOf(raw);
  const answered = answerAgain(intake, raw.key, identity);
  if (answered) return answered;
  const inspected = inspectRecord(raw, intake.office.area);
  switch (inspected.verdict) {
    case 'kind_unknown':
      return held(raw.key, 'kind_unknown', null);
    case 'rejected':
      return await reject(intake, raw.key, identity, inspected.rejection);
    case 'readable': {
      const stored = await inSavepoint(
        intake.tx,
        async () => await store(intake, inspected.record, inspected.body, identity),
      );
      return stored ?? (await reject(intake, raw.key, identity, rejectionOf('unstorable')));
    }
    default:
      return assertNever(inspected);
  }
}

/** The answer this key was given before; another record under the same key is refused, unstored. */
function answerAgain({ known }: Intake, key: string, identity: Buffer): RecordAnswer | null {
  const before = known.get(key);
  if (before === undefined) return null;
  if (!before.identity.equals(identity)) return rejectedAnswer(key, rejectionOf('key_reused', 'key'));
  switch (before.status) {
    case 'accepted':
      return { key, status: 'duplicate', receipt: before.receipt };
    case 'rejected':
      return rejectedAnswer(key, before.rejection);
    case 'held':
      // Judged anew: what it waits for may be in this very batch.
      return null;
    default:
      return assertNever(before);
  }
}

async function store(
  intake: Intake,
  record: PushRecord,
  body: CaseLegalisedBody,
  identity: Buffer,
): Promise<RecordAnswer> {
  const { tx, office, serverKey, now, known, awaited } = intake;
  if (record.parent !== null && known.get(record.parent)?.status !== 'accepted') {
    await hold(tx, office.id, record, identity, now);
    known.set(record.key, { identity, status: 'held' });
    awaited.add(record.parent);
    return held(record.key, 'parent_missing', record.parent);
  }
  const receipt: Receipt = {
    wire: wireVersion,
    receiptId: randomUUID(),
    officeId: office.id,
    key: record.key,
    kind: record.kind,
    caseId: record.caseId,
    version: body.case.version,
    hash: record.hash,
    serverTime: now.toISOString(),
  };
  const signedReceipt = await signReceipt(serverKey, receipt);
  if (!(await insertRecord(tx, { record, body, identity, receipt, signedReceipt }))) {
    const foreign = await isCaseOfOtherOffice(tx, office.id, record.caseId);
    return await reject(
      intake,
      record.key,
      identity,
      foreign ? rejectionOf('case_of_other_office', 'caseId') : rejectionOf('base_version', 'baseVersion'),
    );
  }
  known.set(record.key, { identity, status: 'accepted', receipt: signedReceipt });
  if (awaited.has(record.key)) await release(intake, record.key);
  return { key: record.key, status: 'accepted', receipt: signedReceipt };
}

/** What waited for this record gets its turn; its office learns the outcome when it sends it again. */
async function release(intake: Intake, parent: string): Promise<void> {
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
  { tx, office, now, known }: Intake,
  key: string,
  identity: Buffer,
  rejection: Rejection,
): Promise<RecordAnswer> {
  await insertRejection(tx, office.id, key, identity, rejection, now);
  known.set(key, { identity, status: 'rejected', rejection });
  return rejectedAnswer(key, rejection);
}

function rejectedAnswer(key: string, { code, field, sentence }: Rejection): RecordAnswer {
  return { key, status: 'rejected', code, field, sentence };
}

function held(key: string, code: HoldCode, parent: string | null): RecordAnswer {
  return { key, status: 'held', code, parent, sentence: holds[code] };
}

/** Parents as they were sent; what is no key cannot be looked up, and is refused with its record. */
function parentsOf(records: readonly RawRecord[]): string[] {
  return records.flatMap(({ parent }) => (typeof parent === 'string' && isKey.test(parent) ? [parent] : []));
}

const isKey = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
