import { z } from 'zod';
import { VisitEdit } from '../../shared/domain/visit-amendment.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** What a person types over the visit of a legalised case, and has not put before the lurah yet. */

interface Whose {
  sheetId: string;
  accountId: string;
}

/** Empty where nothing is typed. */
export function findAmendment(db: ReadableDb, { sheetId, accountId }: Whose): VisitEdit[] {
  const raw = db
    .prepare('SELECT edits FROM visit_amendment WHERE sheet_id = ? AND account_id = ?')
    .pluck()
    .get(sheetId, accountId);
  return raw === undefined ? [] : VisitEdit.array().parse(JSON.parse(z.string().parse(raw)));
}

/** What is typed stands in for what was typed before; nothing, where the edits are none. */
export function putAmendment(
  db: WritableDb,
  { sheetId, accountId, edits, at }: Whose & { edits: readonly VisitEdit[]; at: string },
): void {
  if (edits.length === 0)
    db.prepare('DELETE FROM visit_amendment WHERE sheet_id = ? AND account_id = ?').run(sheetId, accountId);
  else
    db.prepare(
      `INSERT INTO visit_amendment (sheet_id, account_id, edits, updated_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET edits = excluded.edits, updated_at = excluded.updated_at`,
    ).run(sheetId, accountId, JSON.stringify(edits), at);
}
