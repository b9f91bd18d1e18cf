import { z } from 'zod';
import { refusal } from '../../shared/domain/consent.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import type { Holding } from './sync.ts';

/** Files on their way to the province. */

/** Whether a file hangs on a case: what waits with a draft or a correction goes nowhere, whoever names its hash. */
const decided = `EXISTS (SELECT 1 FROM attachment_link AS link WHERE link.hash = attachment.hash AND link.case_id IS NOT NULL)`;

/** Queues the files that a record names, that hang on a case, and that are not on their way yet. */
export function queueAttachmentsOfRecord(db: WritableDb, outboxId: string, at: string): void {
  db.prepare(
    `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, updated_at)
     SELECT DISTINCT attachment.hash, 'menunggu', 0, 0, @at, @at
     FROM outbox, json_each(outbox.body, '$.attachments') AS named JOIN attachment ON attachment.hash = named.value ->> '$.hash'
     WHERE outbox.id = @outboxId AND ${decided}
     ON CONFLICT (hash) DO UPDATE SET state = 'menunggu', next_try_at = @at WHERE state = 'ditolak'`,
  ).run({ outboxId, at });
}

/**
 * What is not whole at the province, though a record that it took names it, is on its way again, from the beginning;
 * what is on its way goes on.
 *
 * @param until ISO instant: what arrived there later was perhaps not known to be whole; null where all was known
 */
export function reopenFiles(
  db: WritableDb,
  hashes: readonly string[],
  at: string,
  until: string | null = null,
): number {
  return db
    .prepare(
      `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, updated_at)
       SELECT hash, 'menunggu', 0, 0, @at, @at FROM attachment WHERE hash IN (SELECT value FROM json_each(@hashes)) AND ${decided}
       ON CONFLICT (hash) DO UPDATE SET state = 'menunggu', sent = 0, tries = 0, next_try_at = @at, problem = NULL, updated_at = @at
         WHERE state = 'selesai' AND (@until IS NULL OR updated_at <= @until)`,
    )
    .run({ hashes: JSON.stringify(hashes), at, until }).changes;
}

const PushRow = z.object({ hash: z.string(), size: z.number(), sent: z.number(), tries: z.number() });
export type AttachmentPush = z.infer<typeof PushRow>;

const waiting = `FROM attachment_push AS push JOIN attachment USING (hash) WHERE push.state = 'menunggu' AND ${decided}`;

/** Files of nobody but families that refuse to share them, while the office keeps those back. */
const held = `(@holdRefusing = 1 AND NOT EXISTS (
  SELECT 1 FROM attachment_link AS link WHERE link.hash = push.hash AND link.case_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM case_consent AS consent WHERE consent.case_id = link.case_id AND consent.kind = '${refusal}')))`;

/** The smallest file that is due, and none of those behind before another: many small ones are through before a large one holds up the line. */
export function findDueAttachment(
  db: ReadableDb,
  { behind, ...times }: Holding & { now: string; latest: string; behind: readonly string[] },
): AttachmentPush | null {
  const raw = db
    .prepare(
      `SELECT hash, size, sent, tries ${waiting} AND (next_try_at <= @now OR next_try_at > @latest) AND NOT ${held}
       ORDER BY hash IN (SELECT value FROM json_each(@behind)), size, hash LIMIT 1`,
    )
    .get({ ...times, behind: JSON.stringify(behind) });
  return raw === undefined ? null : PushRow.parse(raw);
}

/** What is left to be carried and may go: the files of confirmed records, and those named here. The small ones first. */
export function listFilesToCarry(
  db: ReadableDb,
  named: readonly string[],
  holding: Holding,
): Pick<AttachmentPush, 'hash' | 'size' | 'sent'>[] {
  return z.array(PushRow.pick({ hash: true, size: true, sent: true })).parse(
    db
      .prepare(
        `SELECT hash, size, coalesce(push.sent, 0) AS sent FROM attachment LEFT JOIN attachment_push AS push USING (hash)
         WHERE ${decided} AND ((push.state = 'menunggu' AND NOT ${held})
           OR (push.state IS NOT 'selesai' AND hash IN (SELECT value FROM json_each(@named))))
         ORDER BY size - coalesce(push.sent, 0), hash`,
      )
      .all({ ...holding, named: JSON.stringify(named) }),
  );
}

/** How much of a file has arrived; one that is through stays so. */
export function setArrived(
  db: WritableDb,
  hash: string,
  { received, complete, at }: { received: number; complete: boolean; at: string },
): void {
  db.prepare(
    `UPDATE attachment_push SET state = @state, sent = @received, tries = 0, next_try_at = @at, problem = NULL, updated_at = @at
     WHERE hash = @hash AND state <> 'selesai'`,
  ).run({ hash, state: complete ? 'selesai' : 'menunggu', received, at });
}

export interface AttachmentTotals {
  waiting: number;
  /** Bytes still to be sent. */
  bytes: number;
}

const TotalsRow = z.object({ waiting: z.number(), bytes: z.number() });

export function readAttachmentTotals(db: ReadableDb): AttachmentTotals {
  return TotalsRow.parse(
    db.prepare(`SELECT count(*) AS waiting, coalesce(sum(size - sent), 0) AS bytes ${waiting}`).get(),
  );
}

const ChunkRow = z.object({ chunk: z.instanceof(Buffer) });

/** Bytes `from` (inclusive) to `from + length` of a file. */
export function readChunk(db: ReadableDb, hash: string, from: number, length: number): Buffer {
  return ChunkRow.parse(
    db
      .prepare('SELECT substr(content, ?, ?) AS chunk FROM attachment WHERE hash = ?')
      .get(from + 1, length, hash),
  ).chunk;
}

export function setAttachmentPush(
  db: WritableDb,
  hash: string,
  push: {
    state: 'menunggu' | 'selesai' | 'ditolak';
    sent: number;
    tries: number;
    nextTryAt: string;
    problem: string | null;
    at: string;
  },
): void {
  db.prepare(
    `UPDATE attachment_push SET state = @state, sent = @sent, tries = @tries, next_try_at = @nextTryAt, problem = @problem, updated_at = @at
     WHERE hash = @hash`,
  ).run({ hash, ...push });
}
