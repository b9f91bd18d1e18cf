import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';
import { type IdentificationRecord, rowToIdentification } from './identification.ts';

const StrokeRow = z.object({ stroke: z.string(), decided_at: z.string() });
const CaseRow = z.object({ case_id: z.string() });

export interface Stroke {
  stroke: string;
  decidedAt: string;
  /** Cases whose decision still stands and that took no further step since. */
  caseIds: string[];
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
  const cases = db
    .prepare(
      `SELECT case_id FROM identification
       JOIN case_file ON case_file.id = identification.case_id AND case_file.state = 'TERIDENTIFIKASI'
       WHERE stroke = ? AND decided_by = ? AND revoked_at IS NULL ORDER BY identification.id`,
    )
    .all(row.stroke, by);
  return {
    stroke: row.stroke,
    decidedAt: row.decided_at,
    caseIds: z
      .array(CaseRow)
      .parse(cases)
      .map(({ case_id }) => case_id),
  };
}

/** Marks the decisions of a stroke, which must be revoked by now, as a slip of the hand. */
export function markUndone(db: WritableDb, stroke: string): void {
  db.prepare('UPDATE identification SET undone = 1 WHERE stroke = ? AND revoked_at IS NOT NULL').run(stroke);
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
