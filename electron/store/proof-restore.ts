import type { ReadableDb, WritableDb } from './connection.ts';
import {
  insertOutbox,
  insertReceipt,
  ofItsCase,
  type OutboxRecord,
  type ReceiptRecord,
  setOutboxState,
  waits,
} from './sync.ts';

/** Records that come back from the province into a register that has lost them. */

export interface AcceptedRecord {
  item: Omit<OutboxRecord, 'state' | 'tries'> & { eventId: string };
  receipt: Omit<ReceiptRecord, 'outboxId' | 'hash'>;
  at: string;
}

/**
 * Keeps a record as confirmed; one that stands under the same key in another state becomes so.
 *
 * @returns the id under which it stands
 */
export function insertAccepted(db: WritableDb, { item, receipt, at }: AcceptedRecord): string {
  const standing = db.prepare('SELECT id FROM outbox WHERE idempotency_key = ?').pluck().get(item.key);
  const outboxId = typeof standing === 'string' ? standing : item.id;
  if (standing === undefined) insertOutbox(db, item);
  setOutboxState(db, outboxId, { state: 'diterima', nextTryAt: at, problem: null, at });
  insertReceipt(db, { ...receipt, outboxId, hash: item.hash });
  return outboxId;
}

/** Whether this register made that very record. */
export function isQueued(db: WritableDb, { key, hash }: { key: string; hash: string }): boolean {
  return (
    db.prepare('SELECT 1 FROM outbox WHERE idempotency_key = ? AND body_hash = ?').get(key, hash) !==
    undefined
  );
}

/**
 * What waits of a case comes after what the province took before it, whenever that was learnt; so does its newest
 * record where that took the case back and was not accepted, since nobody here has decided otherwise.
 *
 * @param newest key of the newest record before anything came back; null where there was none
 */
export function moveOwnLast(db: WritableDb, caseId: string, newest: string | null): void {
  const own = db
    .prepare(
      `SELECT id FROM outbox WHERE case_id = @caseId AND ${ofItsCase('outbox')} AND (${waits}
         OR (idempotency_key = @newest AND kind = 'case.retracted' AND state IN ('ditolak', 'bertentangan')))
       ORDER BY rowid`,
    )
    .pluck()
    .all({ caseId, newest });
  const move = db.prepare('UPDATE outbox SET rowid = (SELECT max(rowid) + 1 FROM outbox) WHERE id = ?');
  for (const id of own) move.run(id);
}

export function isSerialTaken(db: ReadableDb, serial: number): boolean {
  return db.prepare('SELECT 1 FROM case_file WHERE serial = ?').get(serial) !== undefined;
}

export function isCaseNumberTaken(db: ReadableDb, number: string): boolean {
  return db.prepare('SELECT 1 FROM case_file WHERE number = ?').get(number) !== undefined;
}
