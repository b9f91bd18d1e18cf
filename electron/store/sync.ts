import { z } from 'zod';
import { refusal } from '../../shared/domain/consent.ts';
import { OutboxState, waitingOutboxStates } from '../../shared/domain/outbox.ts';
import type { RecordKind } from '../../shared/provincial/record.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** The outbox. What a case's body is made of: `sync-sources.ts`. */

/** SQL: whether an item still waits for a final answer. */
export const waits = `outbox.state IN (${waitingOutboxStates.map((state) => `'${state}'`).join(', ')})`;

/** SQL: whether a row of the outbox says what a family says of being shown (ADR 27). It goes beside the records of its case. */
export const isWord = `outbox.kind = '${'family.consent' satisfies RecordKind}'`;

/** SQL: whether a row of the outbox is one of the records of its case, of which each builds on the one before. */
export const ofItsCase = (row: string): string => `${row}.kind <> 'family.consent'`;

/** SQL: whether nothing was queued for the case after this item. */
export const isNewest = `outbox.rowid = (SELECT max(newer.rowid) FROM outbox AS newer WHERE newer.case_id = outbox.case_id AND ${ofItsCase('newer')})`;

/** SQL: whether the province refused what a family says, and nothing newer of that was queued since. */
export const wordRefused = `(${isWord} AND outbox.state = 'ditolak' AND NOT EXISTS (
  SELECT 1 FROM outbox AS newer WHERE newer.case_id = outbox.case_id AND newer.kind = outbox.kind AND newer.rowid > outbox.rowid))`;

/**
 * SQL: whether the case was to be taken back from the province, which refused that, and nothing was queued
 * since. Where it held nothing of the case, it has nothing to take back.
 */
export const retractionRefused = `(outbox.state = 'ditolak' AND outbox.kind = 'case.retracted' AND outbox.base_version > 0 AND ${isNewest})`;

const OutboxRow = z.object({
  id: z.string(),
  case_id: z.string(),
  kind: z.string(),
  idempotency_key: z.string(),
  parent_key: z.string().nullable(),
  base_version: z.number(),
  version: z.number(),
  body_hash: z.string(),
  state: OutboxState,
  tries: z.number(),
  created_at: z.string(),
});

/** SQL: an item without its body, which is what weighs. */
const itemColumns = Object.keys(OutboxRow.shape).join(', ');

/** What the clerk is told of an item that is not through yet. */
export const OutboxProblem = z.object({
  code: z.string(),
  sentence: z.string(),
  field: z.string().nullable(),
});
export type OutboxProblem = z.infer<typeof OutboxProblem>;

/** An item of the outbox without its body, which is read where it is sent. */
export interface OutboxItem {
  id: string;
  caseId: string;
  kind: string;
  key: string;
  parent: string | null;
  baseVersion: number;
  version: number;
  /** Of the body. */
  hash: string;
  state: OutboxState;
  tries: number;
  createdAt: string;
}

export interface OutboxRecord extends OutboxItem {
  /** Canonical JSON, fixed when it was queued. */
  body: string;
}

export function insertOutbox(
  db: WritableDb,
  item: Omit<OutboxRecord, 'state' | 'tries'> & { eventId: string },
): void {
  db.prepare(
    `INSERT INTO outbox (id, event_id, case_id, kind, idempotency_key, parent_key, base_version, version, body, body_hash, state, next_try_at, created_at, updated_at)
     VALUES (@id, @eventId, @caseId, @kind, @key, @parent, @baseVersion, @version, @body, @hash, 'menunggu', @createdAt, @createdAt, @createdAt)`,
  ).run(item);
}

const Predecessor = z.object({ key: z.string(), kind: z.string(), version: z.number() });

/**
 * The newest record of a case that the province holds or may yet accept, and the version it made of it.
 */
export function findPredecessor(db: ReadableDb, caseId: string): z.infer<typeof Predecessor> | null {
  const raw = db
    .prepare(
      `SELECT idempotency_key AS key, outbox.kind, coalesce(receipt.version, outbox.version) AS version
       FROM outbox LEFT JOIN receipt ON receipt.outbox_id = outbox.id
       WHERE case_id = ? AND ${ofItsCase('outbox')} AND state NOT IN ('ditolak', 'bertentangan')
       ORDER BY outbox.rowid DESC LIMIT 1`,
    )
    .get(caseId);
  return raw === undefined ? null : Predecessor.parse(raw);
}

/** Whether the province rejected a record of the case. */
export function wasRejected(db: ReadableDb, caseId: string): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM outbox WHERE case_id = ? AND ${ofItsCase('outbox')} AND state = 'ditolak' LIMIT 1`,
      )
      .get(caseId) !== undefined
  );
}

const ToldRow = z.object({
  state: OutboxState,
  kind: z.string(),
  baseVersion: z.number(),
  body: z.string(),
  problem: z.string().nullable(),
});

/** What was queued last of the case; null where nothing was. */
export function findNewestTold(
  db: ReadableDb,
  caseId: string,
): (Omit<z.infer<typeof ToldRow>, 'problem'> & { problem: OutboxProblem | null }) | null {
  const raw = db
    .prepare(
      `SELECT state, kind, base_version AS baseVersion, body, problem FROM outbox
       WHERE case_id = ? AND ${ofItsCase('outbox')} ORDER BY rowid DESC LIMIT 1`,
    )
    .get(caseId);
  if (raw === undefined) return null;
  const { problem, ...row } = ToldRow.parse(raw);
  return { ...row, problem: problem === null ? null : OutboxProblem.parse(JSON.parse(problem)) };
}

const BodyOfEvent = z.object({ eventId: z.string(), body: z.string() });

/** What was queued of the case, newest first: the event that caused it, and the body as canonical JSON. */
export function* eachTold(db: ReadableDb, caseId: string): Generator<z.infer<typeof BodyOfEvent>> {
  const rows = db
    .prepare(
      `SELECT event_id AS eventId, body FROM outbox WHERE case_id = ? AND ${ofItsCase('outbox')} ORDER BY rowid DESC`,
    )
    .all(caseId);
  for (const row of rows) yield BodyOfEvent.parse(row);
}

/**
 * What the province has of the case in a version, as far as this office told it: the newest record that is confirmed as
 * that version or an earlier one; while none is, the oldest that was not rejected. Null where none was queued.
 */
export function findHeld(
  db: ReadableDb,
  caseId: string,
  version: number,
): z.infer<typeof BodyOfEvent> | null {
  const raw = db
    .prepare(
      `SELECT event_id AS eventId, body FROM outbox LEFT JOIN receipt ON receipt.outbox_id = outbox.id AND receipt.version <= @version
       WHERE case_id = @caseId AND ${ofItsCase('outbox')} AND kind <> 'case.retracted'
       ORDER BY receipt.version DESC NULLS LAST, state = 'ditolak', outbox.rowid LIMIT 1`,
    )
    .get({ caseId, version });
  return raw === undefined ? null : BodyOfEvent.parse(raw);
}

/** The newest record of a case; what a family says is none. Null where none was queued. */
export function findNewestItem(db: ReadableDb, caseId: string): OutboxItem | null {
  const raw = db
    .prepare(
      `SELECT ${itemColumns} FROM outbox WHERE case_id = ? AND ${ofItsCase('outbox')} ORDER BY rowid DESC LIMIT 1`,
    )
    .get(caseId);
  return raw === undefined ? null : rowToItem(raw);
}

/** Whether this item is the newest record of its case; what a family says is none. */
export function isNewestOfCase(db: ReadableDb, item: Pick<OutboxItem, 'id' | 'caseId'>): boolean {
  const newest = db
    .prepare(`SELECT id FROM outbox WHERE case_id = ? AND ${ofItsCase('outbox')} ORDER BY rowid DESC LIMIT 1`)
    .pluck()
    .get(item.caseId);
  return newest === item.id;
}

/** Why the record that this one builds on was not taken; null where it was, or is not known here. */
export function findProblemOf(db: ReadableDb, key: string): OutboxProblem | null {
  const raw = db.prepare('SELECT problem FROM outbox WHERE idempotency_key = ?').get(key);
  const problem = raw === undefined ? null : z.object({ problem: z.string().nullable() }).parse(raw).problem;
  return problem === null ? null : OutboxProblem.parse(JSON.parse(problem));
}

/** Where the record of this key stands; null where it is not known here. */
export function findStateOf(db: ReadableDb, key: string): OutboxState | null {
  const raw = db.prepare('SELECT state FROM outbox WHERE idempotency_key = ?').get(key);
  return raw === undefined ? null : StateRow.parse(raw).state;
}

/** Whether a record was rejected for nothing but one before it that clashed with the province's. */
export function fellWithConflict(db: ReadableDb, key: string): boolean {
  return (
    db
      .prepare(
        `WITH RECURSIVE fallen AS (
           SELECT parent_key FROM outbox WHERE idempotency_key = ? AND state = 'ditolak'
           UNION SELECT older.parent_key FROM fallen JOIN outbox AS older ON older.idempotency_key = fallen.parent_key AND older.state = 'ditolak')
         SELECT 1 FROM fallen JOIN outbox ON idempotency_key = fallen.parent_key WHERE state = 'bertentangan' LIMIT 1`,
      )
      .get(key) !== undefined
  );
}

const StateRow = z.object({ state: OutboxState });

export function findOutboxItem(db: ReadableDb, id: string): OutboxItem | null {
  const raw = db.prepare(`SELECT ${itemColumns} FROM outbox WHERE id = ?`).get(id);
  return raw === undefined ? null : rowToItem(raw);
}

const BodyRow = z.object({ body: z.string() });

/** The retraction of the case that the province refused; null where it refused none, or something was queued since. */
export function findRefusedRetraction(db: ReadableDb, caseId: string): OutboxItem | null {
  const raw = db
    .prepare(`SELECT ${itemColumns} FROM outbox WHERE case_id = ? AND ${retractionRefused}`)
    .get(caseId);
  return raw === undefined ? null : rowToItem(raw);
}

/** The body of an item, as canonical JSON. */
export function readOutboxBody(db: ReadableDb, id: string): string {
  return BodyRow.parse(db.prepare('SELECT body FROM outbox WHERE id = ?').get(id)).body;
}

/**
 * Times of a claim. Those that lie further ahead than any wait or lease can be come from a clock
 * that was wrong, and count as past.
 */
export interface ClaimTimes extends Holding {
  now: string;
  leaseUntil: string;
  latestTry: string;
}

/**
 * What stays here because the family refuses to share it, while `@holdRefusing` is 1. That it refuses goes out all the
 * same, and so does that a case is taken back, once nothing before it is on its way this moment.
 */
export const held = `(@holdRefusing = 1 AND ${ofItsCase('outbox')}
  AND EXISTS (SELECT 1 FROM case_consent AS consent WHERE consent.case_id = outbox.case_id AND consent.kind = '${refusal}')
  AND (outbox.kind <> 'case.retracted' OR EXISTS (
    SELECT 1 FROM outbox AS older WHERE older.case_id = outbox.case_id AND older.rowid < outbox.rowid
      AND ${ofItsCase('older')} AND older.kind <> 'case.retracted' AND older.state = 'dikirim')))`;

/** Whether records of a case stay here because its family refuses to share them. */
export function isKeptBack(db: ReadableDb, caseId: string, { holdRefusing }: Holding): boolean {
  return (
    holdRefusing === 1 &&
    db.prepare(`SELECT 1 FROM case_consent WHERE case_id = ? AND kind = '${refusal}'`).get(caseId) !==
      undefined
  );
}

/** Takes all of the case that waits and was queued before this item out of the outbox; returns how much that was. */
export function dropWaitingBefore(db: WritableDb, { id, caseId }: Pick<OutboxItem, 'id' | 'caseId'>): number {
  return db
    .prepare(
      `DELETE FROM outbox WHERE case_id = @caseId AND ${ofItsCase('outbox')} AND state IN ('menunggu', 'ditahan')
         AND rowid < (SELECT rowid FROM outbox WHERE id = @id)`,
    )
    .run({ id, caseId }).changes;
}

/** Takes an item out of the outbox that the province does not hold, and never will. */
export function dropItem(db: WritableDb, id: string): void {
  db.prepare('DELETE FROM outbox WHERE id = ?').run(id);
}

/** 1 while the office keeps back what families refuse to share; bound to {@link held}. */
export type Holding = { holdRefusing: 0 | 1 };

const due = `(state IN ('menunggu', 'ditahan') AND (next_try_at <= @now OR next_try_at > @latestTry))`;
const abandoned = `(state = 'dikirim' AND (lease_until <= @now OR lease_until > @leaseUntil))`;

const SizeRow = z.object({ size: z.number() });

/**
 * Takes the oldest items (in the order they were queued, whatever the clock said) that are due, and none of those
 * that are answered: what a slow line carried may outlive its lease before that is written down. What families say of
 * being shown goes first, so that no case is shown before it. The plus hides the limit from the planner: by a bare one, SQLite prepares the statement anew with each call.
 */
export function claimOutbox(
  db: WritableDb,
  times: ClaimTimes,
  { most, bytes, answered }: { most: number; bytes: number; answered: readonly string[] },
): OutboxItem[] {
  const take = db.prepare(
    `UPDATE outbox SET state = 'dikirim', tries = tries + 1, lease_until = ?, updated_at = ? WHERE id = ?`,
  );
  // What was kept back while it was on its way, and got no answer, must not keep a retraction behind it waiting.
  if (times.holdRefusing === 1)
    db.prepare(
      `UPDATE outbox SET state = 'menunggu', lease_until = NULL, updated_at = @now WHERE ${abandoned} AND ${held}`,
    ).run(times);
  const find = (which: string, limit: number) =>
    db
      .prepare(
        `SELECT ${itemColumns}, octet_length(body) AS size FROM outbox
         WHERE ${which} AND (${due} OR ${abandoned}) AND NOT ${held} AND id NOT IN (SELECT value FROM json_each(@answered))
         ORDER BY rowid LIMIT +@limit`,
      )
      .all({ ...times, limit, answered: JSON.stringify(answered) });
  const words = find(isWord, most);
  const found = [...words, ...find(ofItsCase('outbox'), most - words.length)];
  const taken: OutboxItem[] = [];
  let size = 0;
  for (const raw of found) {
    const item = rowToItem(raw);
    size += SizeRow.parse(raw).size;
    if (size > bytes && taken.length > 0) break;
    take.run(times.leaseUntil, times.now, item.id);
    taken.push({ ...item, state: 'dikirim', tries: item.tries + 1 });
  }
  return taken;
}

const DueRow = z.object({ at: z.string().nullable() });

/** When the next item comes due, as an instant; `now` where one already is. */
export function findNextTry(db: ReadableDb, times: ClaimTimes): string | null {
  const raw = db
    .prepare(
      `SELECT min(CASE WHEN ${due} OR ${abandoned} THEN @now WHEN state = 'dikirim' THEN lease_until ELSE next_try_at END) AS at
       FROM outbox WHERE ${waits} AND (state = 'dikirim' OR NOT ${held})`,
    )
    .get(times);
  return DueRow.parse(raw).at;
}

export interface OutboxChange {
  state: OutboxState;
  nextTryAt: string;
  problem: OutboxProblem | null;
  at: string;
}

export function setOutboxState(db: WritableDb, id: string, change: OutboxChange): void {
  db.prepare(
    'UPDATE outbox SET state = ?, next_try_at = ?, lease_until = NULL, problem = ?, updated_at = ? WHERE id = ?',
  ).run(
    change.state,
    change.nextTryAt,
    change.problem === null ? null : JSON.stringify(change.problem),
    change.at,
    id,
  );
}

/** Gives leased items back, as if they had not been tried; without `ids` all of them. */
export function releaseOutbox(db: WritableDb, at: string, ids: readonly string[] | null): void {
  db.prepare(
    `UPDATE outbox SET state = 'menunggu', lease_until = NULL, tries = tries - 1, updated_at = ?
     WHERE state = 'dikirim' AND (? IS NULL OR id IN (SELECT value FROM json_each(?)))`,
  ).run(at, ids === null ? null : 1, JSON.stringify(ids ?? []));
}

/** A person does not want to wait: everything that waits is due now. */
export function makeAllDue(db: WritableDb, now: string): void {
  db.prepare(`UPDATE outbox SET next_try_at = ? WHERE state IN ('menunggu', 'ditahan')`).run(now);
}

/** As {@link makeAllDue}, of one item; says whether it waits at all. */
export function makeDue(db: WritableDb, itemId: string, now: string): boolean {
  return (
    db
      .prepare(`UPDATE outbox SET next_try_at = ? WHERE id = ? AND state IN ('menunggu', 'ditahan')`)
      .run(now, itemId).changes > 0
  );
}

/** What builds on this record waits no longer than for its answer. */
export function makeChildrenDue(
  db: WritableDb,
  { caseId, key }: Pick<OutboxItem, 'caseId' | 'key'>,
  now: string,
): void {
  db.prepare(
    `UPDATE outbox SET next_try_at = @now WHERE case_id = @caseId AND parent_key = @key AND state IN ('menunggu', 'ditahan')`,
  ).run({ caseId, key, now });
}

/** The highest version of the case that the province gave a receipt for; 0 where it gave none. */
export function findReceiptedVersion(db: ReadableDb, caseId: string): number {
  const raw = db
    .prepare(
      `SELECT coalesce(max(receipt.version), 0) AS version FROM receipt JOIN outbox ON outbox.id = outbox_id
       WHERE case_id = ? AND ${ofItsCase('outbox')}`,
    )
    .get(caseId);
  return z.object({ version: z.number() }).parse(raw).version;
}

export interface ReceiptRecord {
  id: string;
  outboxId: string;
  jws: string;
  hash: string;
  /** Version of the case that the province holds since. */
  version: number;
  serverTime: string;
  receivedAt: string;
}

/** Notes beside it how many bundles of the courier had been made: what one of them brings back may be of before it. */
export function insertReceipt(db: WritableDb, receipt: ReceiptRecord): void {
  db.prepare(
    `INSERT INTO receipt (id, outbox_id, jws, record_hash, version, server_time, received_at, bundles)
     VALUES (@id, @outboxId, @jws, @hash, @version, @serverTime, @receivedAt, (SELECT coalesce(max(number), 0) FROM courier_bundle))`,
  ).run(receipt);
}

/** A row of the outbox as it is kept. */
export function rowToRecord(raw: unknown): OutboxRecord {
  return { ...rowToItem(raw), ...BodyRow.parse(raw) };
}

function rowToItem(raw: unknown): OutboxItem {
  const row = OutboxRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    kind: row.kind,
    key: row.idempotency_key,
    parent: row.parent_key,
    baseVersion: row.base_version,
    version: row.version,
    hash: row.body_hash,
    state: row.state,
    tries: row.tries,
    createdAt: row.created_at,
  };
}
