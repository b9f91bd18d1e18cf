import { z } from 'zod';
import { headOf } from '../../shared/domain/household.ts';
import { diffFields, readField } from '../../shared/provincial/merge.ts';
import { CaseLegalisedBody, householdOf, type PushRecord } from '../../shared/provincial/record.ts';
import type { MergeNote, Receipt, WireAuthor } from '../../shared/provincial/wire.ts';
import type { Tx } from './database.ts';
import { nameWords } from './name-words.ts';

/** Queries on the versions of a case that the province holds. */

/** The case as it stands. */
export interface StandingCase {
  caseId: string;
  version: number;
  officeId: string;
  city: string;
  retracted: boolean;
}

interface StandingRow {
  version: number;
  office_id: string;
  city: string;
  retracted: boolean;
}

/** Takes the case for this transaction, so that nobody moves it meanwhile; null where there is none. */
export async function lockCase(tx: Tx, caseId: string): Promise<StandingCase | null> {
  const { rows } = await tx.query<StandingRow>(
    'SELECT version, office_id, city, retracted_at IS NOT NULL AS retracted FROM province_case WHERE case_id = $1 FOR UPDATE',
    [caseId],
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { caseId, version: row.version, officeId: row.office_id, city: row.city, retracted: row.retracted };
}

export interface VersionOfCase {
  version: number;
  body: unknown;
  author: WireAuthor;
}

interface VersionRow {
  version: number;
  side: 'kantor' | 'provinsi';
  author: string;
  made_at: Date;
  body: unknown;
}

/** The versions from this one on, oldest first. */
export async function listVersionsFrom(tx: Tx, caseId: string, from: number): Promise<VersionOfCase[]> {
  const { rows } = await tx.query<VersionRow>(
    `SELECT held.version, held.side, held.author, held.made_at, coalesce(held.body, record.body) AS body
     FROM case_version AS held
     LEFT JOIN record ON record.office_id = held.office_id AND record.key = held.record_key AND record.city = held.city
     WHERE held.case_id = $1 AND held.version >= $2 ORDER BY held.version`,
    [caseId, from],
  );
  return rows.map((row) => ({
    version: row.version,
    body: row.body,
    author: { side: row.side, name: row.author, at: row.made_at.toISOString() },
  }));
}

/** Body of a record of this office as it was sent; null where it is none, of another version, or without the case's data. */
export async function findSentBody(tx: Tx, officeId: string, key: string, version: number): Promise<unknown> {
  const { rows } = await tx.query<{ body: unknown }>(
    `SELECT body FROM record WHERE office_id = $1 AND key = $2 AND version = $3 AND kind IN ('case.legalised', 'case.corrected')`,
    [officeId, key, version],
  );
  return rows[0]?.body ?? null;
}

/** Who wrote what now stands in a field: the newest version that changed it. */
export function authorOf(versions: readonly VersionOfCase[], path: string): WireAuthor {
  for (const [index, version] of [...versions.entries()].toReversed()) {
    const before = versions[index - 1];
    if (before === undefined) return version.author;
    if (diffFields(readField(before.body, path), readField(version.body, path)).length > 0)
      return version.author;
  }
  throw new Error('A case has at least one version.');
}

/** What the lists of the province know of a case, read from its body. */
export interface CaseFacts {
  provinceNumber: string | null;
  kelurahan: string;
  rw: number;
  rt: number;
  street: string;
  headName: string;
  /** Words of every member's name, so that a family is found by any of them. */
  memberNames: string;
  periodId: string;
  result: string | null;
}

export function factsOf(body: unknown): CaseFacts {
  return factsIn(CaseLegalisedBody.parse(body));
}

export function factsIn(read: CaseLegalisedBody): CaseFacts {
  const { address } = read.household;
  return {
    provinceNumber: read.case.provinceNumber ?? null,
    kelurahan: address.kelurahan,
    rw: address.rw,
    rt: address.rt,
    street: address.street,
    headName: headOf(householdOf(read))?.name ?? '',
    memberNames: read.members.flatMap(({ name }) => nameWords(name)).join(' '),
    periodId: read.case.periodId,
    result: read.identification?.result ?? null,
  };
}

export interface NewVersion {
  record: PushRecord;
  /** Version of the case before; 0 where this is its first. */
  from: number;
  /** Version that the province holds from now on. */
  version: number;
  city: string;
  authorName: string;
  identity: Buffer;
  receipt: Receipt;
  signedReceipt: string;
  /** The case's body where it is not the record's own; null where it is. */
  body: unknown;
  /** What the case is listed and found by; null where this takes it back. */
  facts: CaseFacts | null;
  merged: MergeNote | undefined;
}

/** Named in every statement, so that PostgreSQL knows their types in each. */
const factValues =
  '$19::text, $20::text, $21::integer, $22::integer, $23::text, $24::text, $25::text, $26::text, $29::text';
const values = `$1::uuid, $2::uuid, $3::text`;
const firstOfCase = `
  INSERT INTO province_case (office_id, record_key, city, case_id, version, province_number, kelurahan, rw, rt, street, head_name, period_id, result, member_names, retracted_at)
  VALUES (${values}, $4, $5, $19, $20, $21, $22, $23, $24, $25, $26, $29, NULL) ON CONFLICT (case_id) DO NOTHING RETURNING case_id`;
// A number that a case once bore is never given up for none: nobody else may get it.
const nextOfCase = `
  UPDATE province_case SET record_key = $2, version = $5, province_number = coalesce($19, province_number), kelurahan = $20, rw = $21, rt = $22,
    street = $23, head_name = $24, period_id = $25, result = $26, member_names = $29, retracted_at = NULL
  WHERE case_id = $4 AND office_id = $1 AND version = $18 RETURNING case_id`;
const retraction = `
  UPDATE province_case SET record_key = $2, version = $5, retracted_at = $14
  WHERE case_id = $4 AND office_id = $1 AND version = $18 RETURNING case_id`;

/**
 * Moves the case to its next version, and keeps the version and the record, in one statement: of two
 * records on the same version only one succeeds.
 *
 * @returns false where the province holds another version of the case, or another office does.
 */
export async function insertVersion(tx: Tx, next: NewVersion): Promise<boolean> {
  const { record, receipt, facts } = next;
  const { body: asSent, ...envelope } = record;
  const moved = facts === null ? retraction : next.from === 0 ? firstOfCase : nextOfCase;
  const { rowCount } = await tx.query(
    `WITH moved AS (${moved}),
     kept AS (
       INSERT INTO case_version (case_id, version, city, side, author, made_at, office_id, record_key, body)
       SELECT $4::uuid, $5::integer, $3::text, 'kantor', $6::text, $14::timestamptz, $1::uuid, $2::uuid, $7::jsonb FROM moved
     )
     INSERT INTO record (office_id, key, city, kind, case_id, base_version, version, parent, hash, identity, envelope, body, received_at, receipt_id, receipt, merged)
     SELECT $1::uuid, $2::uuid, $3::text, $8::text, $4::uuid, $9::integer, $10::integer, $11::uuid, $12::text, $13::bytea,
            $15::jsonb, $16::jsonb, $14::timestamptz, $17::uuid, $27::text, $28::jsonb
     FROM moved
     WHERE num_nonnulls($18::integer, ${factValues}) >= 0`,
    [
      receipt.officeId,
      record.key,
      next.city,
      record.caseId,
      next.version,
      next.authorName,
      next.body === null ? null : JSON.stringify(next.body),
      record.kind,
      record.baseVersion,
      versionIn(record),
      record.parent,
      record.hash,
      next.identity,
      receipt.serverTime,
      envelope,
      asSent,
      receipt.receiptId,
      next.from,
      facts?.provinceNumber ?? null,
      facts?.kelurahan ?? null,
      facts?.rw ?? null,
      facts?.rt ?? null,
      facts?.street ?? null,
      facts?.headName ?? null,
      facts?.periodId ?? null,
      facts?.result ?? null,
      next.signedReceipt,
      next.merged === undefined ? null : JSON.stringify(next.merged),
      facts?.memberNames ?? null,
    ],
  );
  return rowCount === 1;
}

const Versioned = z.looseObject({ case: z.looseObject({ version: z.int().positive() }) });

/** The version that the office gave the case in this record. */
export function versionIn(record: PushRecord): number {
  return Versioned.parse(record.body).case.version;
}
