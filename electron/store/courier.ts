import { z } from 'zod';
import { DecryptionKey, EncryptionKey } from '../../shared/provincial/courier.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { held, type Holding, ofItsCase, type OutboxRecord, rowToRecord, waits } from './sync.ts';

/** Bundles that a courier carries, and the keys they are made with. */

export interface CourierKeys {
  /** The province's. */
  provinceKey: EncryptionKey;
  /** This office's own, for the answers. */
  replyKey: DecryptionKey;
}

const KeysRow = z.object({ province_key: z.string(), reply_key: z.string() });

export function findCourierKeys(db: ReadableDb): CourierKeys | null {
  const raw = db.prepare('SELECT province_key, reply_key FROM courier_key WHERE id = 1').get();
  if (raw === undefined) return null;
  const row = KeysRow.parse(raw);
  return {
    provinceKey: EncryptionKey.parse(JSON.parse(row.province_key)),
    replyKey: DecryptionKey.parse(JSON.parse(row.reply_key)),
  };
}

export function putCourierKeys(db: WritableDb, { provinceKey, replyKey }: CourierKeys): void {
  db.prepare('INSERT OR REPLACE INTO courier_key (id, province_key, reply_key) VALUES (1, ?, ?)').run(
    JSON.stringify(provinceKey),
    JSON.stringify(replyKey),
  );
}

/** They are of the province that gave them: another one, or another enrolment, gives its own. */
export function deleteCourierKeys(db: WritableDb): void {
  db.prepare('DELETE FROM courier_key').run();
}

const BundleRow = z.object({
  number: z.number(),
  bundleId: z.string(),
  madeAt: z.string(),
  madeByName: z.string(),
  records: z.number(),
  downAfter: z.number(),
  answeredAt: z.string().nullable(),
  /** Of its records, those that the province has not answered, over whatever way. */
  waiting: z.number(),
});
export type BundleRecord = z.infer<typeof BundleRow>;

const select = `
  SELECT bundle.number, bundle_id AS bundleId, made_at AS madeAt, account.name AS madeByName, records, down_after AS downAfter,
         answered_at AS answeredAt,
         (SELECT count(*) FROM outbox WHERE courier_number = bundle.number AND ${waits}) AS waiting
  FROM courier_bundle AS bundle JOIN account ON account.id = bundle.made_by`;

/** Newest first. */
export function listBundles(db: ReadableDb, most: number): BundleRecord[] {
  return z.array(BundleRow).parse(db.prepare(`${select} ORDER BY number DESC LIMIT ?`).all(most));
}

export function findBundle(db: ReadableDb, bundleId: string): BundleRecord | null {
  const raw = db.prepare(`${select} WHERE bundle_id = ?`).get(bundleId);
  return raw === undefined ? null : BundleRow.parse(raw);
}

/** Number of the newest bundle whose answer was read; 0 before the first. */
export function findAnswered(db: ReadableDb): number {
  return z
    .number()
    .parse(
      db
        .prepare('SELECT coalesce(max(number), 0) FROM courier_bundle WHERE answered_at IS NOT NULL')
        .pluck()
        .get(),
    );
}

export interface NewBundle {
  number: number;
  bundleId: string;
  madeAt: string;
  madeBy: string;
  records: number;
  downAfter: number;
}

/** Keeps a bundle and notes on everything that waits that it is in there. */
export function insertBundle(db: WritableDb, bundle: NewBundle & Holding): void {
  db.prepare(
    `INSERT INTO courier_bundle (number, bundle_id, made_at, made_by, records, down_after)
     VALUES (@number, @bundleId, @madeAt, @madeBy, @records, @downAfter)`,
  ).run(bundle);
  db.prepare(`UPDATE outbox SET courier_number = @number WHERE ${waits} AND NOT ${held}`).run(bundle);
}

export function setAnswered(db: WritableDb, bundleId: string, at: string): void {
  db.prepare('UPDATE courier_bundle SET answered_at = ? WHERE bundle_id = ?').run(at, bundleId);
}

/** How many wait that may go. */
export function countWaiting(db: ReadableDb, holding: Holding): number {
  return z
    .number()
    .parse(db.prepare(`SELECT count(*) FROM outbox WHERE ${waits} AND NOT ${held}`).pluck().get(holding));
}

/** Everything that waits and may go, as the line sends it, whoever is trying to send it just now. */
export function listWaiting(db: ReadableDb, holding: Holding): OutboxRecord[] {
  return db
    .prepare(`SELECT * FROM outbox WHERE ${waits} AND NOT ${held} ORDER BY ${ofItsCase('outbox')}, rowid`)
    .all(holding)
    .map(rowToRecord);
}
