import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface Lease {
  holderId: string;
  holderName: string;
  since: string;
  renewedAt: string;
}

const LeaseRow = z.object({
  holder_id: z.string(),
  holder_name: z.string(),
  since: z.string(),
  renewed_at: z.string(),
});

/** Who typed in this draft last and has not left it. */
export function findLease(db: ReadableDb, draftId: string): Lease | null {
  const raw = db
    .prepare(
      `SELECT draft_lease.*, account.name AS holder_name FROM draft_lease
       JOIN account ON account.id = draft_lease.holder_id WHERE draft_id = ?`,
    )
    .get(draftId);
  if (raw === undefined) return null;
  const row = LeaseRow.parse(raw);
  return {
    holderId: row.holder_id,
    holderName: row.holder_name,
    since: row.since,
    renewedAt: row.renewed_at,
  };
}

export function writeLease(db: WritableDb, draftId: string, holderId: string, at: string): void {
  db.prepare(
    `INSERT INTO draft_lease (draft_id, holder_id, since, renewed_at) VALUES (@draftId, @holderId, @at, @at)
     ON CONFLICT (draft_id) DO UPDATE SET
       since = CASE WHEN holder_id = @holderId THEN since ELSE @at END, holder_id = @holderId, renewed_at = @at`,
  ).run({ draftId, holderId, at });
}

export function deleteLease(db: WritableDb, draftId: string, holderId: string): void {
  db.prepare('DELETE FROM draft_lease WHERE draft_id = ? AND holder_id = ?').run(draftId, holderId);
}
