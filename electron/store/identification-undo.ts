import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';
import { type IdentificationRecord, rowToIdentification } from './identification.ts';

const StrokeRow = z.object({ stroke: z.string(), decided_at: z.string() });
const DecisionRow = z.object({
  id: z.string(),
  case_id: z.string(),
  number: z.string(),
  head_name: z.string().nullable(),
  total: z.int(),
});

export interface Stroke {
  stroke: string;
  decidedAt: string;
}

/** A decision that can still be taken back. */
export interface StrokeDecision {
  id: string;
  caseId: string;
  number: string;
  headName: string;
}

/** The last key press by which this person decided something that can still be taken back, or null. */
export function findLastStroke(db: ReadableDb, by: string, since: string): Stroke | null {
  const raw = db
    .prepare(
      `SELECT stroke, decided_at FROM identification
       JOIN case_file ON case_file.id = identification.case_id AND case_file.state = 'TERIDENTIFIKASI'
       WHERE decided_by = ? AND decided_at >= ? AND revoked_at IS NULL
       ORDER BY decided_at DESC, identification.id DESC LIMIT 1`,
    )
    .get(by, since);
  if (raw === undefined) return null;
  const row = StrokeRow.parse(raw);
  return { stroke: row.stroke, decidedAt: row.decided_at };
}

/**
 * This person's decisions of a stroke that still stand and whose cases took no further step: the first
 * `limit` as they were made, and the count of all.
 */
export function listStroke(
  db: ReadableDb,
  { stroke, by, limit }: { stroke: string; by: string; limit: number },
): { count: number; decisions: StrokeDecision[] } {
  const rows = z.array(DecisionRow).parse(
    db
      .prepare(
        `SELECT decision.*,
                (SELECT name FROM member WHERE member.case_id = decision.case_id AND relation = '1' LIMIT 1) AS head_name
         FROM (SELECT identification.id, case_id, number, count(*) OVER () AS total FROM identification
               JOIN case_file ON case_file.id = identification.case_id AND case_file.state = 'TERIDENTIFIKASI'
               WHERE stroke = ? AND decided_by = ? AND revoked_at IS NULL
               ORDER BY identification.id LIMIT ?) AS decision
         ORDER BY decision.id`,
      )
      .all(stroke, by, limit),
  );
  return {
    count: rows[0]?.total ?? 0,
    decisions: rows.map((row) => ({
      id: row.id,
      caseId: row.case_id,
      number: row.number,
      headName: row.head_name ?? '',
    })),
  };
}

/** Marks decisions, which must be revoked by now, as a slip of the hand. */
export function markUndone(db: WritableDb, ids: readonly string[]): void {
  db.prepare('UPDATE identification SET undone = 1 WHERE id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(ids),
  );
}

/** The last decision of a case if it was undone: its verdicts are offered again. */
export function findUndone(db: ReadableDb, caseId: string): IdentificationRecord | null {
  const raw = db
    .prepare(
      `SELECT * FROM identification WHERE case_id = @caseId AND undone = 1
       AND id = (SELECT max(id) FROM identification WHERE case_id = @caseId)`,
    )
    .get({ caseId });
  return raw === undefined ? null : rowToIdentification(db, raw);
}
