import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Role } from '../../shared/domain/role.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/**
 * The event journal. What is chained are salted hashes of the payloads: erasing a payload leaves
 * every hash in place, so the chain still verifies. See docs/adr/0002-event-journal.md.
 */
export interface NewEvent {
  at: string;
  actor: { id: string | null; role: Role | 'sistem' };
  /** A case action, or one of the office's own events (`impor_acuan`, `dokumen_dicetak`, …). */
  type: string;
  caseId?: string | null;
  fromState?: string | null;
  toState?: string | null;
  /** JSON-safe; may hold personal data, since it can be erased. */
  payload?: Record<string, unknown>;
}

const EventRow = z.object({
  seq: z.number(),
  id: z.string(),
  at: z.string(),
  actor_id: z.string().nullable(),
  actor_role: z.string(),
  type: z.string(),
  case_id: z.string().nullable(),
  from_state: z.string().nullable(),
  to_state: z.string().nullable(),
  payload_hash: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
});
type EventRow = z.infer<typeof EventRow>;
const Head = EventRow.pick({ seq: true, hash: true });

export interface JournalEntry {
  id: string;
  at: string;
  actorName: string | null;
  actorRole: string;
  type: string;
  fromState: string | null;
  toState: string | null;
  /** Null once erased. */
  payload: Record<string, unknown> | null;
}

const genesis = '0'.repeat(64);

/** Appends one event in the caller's transaction; returns its id. */
export function appendEvent(db: WritableDb, event: NewEvent): string {
  const last = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get();
  const { seq, hash: prevHash } = last === undefined ? { seq: 0, hash: genesis } : Head.parse(last);
  const id = uuid();
  const salt = randomBytes(16);
  const body = JSON.stringify(event.payload ?? {});
  const unhashed: Omit<EventRow, 'hash'> = {
    seq: seq + 1,
    id,
    at: event.at,
    actor_id: event.actor.id,
    actor_role: event.actor.role,
    type: event.type,
    case_id: event.caseId ?? null,
    from_state: event.fromState ?? null,
    to_state: event.toState ?? null,
    payload_hash: createHash('sha256').update(salt).update(body).digest('hex'),
    prev_hash: prevHash,
  };
  db.prepare(
    `INSERT INTO event (seq, id, at, actor_id, actor_role, type, case_id, from_state, to_state, payload_hash, prev_hash, hash)
     VALUES (@seq, @id, @at, @actor_id, @actor_role, @type, @case_id, @from_state, @to_state, @payload_hash, @prev_hash, @hash)`,
  ).run({ ...unhashed, hash: chainHash(unhashed) });
  db.prepare('INSERT INTO event_payload (event_id, salt, body) VALUES (?, ?, ?)').run(id, salt, body);
  return id;
}

/** A case's history, oldest first. */
export function listCaseEvents(db: ReadableDb, caseId: string): JournalEntry[] {
  return db
    .prepare(
      `SELECT event.id, event.at, event.type, event.from_state, event.to_state, event.actor_role,
              account.name AS actor_name, event_payload.body
       FROM event
       LEFT JOIN account ON account.id = event.actor_id
       LEFT JOIN event_payload ON event_payload.event_id = event.id
       WHERE event.case_id = ? ORDER BY event.seq`,
    )
    .all(caseId)
    .map(rowToEntry);
}

/** Whether an event of a case names this document, of this person and within these instants, both inclusive. */
export function isNotedOf(
  db: ReadableDb,
  noted: {
    caseId: string;
    actorId: string | null;
    type: string;
    document: string;
    since: string;
    until: string;
  },
): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM event JOIN event_payload ON event_payload.event_id = event.id
         WHERE case_id = @caseId AND type = @type AND actor_id IS @actorId AND at BETWEEN @since AND @until
           AND body ->> '$.dokumen' = @document LIMIT 1`,
      )
      .get(noted) !== undefined
  );
}

const EntryRow = z.object({
  id: z.string(),
  at: z.string(),
  type: z.string(),
  from_state: z.string().nullable(),
  to_state: z.string().nullable(),
  actor_role: z.string(),
  actor_name: z.string().nullable(),
  body: z.string().nullable(),
});

const Payload = z.record(z.string(), z.unknown());

function rowToEntry(row: unknown): JournalEntry {
  const entry = EntryRow.parse(row);
  return {
    id: entry.id,
    at: entry.at,
    actorName: entry.actor_name,
    actorRole: entry.actor_role,
    type: entry.type,
    fromState: entry.from_state,
    toState: entry.to_state,
    payload: entry.body === null ? null : Payload.parse(JSON.parse(entry.body)),
  };
}

/**
 * Erases the payloads of a case's events, on the order of an event that must already stand in the
 * journal. The hashes stay; {@link verifyJournal} accepts only erasures named this way.
 */
export function erasePayloads(db: WritableDb, caseId: string, orderedByEvent: string): number {
  const events = z
    .array(z.object({ id: z.string() }))
    .parse(
      db
        .prepare(
          'SELECT event.id FROM event JOIN event_payload ON event_payload.event_id = event.id WHERE case_id = ? AND event.id <> ?',
        )
        .all(caseId, orderedByEvent),
    );
  for (const { id } of events) {
    db.prepare('INSERT INTO erasure (event_id, ordered_by_event) VALUES (?, ?)').run(id, orderedByEvent);
    db.prepare('DELETE FROM event_payload WHERE event_id = ?').run(id);
  }
  return events.length;
}

export type JournalVerdict =
  | { intact: true; events: number; head: string }
  | { intact: false; seq: number; why: 'rantai' | 'isi' | 'hilang' };

const ChainedRow = EventRow.extend({
  salt: z.instanceof(Buffer).nullable(),
  body: z.string().nullable(),
  erased: z.number(),
});

/** Walks the whole chain: links, hashes, payloads, and that every missing payload was erased by order. */
export function verifyJournal(db: ReadableDb): JournalVerdict {
  const rows = db
    .prepare(
      `SELECT event.*, event_payload.salt, event_payload.body,
              EXISTS (SELECT 1 FROM erasure WHERE erasure.event_id = event.id) AS erased
       FROM event LEFT JOIN event_payload ON event_payload.event_id = event.id ORDER BY event.seq`,
    )
    .iterate();
  let head = genesis;
  let events = 0;
  for (const raw of rows) {
    const row = ChainedRow.parse(raw);
    events += 1;
    if (row.seq !== events || row.prev_hash !== head || chainHash(row) !== row.hash)
      return { intact: false, seq: row.seq, why: 'rantai' };
    if (row.salt === null || row.body === null) {
      if (row.erased !== 1) return { intact: false, seq: row.seq, why: 'hilang' };
    } else if (createHash('sha256').update(row.salt).update(row.body).digest('hex') !== row.payload_hash) {
      return { intact: false, seq: row.seq, why: 'isi' };
    }
    head = row.hash;
  }
  return { intact: true, events, head };
}

function chainHash(row: Omit<EventRow, 'hash'>): string {
  const fields = [
    row.seq,
    row.id,
    row.at,
    row.actor_id,
    row.actor_role,
    row.type,
    row.case_id,
    row.from_state,
    row.to_state,
    row.payload_hash,
    row.prev_hash,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
