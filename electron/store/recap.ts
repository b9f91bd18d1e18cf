import { z } from 'zod';
import { RecapCell } from '../../shared/domain/recap.ts';
import type { ReadableDb } from './connection.ts';

/** The one query that counts: list, screen and paper are sums of what it returns. */
export function countRecapCells(db: ReadableDb, periodId: string): RecapCell[] {
  const rows = db
    .prepare(
      `SELECT kelurahan, rw, rt, mode, state, result, count(*) AS count FROM case_file
       WHERE period_id = ? GROUP BY kelurahan, rw, rt, mode, state, result`,
    )
    .all(periodId);
  return z.array(RecapCell).parse(rows);
}

export function listPeriodIds(db: ReadableDb): string[] {
  const rows = db.prepare('SELECT DISTINCT period_id FROM case_file').all();
  return z
    .array(z.object({ period_id: z.string() }))
    .parse(rows)
    .map(({ period_id }) => period_id);
}
