import type { PushRecord } from '../../shared/provincial/record.ts';
import type { Receipt } from '../../shared/provincial/wire.ts';
import { type CaseFacts, versionIn } from './case-versions.ts';
import type { Tx } from './database.ts';
import type { EnrolledOffice } from './offices.ts';

/** The first record of a case, ready to be kept. */
export interface FirstVersion {
  record: PushRecord;
  identity: Buffer;
  facts: CaseFacts;
  receipt: Receipt;
  signedReceipt: string;
}

/** The columns of a case's first version as PostgreSQL reads them from JSON. */
const columns = `key uuid, case_id uuid, kind text, version integer, hash text, identity text, envelope jsonb, body jsonb,
  receipt_id uuid, receipt text, province_number text, kelurahan text, rw integer, rt integer, street text,
  head_name text, member_names text, period_id text, result text`;

const statement = `
  WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS first (${columns})),
  moved AS (
    INSERT INTO province_case (office_id, record_key, city, case_id, version, province_number, kelurahan, rw, rt, street, head_name, member_names, period_id, result)
    SELECT $2::uuid, key, $3::text, case_id, version, province_number, kelurahan, rw, rt, street, head_name, member_names, period_id, result
    FROM given ORDER BY case_id ON CONFLICT (case_id) DO NOTHING RETURNING case_id
  ),
  kept AS (
    INSERT INTO case_version (case_id, version, city, side, author, made_at, office_id, record_key)
    SELECT case_id, version, $3::text, 'kantor', $4::text, $5::timestamptz, $2::uuid, key FROM given JOIN moved USING (case_id)
  )
  INSERT INTO record (office_id, key, city, kind, case_id, base_version, version, hash, identity, envelope, body, received_at, receipt_id, receipt)
  SELECT $2::uuid, key, $3::text, kind, case_id, 0, version, hash, decode(identity, 'hex'), envelope, body, $5::timestamptz, receipt_id, receipt
  FROM given JOIN moved USING (case_id) RETURNING key`;

/**
 * Begins many cases in one statement.
 *
 * @returns keys of the records that were kept; a case that is missing among them stands there already
 */
export async function insertFirstVersions(
  tx: Tx,
  office: EnrolledOffice,
  firsts: readonly FirstVersion[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await tx.query<{ key: string }>(statement, [
    JSON.stringify(firsts.map(firstToRow)),
    office.id,
    office.city,
    office.name,
    now,
  ]);
  return new Set(rows.map(({ key }) => key));
}

function firstToRow({ record, identity, facts, receipt, signedReceipt }: FirstVersion): unknown {
  const { body, ...envelope } = record;
  return {
    key: record.key,
    case_id: record.caseId,
    kind: record.kind,
    version: versionIn(record),
    hash: record.hash,
    identity: identity.toString('hex'),
    envelope,
    body,
    receipt_id: receipt.receiptId,
    receipt: signedReceipt,
    province_number: facts.provinceNumber,
    kelurahan: facts.kelurahan,
    rw: facts.rw,
    rt: facts.rt,
    street: facts.street,
    head_name: facts.headName,
    member_names: facts.memberNames,
    period_id: facts.periodId,
    result: facts.result,
  };
}
