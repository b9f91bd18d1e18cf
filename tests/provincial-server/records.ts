import { type PushRecord, RecordKind } from '../../shared/provincial/record.ts';
import type { ConflictAnswer, MergeNote } from '../../shared/provincial/wire.ts';
import type { Tx } from './database.ts';
import type { Rejection } from './inspect-record.ts';
import type { EnrolledOffice } from './offices.ts';

/** Queries on what the offices pushed; each runs in the transaction of a batch. */

/** What a key was answered before; `identity` tells whether it was the same record. */
export type Known = { identity: Buffer } & (
  | { status: 'accepted'; receipt: string; merged: MergeNote | undefined }
  | { status: 'rejected'; rejection: Rejection }
  | { status: 'conflict'; answer: ConflictAnswer }
  | { status: 'held' }
);

interface KnownRow {
  key: string;
  identity: Buffer;
  receipt: string | null;
  merged: MergeNote | null;
  code: Rejection['code'] | null;
  field: string | null;
  sentence: string | null;
  conflict: ConflictAnswer | null;
}

/** All that is known of these keys, in one query for a whole batch. */
export async function findKnown(
  tx: Tx,
  office: Pick<EnrolledOffice, 'id' | 'city'>,
  keys: readonly string[],
): Promise<Map<string, Known>> {
  const { rows } = await tx.query<KnownRow>(
    `SELECT key, identity, receipt, merged, NULL AS code, NULL AS field, NULL AS sentence, NULL::jsonb AS conflict
       FROM record WHERE office_id = $1 AND key = ANY ($2) AND city = $3
     UNION ALL
     SELECT key, identity, NULL, NULL, code, field, sentence, conflict FROM rejection WHERE office_id = $1 AND key = ANY ($2)
     UNION ALL
     SELECT key, identity, NULL, NULL, NULL, NULL, NULL, NULL FROM held_record WHERE office_id = $1 AND key = ANY ($2)`,
    [office.id, keys, office.city],
  );
  return new Map(rows.map((row) => [row.key, rowToKnown(row)]));
}

function rowToKnown({ identity, receipt, merged, code, field, sentence, conflict }: KnownRow): Known {
  if (receipt !== null) return { identity, status: 'accepted', receipt, merged: merged ?? undefined };
  if (conflict !== null) return { identity, status: 'conflict', answer: conflict };
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

/** What is refused waits for nothing any more: else the record it waited for would bring it in after all. */
export async function insertRejection(
  tx: Tx,
  officeId: string,
  { key, caseId, kind }: { key: string; caseId?: unknown; kind?: unknown },
  identity: Buffer,
  rejection: Rejection,
  conflict: ConflictAnswer | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `WITH waits_no_more AS (DELETE FROM held_record WHERE office_id = $1 AND key = $2)
     INSERT INTO rejection (office_id, key, identity, code, field, sentence, conflict, case_id, received_at, kind)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      officeId,
      key,
      identity,
      conflict?.code ?? rejection.code,
      rejection.field,
      rejection.sentence,
      conflict === null ? null : JSON.stringify(conflict),
      typeof caseId === 'string' && isKey(caseId) ? caseId : null,
      at,
      RecordKind.safeParse(kind).data ?? null,
    ],
  );
}

/** That a record waits whose kind this server does not know; it is kept by its office alone, which sends it again. */
export async function noteUnread(
  tx: Tx,
  officeId: string,
  { key, caseId }: { key: string; caseId?: unknown },
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO unread_record (office_id, key, case_id, since, seen_at) VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (office_id, key) DO UPDATE SET seen_at = excluded.seen_at`,
    [officeId, key, typeof caseId === 'string' && isKey(caseId) ? caseId : null, at],
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

/**
 * A word of a family was accepted: what waits of the same case, and neither for it nor for what waits for it, leaves. Its
 * office, where it still has it, sends it again, and it is judged anew.
 */
export async function dropOvertakenWords(
  tx: Tx,
  officeId: string,
  { key, caseId }: Pick<PushRecord, 'key' | 'caseId'>,
): Promise<void> {
  await tx.query(
    `WITH RECURSIVE later AS (
       SELECT key FROM held_record WHERE office_id = $1 AND parent = $2
       UNION
       SELECT held.key FROM held_record AS held JOIN later ON held.parent = later.key WHERE held.office_id = $1
     )
     DELETE FROM held_record WHERE office_id = $1 AND key NOT IN (SELECT key FROM later)
       AND record ->> 'caseId' = $3 AND record ->> 'kind' = '${'family.consent' satisfies RecordKind}'`,
    [officeId, key, caseId],
  );
}

/** Whether a text is a key as the wire writes it. */
export function isKey(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
