import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

/** Which closed periods the province has given a receipt for. */

export interface RecapReceiptRecord {
  periodId: string;
  hash: string;
  /** As the province signed it. */
  receipt: string;
  receivedAt: string;
}

export function insertRecapReceipt(db: WritableDb, record: RecapReceiptRecord): void {
  db.prepare(
    `INSERT INTO recap_receipt (period_id, hash, receipt, received_at) VALUES (@periodId, @hash, @receipt, @receivedAt)
     ON CONFLICT (period_id) DO NOTHING`,
  ).run(record);
}

/** Periods that are closed and have no receipt, oldest first. */
export function listUnreportedPeriods(db: ReadableDb): string[] {
  return z
    .array(z.string())
    .parse(
      db
        .prepare(
          `SELECT id FROM period WHERE closed_at IS NOT NULL AND id NOT IN (SELECT period_id FROM recap_receipt) ORDER BY id`,
        )
        .pluck()
        .all(),
    );
}

/** When the province took the recap of a period; null before. */
export function findRecapReceivedAt(db: ReadableDb, periodId: string): string | null {
  const at = db.prepare('SELECT received_at FROM recap_receipt WHERE period_id = ?').pluck().get(periodId);
  return z.string().nullish().parse(at) ?? null;
}
