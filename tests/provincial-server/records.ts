import type { CaseLegalisedBody, PushRecord } from '../../shared/provincial/record.ts';
import type { Receipt } from '../../shared/provincial/wire.ts';
import type { Tx } from './database.ts';
import type { Rejection } from './inspect-record.ts';

/** Queries on what the offices pushed; each runs in the transaction of a batch. */

/** What a key was answered before; `identity` tells whether it was the same record. */
export type Known = { identity: Buffer } & (
  | { status: 'accepted'; receipt: string }
  | { status: 'rejected'; rejection: Rejection }
  | { status: 'held' }
);

interface KnownRow {
  key: string;
  identity: Buffer;
  receipt: string | null;
  code: Rejection['code'] | null;
  field: string | null;
  sentence: string | null;
}

/** All that is known of these keys, in one query for a whole batch. */
export async function findKnown(
  tx: Tx,
  officeId: string,
  keys: readonly string[],
): Promise<Map<string, Known>> {
  const { rows } = await tx.query<KnownRow>(
    `SELECT key, identity, receipt, NULL AS code, NULL AS field, NULL AS sentence FROM record WHERE office_id = $1 AND key = ANY ($2)
     UNION ALL
     SELECT key, identity, NULL, code, field, sentence FROM rejection WHERE office_id = $1 AND key = ANY ($2)
     UNION ALL
     SELECT key, identity, NULL, NULL, NULL, NULL FROM held_record WHERE office_id = $1 AND key = ANY ($2)`,
    [officeId, keys],
  );
  return new Map(rows.map((row) => [row.key, rowToKnown(row)]));
}

function rowToKnown({ identity, receipt, code, field, sentence }: KnownRow): Known {
  if (receipt !== null) return { identity, status: 'accepted', receipt };
  if (code !== null)
    return { identity, status: 'rejected', rejection: { code, field, sentence: sentence ?? '' } };
  return { identity, status: 'held' };
}

/** Which of these keys some held record waits for. */
export async function findAwaited(tx: Tx, officeId: string, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ parent: string }>(
    'SELECT DISTINCT parent FROM held_record WHERE office_id = $1 AND parent = ANY ($2)',
    [officeId, keys],
  );
  return new Set(rows.map((row) => row.parent));
}

export interface AcceptedRecord {
  record: PushRecord;
  body: CaseLegalisedBody;
  identity: Buffer;
  receipt: Receipt;
  signedReceipt: string;
}

const firstOfCase = `
  INSERT INTO province_case (case_id, office_id, record_key, version, kelurahan, rw, rt, period_id, result)
  VALUES ($4, $1, $2, $6, $15, $16, $17, $18, $19) ON CONFLICT (case_id) DO NOTHING RETURNING case_id`;

const nextOfCase = `
  UPDATE province_case SET record_key = $2, version = $6, kelurahan = $15, rw = $16, rt = $17, period_id = $18, result = $19
  WHERE case_id = $4 AND office_id = $1 AND version = $5 RETURNING case_id`;

/**
 * Moves the case from the version the record builds on to the record's own, and keeps the record, in
 * one statement: of two records on the same version only one succeeds.
 *
 * @returns false where the province holds another version of the case, or another office does.
 */
export async function insertRecord(
  tx: Tx,
  { record, body, identity, receipt, signedReceipt }: AcceptedRecord,
): Promise<boolean> {
  const { body: asSent, ...envelope } = record;
  const { address } = body.household;
  const { rowCount } = await tx.query(
    `WITH moved AS (${record.baseVersion === 0 ? firstOfCase : nextOfCase})
     INSERT INTO record (office_id, key, kind, case_id, base_version, version, parent, hash, identity, envelope, body, received_at, receipt_id, receipt)
     SELECT $1::uuid, $2::uuid, $3, $4::uuid, $5::integer, $6::integer, $7::uuid, $8, $9::bytea, $10::jsonb, $11::jsonb, $12::timestamptz, $13::uuid, $14 FROM moved`,
    [
      receipt.officeId,
      record.key,
      record.kind,
      record.caseId,
      record.baseVersion,
      receipt.version,
      record.parent,
      record.hash,
      identity,
      envelope,
      asSent,
      receipt.serverTime,
      receipt.receiptId,
      signedReceipt,
      address.kelurahan,
      address.rw,
      address.rt,
      body.case.periodId,
      body.identification?.result ?? null,
    ],
  );
  return rowCount === 1;
}

export async function isCaseOfOtherOffice(tx: Tx, officeId: string, caseId: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT 1 FROM province_case WHERE case_id = $1 AND office_id <> $2', [
    caseId,
    officeId,
  ]);
  return rowCount === 1;
}

export async function insertRejection(
  tx: Tx,
  officeId: string,
  key: string,
  identity: Buffer,
  rejection: Rejection,
  at: Date,
): Promise<void> {
  await tx.query(
    'INSERT INTO rejection (office_id, key, identity, code, field, sentence, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [officeId, key, identity, rejection.code, rejection.field, rejection.sentence, at],
  );
}

export async function hold(
  tx: Tx,
  officeId: string,
  record: PushRecord,
  identity: Buffer,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO held_record (office_id, key, parent, identity, record, received_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (office_id, key) DO NOTHING`,
    [officeId, record.key, record.parent, identity, record, at],
  );
}

/** Takes out what waited for this record, oldest first. */
export async function takeHeldChildren(tx: Tx, officeId: string, parent: string): Promise<PushRecord[]> {
  const { rows } = await tx.query<{ record: PushRecord }>(
    `WITH taken AS (DELETE FROM held_record WHERE office_id = $1 AND parent = $2 RETURNING record, received_at)
     SELECT record FROM taken ORDER BY received_at, record ->> 'key'`,
    [officeId, parent],
  );
  return rows.map((row) => row.record);
}
