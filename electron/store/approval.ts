import { z } from 'zod';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { Answers } from '../../shared/domain/instrument.ts';
import { IdentificationResult, PassiveGrounds, RegistrationMode } from '../../shared/domain/registration.ts';
import { VisitResult } from '../../shared/domain/visit.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface WaitingCase {
  caseId: string;
  number: string;
  state: CaseState;
  mode: RegistrationMode;
  passive: PassiveGrounds | null;
  result: IdentificationResult | null;
  headName: string;
  street: string;
  rt: number;
  rw: number;
  members: number;
  /** The last event that moved or changed the case (a print does neither), and since when it waits. */
  lastEventId: string;
  waitingSince: string;
  enteredByAsker: boolean;
}

const Row = z.object({
  id: z.string(),
  number: z.string(),
  state: CaseState,
  mode: RegistrationMode,
  passive: z.string().nullable(),
  result: IdentificationResult.nullable(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  head_name: z.string(),
  members: z.number(),
  last_event: z.string(),
  waiting_since: z.string(),
  entered: z.number(),
});

const query = `
  SELECT case_file.id, number, state, mode, passive, result, street, rt, rw, head.name AS head_name,
         (SELECT count(*) FROM member WHERE member.case_id = case_file.id) AS members,
         (SELECT event.id FROM event WHERE event.case_id = case_file.id AND from_state IS NOT NULL ORDER BY seq DESC LIMIT 1) AS last_event,
         state_since AS waiting_since,
         EXISTS (SELECT 1 FROM case_enterer WHERE case_enterer.case_id = case_file.id AND account_id = @accountId) AS entered
  FROM case_file JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'`;

/** One page of the cases in these states, longest waiting first. */
export function listWaiting(
  db: ReadableDb,
  states: readonly CaseState[],
  { accountId, offset, limit }: { accountId: string; offset: number; limit: number },
): WaitingCase[] {
  return db
    .prepare(
      `${query} WHERE case_file.id IN
         (SELECT id FROM case_file WHERE state IN (SELECT value FROM json_each(@states))
          ORDER BY state_since, serial LIMIT @limit OFFSET @offset)
       ORDER BY state_since, serial`,
    )
    .all({ states: JSON.stringify(states), accountId, offset, limit })
    .map(rowToWaiting);
}

export function findWaiting(db: ReadableDb, caseId: string, accountId: string): WaitingCase | null {
  const row = db.prepare(`${query} WHERE case_file.id = @caseId`).get({ caseId, accountId });
  return row === undefined ? null : rowToWaiting(row);
}

export function writeOpening(db: WritableDb, eventId: string, accountId: string, at: string): void {
  db.prepare(
    'INSERT INTO case_opening (event_id, account_id, opened_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(eventId, accountId, at);
}

export function isOpened(db: ReadableDb, eventId: string, accountId: string): boolean {
  return (
    db.prepare('SELECT 1 FROM case_opening WHERE event_id = ? AND account_id = ?').get(eventId, accountId) !==
    undefined
  );
}

function rowToWaiting(raw: unknown): WaitingCase {
  const row = Row.parse(raw);
  return {
    caseId: row.id,
    number: row.number,
    state: row.state,
    mode: row.mode,
    passive: row.passive === null ? null : PassiveGrounds.parse(JSON.parse(row.passive)),
    result: row.result,
    headName: row.head_name,
    street: row.street,
    rt: row.rt,
    rw: row.rw,
    members: row.members,
    lastEventId: row.last_event,
    waitingSince: row.waiting_since,
    enteredByAsker: row.entered === 1,
  };
}

export interface FinishedVisit {
  result: VisitResult | null;
  visitedOn: string | null;
  enumerator: string | null;
  note: string | null;
  /** Number of the case that is the same family, as typed; empty where it is none. */
  duplicateOf: string;
  household: Answers;
  /** Answers by number of the family, where the instrument asks each. */
  families: Record<string, Answers>;
  /** Answers by member id. */
  members: Record<string, Answers>;
  process: Answers;
  enteredByName: string;
  instrument: string;
  instrumentVersion: string;
}

const VisitRow = z.object({
  result: VisitResult.nullable(),
  visited_on: z.string().nullable(),
  enumerator: z.string().nullable(),
  note: z.string().nullable(),
  duplicate_of: z.string(),
  household_answers: z.string(),
  family_answers: z.string(),
  member_answers: z.string(),
  process_answers: z.string(),
  entered_by_name: z.string(),
  instrument: z.string(),
  instrument_version: z.string(),
});

/** The visit whose result waits for the lurah: the newest finished one. */
export function findFinishedVisit(db: ReadableDb, caseId: string): FinishedVisit | null {
  const raw = db
    .prepare(
      `SELECT visit.*, account.name AS entered_by_name, sheet.instrument, sheet.instrument_version
       FROM visit JOIN account ON account.id = visit.entered_by JOIN sheet ON sheet.id = visit.sheet_id
       WHERE visit.case_id = ? AND visit.state = 'selesai' ORDER BY visit.updated_at DESC, visit.id DESC LIMIT 1`,
    )
    .get(caseId);
  if (raw === undefined) return null;
  const row = VisitRow.parse(raw);
  return {
    result: row.result,
    visitedOn: row.visited_on,
    enumerator: row.enumerator,
    note: row.note,
    duplicateOf: row.duplicate_of,
    household: Answers.parse(JSON.parse(row.household_answers)),
    families: z.record(z.string(), Answers).parse(JSON.parse(row.family_answers)),
    members: z.record(z.string(), Answers).parse(JSON.parse(row.member_answers)),
    process: Answers.parse(JSON.parse(row.process_answers)),
    enteredByName: row.entered_by_name,
    instrument: row.instrument,
    instrumentVersion: row.instrument_version,
  };
}

export interface KnownAnswers {
  household: Answers;
  /** What the lists say of the record that each member stands in, by member id: a roof's, or a family's. */
  units: { memberId: string; answers: Answers }[];
  /** Answers by member id, of the persons that were decided to be the same. */
  members: Record<string, Answers>;
}

const KnownRow = z.object({ member_id: z.string(), answers: z.string(), household_answers: z.string() });

/**
 * What the reference lists of these sources knew of this family, by the identification that stands, in
 * the lists' own codes.
 */
export function findKnownAnswers(db: ReadableDb, caseId: string, sources: readonly string[]): KnownAnswers {
  const rows = z.array(KnownRow).parse(
    db
      .prepare(
        `SELECT link.member_id, person.answers, household.answers AS household_answers
         FROM identification JOIN identification_link AS link ON link.identification_id = identification.id AND link.verdict = 'sama'
         JOIN reference_person AS person ON person.id = link.reference_person_id
         JOIN reference_household AS household ON household.id = person.household_id
         JOIN reference_list AS list ON list.id = household.list_id
         WHERE identification.case_id = ? AND identification.revoked_at IS NULL
           AND list.source IN (SELECT value FROM json_each(?))
         ORDER BY link.probability`,
      )
      .all(caseId, JSON.stringify(sources)),
  );
  const units = rows.map((row) => ({
    memberId: row.member_id,
    answers: Answers.parse(JSON.parse(row.household_answers)),
  }));
  return {
    household: Object.assign({}, ...units.map(({ answers }) => answers)),
    units,
    members: Object.fromEntries(rows.map((row) => [row.member_id, Answers.parse(JSON.parse(row.answers))])),
  };
}
