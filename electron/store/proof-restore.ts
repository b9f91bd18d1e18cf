import type { ReadableDb, WritableDb } from './connection.ts';
import {
  insertOutbox,
  insertReceipt,
  type OutboxRecord,
  type ReceiptRecord,
  setOutboxState,
} from './sync.ts';

/** Records that come back from the province into a register that has lost them. */

export interface AcceptedRecord {
  item: Omit<OutboxRecord, 'state' | 'tries'> & { eventId: string };
  receipt: Omit<ReceiptRecord, 'outboxId' | 'hash'>;
  at: string;
}

/** Keeps a record as confirmed; one that stands under the same key in another state becomes so. */
export function insertAccepted(db: WritableDb, { item, receipt, at }: AcceptedRecord): void {
  const standing = db.prepare('SELECT id FROM outbox WHERE idempotency_key = ?').pluck().get(item.key);
  const outboxId = typeof standing === 'string' ? standing : item.id;
  if (standing === undefined) insertOutbox(db, item);
  setOutboxState(db, outboxId, { state: 'diterima', nextTryAt: at, problem: null, at });
  insertReceipt(db, { ...receipt, outboxId, hash: item.hash });
}

export function isSerialTaken(db: ReadableDb, serial: number): boolean {
  return db.prepare('SELECT 1 FROM case_file WHERE serial = ?').get(serial) !== undefined;
}

export function isCaseNumberTaken(db: ReadableDb, number: string): boolean {
  return db.prepare('SELECT 1 FROM case_file WHERE number = ?').get(number) !== undefined;
}

export function isProvinceNumberTaken(db: ReadableDb, number: string): boolean {
  return db.prepare('SELECT 1 FROM case_file WHERE province_number = ?').get(number) !== undefined;
}
