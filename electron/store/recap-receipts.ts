import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

/** Which closed periods the province has given a receipt for, and which it refused. */

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

/** Periods that are closed and have neither a receipt nor a refusal, oldest first. */
export function listUnreportedPeriods(db: ReadableDb): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT id FROM period WHERE closed_at IS NOT NULL AND id NOT IN (SELECT period_id FROM recap_receipt)
             AND id NOT IN (SELECT period_id FROM recap_refusal) ORDER BY id`,
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

export function putRecapRefusal(
  db: WritableDb,
  refusal: { periodId: string; sentence: string; at: string },
): void {
  db.prepare(
    'INSERT OR REPLACE INTO recap_refusal (period_id, sentence, refused_at) VALUES (@periodId, @sentence, @at)',
  ).run(refusal);
}

/** Why the province refused the recap of a period, in its words; null where it did not. */
export function findRecapRefusal(db: ReadableDb, periodId: string): string | null {
  const sentence = db.prepare('SELECT sentence FROM recap_refusal WHERE period_id = ?').pluck().get(periodId);
  return z.string().nullish().parse(sentence) ?? null;
}

/** A person asks: what was refused is told once more. */
export function forgetRecapRefusals(db: WritableDb): void {
  db.prepare('DELETE FROM recap_refusal').run();
}
