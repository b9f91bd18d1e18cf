import { z } from 'zod';
import { MuskelVerdict } from '../../shared/domain/muskel.ts';
import { VisitResult } from '../../shared/domain/visit.ts';
import type { ReadableDb } from './connection.ts';

export interface OutcomeRow {
  rw: number;
  rt: number;
  /** Null where the meeting said nothing yet. */
  verdict: MuskelVerdict | null;
  result: VisitResult | null;
}

const Row = z.object({
  rw: z.number(),
  rt: z.number(),
  verdict: z.string().nullable(),
  result: VisitResult.nullable(),
});

/** Every family of a period that stood on an agenda: its last verdict, and the result of its visit. */
export function listOutcomes(db: ReadableDb, periodId: string): OutcomeRow[] {
  return db
    .prepare(
      `SELECT rw, rt,
              (SELECT verdict FROM muskel_item WHERE case_id = case_file.id ORDER BY verdict IS NULL, decided_at DESC LIMIT 1) AS verdict,
              (SELECT result FROM visit WHERE case_id = case_file.id AND visit.state = 'selesai' ORDER BY updated_at DESC LIMIT 1) AS result
       FROM case_file
       WHERE period_id = ? AND EXISTS (SELECT 1 FROM muskel_item WHERE case_id = case_file.id)
       ORDER BY rw, rt, serial`,
    )
    .all(periodId)
    .map((raw) => {
      const row = Row.parse(raw);
      return {
        rw: row.rw,
        rt: row.rt,
        verdict: row.verdict === null ? null : MuskelVerdict.parse(JSON.parse(row.verdict)),
        result: row.result,
      };
    });
}
