import { z } from 'zod';
import { AttachmentSlot } from '../../shared/contract/attachments.ts';
import { refusal } from '../../shared/domain/consent.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import type { Holding } from './sync.ts';

/** Files on their way to the province. */

/** What may have become of a content that is kept here: it is not what its hash names, or the register gives it out no more. */
export const Damage = z.enum(['rusak', 'tak_terbaca']);
export type Damage = z.infer<typeof Damage>;

/** SQL: whether a person must act before a file can go. */
const isDamaged = `push.state IN (${Damage.options.map((state) => `'${state}'`).join(', ')})`;

/** SQL: how many bundles of the courier have been made. */
const bundlesMade = '(SELECT coalesce(max(number), 0) FROM courier_bundle)';

/** Whether a file hangs on a case: what waits with a draft or a correction goes nowhere, whoever names its hash. */
const decided = `EXISTS (SELECT 1 FROM attachment_link AS link WHERE link.hash = attachment.hash AND link.case_id IS NOT NULL)`;

/** Queues the files that a record names and that hang on a case; those on their way are tried at once, since the province may know them now. */
export function queueAttachmentsOfRecord(db: WritableDb, outboxId: string, at: string): void {
  db.prepare(
    `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, updated_at)
     SELECT DISTINCT attachment.hash, 'menunggu', 0, 0, @at, @at
     FROM outbox, json_each(outbox.body, '$.attachments') AS named JOIN attachment ON attachment.hash = named.value ->> '$.hash'
     WHERE outbox.id = @outboxId AND ${decided}
     ON CONFLICT (hash) DO UPDATE SET next_try_at = @at WHERE state = 'menunggu'`,
  ).run({ outboxId, at });
}

/**
 * What is not whole at the province, though a record that it took names it, is on its way again, from the beginning;
 * what is on its way goes on.
 *
 * @param bundle number of the courier's bundle whose answer says so: of what arrived since that was made it may not have
 * known; null where it knew all
 */
export function reopenFiles(
  db: WritableDb,
  hashes: readonly string[],
  at: string,
  bundle: number | null = null,
): number {
  return db
    .prepare(
      `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, updated_at)
       SELECT hash, 'menunggu', 0, 0, @at, @at FROM attachment WHERE hash IN (SELECT value FROM json_each(@hashes)) AND ${decided}
       ON CONFLICT (hash) DO UPDATE SET state = 'menunggu', sent = 0, tries = 0, next_try_at = @at, updated_at = @at
         WHERE state = 'selesai' AND (@bundle IS NULL OR bundles < @bundle)`,
    )
    .run({ hashes: JSON.stringify(hashes), at, bundle }).changes;
}

const PushRow = z.object({
  hash: z.string(),
  size: z.number(),
  sent: z.number(),
  /** How often in a row it did not go. */
  tries: z.number(),
  /** What the province said when it refused it. */
  problem: z.string().nullable(),
});
export type AttachmentPush = z.infer<typeof PushRow>;

const waiting = `FROM attachment_push AS push JOIN attachment USING (hash) WHERE push.state = 'menunggu' AND ${decided}`;

/** Files of nobody but families that refuse to share them, while the office keeps those back. */
const held = `(@holdRefusing = 1 AND NOT EXISTS (
  SELECT 1 FROM attachment_link AS link WHERE link.hash = push.hash AND link.case_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM case_consent AS consent WHERE consent.case_id = link.case_id AND consent.kind = '${refusal}')))`;

/**
 * The smallest file that is due, and those behind only after the others, in their order: many small ones are through before a
 * large one holds up the line.
 */
export function findDueAttachment(
  db: ReadableDb,
  { behind, ...times }: Holding & { now: string; latest: string; behind: readonly string[] },
): AttachmentPush | null {
  const raw = db
    .prepare(
      `SELECT hash, size, sent, tries, problem ${waiting} AND (next_try_at <= @now OR next_try_at > @latest) AND NOT ${held}
       ORDER BY (SELECT key FROM json_each(@behind) WHERE value = hash), size, hash LIMIT 1`,
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
           OR ((push.state IS NULL OR push.state = 'menunggu') AND hash IN (SELECT value FROM json_each(@named))))
         ORDER BY size - coalesce(push.sent, 0), hash`,
      )
      .all({ ...holding, named: JSON.stringify(named) }),
  );
}

/**
 * How much of a file has arrived; one that is through stays so, and one that is damaged here, unless it arrived whole.
 *
 * @param problem why the province kept nothing of it; null where it did
 */
export function setArrived(
  db: WritableDb,
  hash: string,
  {
    received,
    complete,
    problem,
    at,
  }: { received: number; complete: boolean; problem: string | null; at: string },
): void {
  db.prepare(
    `UPDATE attachment_push AS push SET state = @state, sent = @received, tries = iif(@problem IS NULL, 0, tries + 1), next_try_at = @at,
       problem = @problem, failing_since = iif(@problem IS NULL, NULL, coalesce(failing_since, @at)), bundles = ${bundlesMade}, updated_at = @at
     WHERE hash = @hash AND state <> 'selesai' AND (@state = 'selesai' OR NOT ${isDamaged})`,
  ).run({ hash, state: complete ? 'selesai' : 'menunggu', received, problem, at });
}

export interface AttachmentTotals {
  /** Those that have not arrived, also for what is the matter here. */
  waiting: number;
  /** Bytes still to be sent. */
  bytes: number;
}

const TotalsRow = z.object({ waiting: z.number(), bytes: z.number() });

export function readAttachmentTotals(db: ReadableDb): AttachmentTotals {
  return TotalsRow.parse(
    db
      .prepare(`SELECT count(*) AS waiting, coalesce(sum(size - sent), 0) AS bytes
           FROM attachment_push AS push JOIN attachment USING (hash) WHERE (push.state = 'menunggu' OR ${isDamaged}) AND ${decided}`)
      .get(),
  );
}

const ChunkRow = z.object({
  chunk: z.custom<Buffer<ArrayBuffer>>(
    (value) => value instanceof Buffer && value.buffer instanceof ArrayBuffer,
  ),
});

/** Bytes `from` (inclusive) to `from + length` of a file. */
export function readChunk(db: ReadableDb, hash: string, from: number, length: number): Buffer<ArrayBuffer> {
  return ChunkRow.parse(
    db
      .prepare('SELECT substr(content, ?, ?) AS chunk FROM attachment WHERE hash = ?')
      .get(from + 1, length, hash),
  ).chunk;
}

export function setAttachmentPush(
  db: WritableDb,
  hash: string,
  push: Pick<AttachmentPush, 'sent' | 'tries' | 'problem'> & {
    state: 'menunggu' | 'selesai';
    nextTryAt: string;
    at: string;
  },
): void {
  db.prepare(
    `UPDATE attachment_push SET state = @state, sent = @sent, tries = @tries, next_try_at = @nextTryAt, problem = @problem,
       failing_since = iif(@tries = 0, NULL, coalesce(failing_since, @at)), bundles = ${bundlesMade}, updated_at = @at
     WHERE hash = @hash`,
  ).run({ hash, ...push });
}

/** A file that is damaged here goes no further until it is mended, also one that was not on its way yet. */
export function setDamaged(db: WritableDb, hash: string, damage: Damage, at: string): void {
  db.prepare(
    `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, failing_since, updated_at) VALUES (@hash, @damage, 0, 0, @at, @at, @at)
     ON CONFLICT (hash) DO UPDATE SET state = @damage, sent = 0, tries = 0, problem = NULL,
       failing_since = coalesce(failing_since, @at), updated_at = @at
       WHERE state <> 'selesai'`,
  ).run({ hash, damage, at });
}

/** What was damaged is whole again, and goes from the beginning; returns whether it was. */
export function setMended(db: WritableDb, hash: string, at: string): boolean {
  return (
    db
      .prepare(
        `UPDATE attachment_push AS push SET state = 'menunggu', next_try_at = @at, failing_since = NULL, updated_at = @at
         WHERE hash = @hash AND ${isDamaged}`,
      )
      .run({ hash, at }).changes > 0
  );
}

/** A person does not want to wait: every file that waits is due now. */
export function makeFilesDue(db: WritableDb, now: string): void {
  db.prepare(`UPDATE attachment_push SET next_try_at = ? WHERE state = 'menunggu'`).run(now);
}

/** Hashes of the files that were found damaged. */
export function listDamaged(db: ReadableDb): string[] {
  return z
    .array(z.string())
    .parse(db.prepare(`SELECT hash FROM attachment_push AS push WHERE ${isDamaged}`).pluck().all());
}

const FailingRow = z.object({
  id: z.string(),
  caseId: z.string(),
  hash: z.string(),
  name: z.string(),
  slot: AttachmentSlot,
  state: Damage.or(z.literal('menunggu')),
  problem: z.string().nullable(),
  since: z.string(),
});
export type FailingFile = z.infer<typeof FailingRow>;

/**
 * SQL: files that do not reach the province by themselves: damaged here, refused twice in a row, or failed over by its
 * server since before `@before`. Each with the case that it was hung on first.
 */
const failing = `FROM attachment_push AS push INDEXED BY attachment_push_failing
  JOIN attachment_link AS link ON link.id = (
    SELECT id FROM attachment_link WHERE hash = push.hash AND case_id IS NOT NULL ORDER BY added_at, id LIMIT 1)
  WHERE failing_since IS NOT NULL AND (${isDamaged}
    OR (push.state = 'menunggu' AND tries > 1 AND (problem IS NOT NULL OR failing_since < @before) AND NOT ${held}))`;

/** Oldest first. */
export function listFailingFiles(db: ReadableDb, failedBefore: Holding & { before: string }): FailingFile[] {
  return z.array(FailingRow).parse(
    db
      .prepare(
        `SELECT link.id, link.case_id AS caseId, push.hash, link.name, link.slot, push.state, problem, failing_since AS since
           ${failing} ORDER BY failing_since, push.hash`,
      )
      .all(failedBefore),
  );
}

const FailingCount = z.object({ files: z.number(), cases: z.number() });

/** How many {@link listFailingFiles} are there, and of how many cases. */
export function countFailingFiles(
  db: ReadableDb,
  failedBefore: Holding & { before: string },
): z.infer<typeof FailingCount> {
  return FailingCount.parse(
    db
      .prepare(`SELECT count(*) AS files, count(DISTINCT link.case_id) AS cases ${failing}`)
      .get(failedBefore),
  );
}
