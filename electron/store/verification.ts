import { z } from 'zod';
import { SheetState, type WorkItem, type WorkStage } from '../../shared/contract/verification.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { Answers } from '../../shared/domain/answers.ts';
import { Household } from '../../shared/domain/household.ts';
import { VisitEntry } from '../../shared/domain/visit-entry.ts';
import { VisitResult } from '../../shared/domain/visit.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

// Sheets -------------------------------------------------------------------------------------------

export interface SheetRecord {
  id: string;
  caseId: string;
  code: string;
  printNo: number;
  /** Version of the reported data that was printed. */
  caseVersion: number;
  instrument: string;
  instrumentVersion: string;
  paper: 'F4' | 'A4';
  enumerator: string;
  state: SheetState;
  content: SheetContent;
  printedAt: string;
  printedBy: string;
}

/** What stood on a paper when it was printed. */
export const SheetContent = z.object({
  household: Household,
  recorded: z.object({
    household: Answers,
    /** By number of the family. */
    families: z.record(z.string(), Answers).default({}),
    members: z.record(z.string(), Answers),
  }),
});
export type SheetContent = z.infer<typeof SheetContent>;

const SheetRow = z.object({
  id: z.string(),
  case_id: z.string(),
  code: z.string(),
  print_no: z.number(),
  case_version: z.number(),
  instrument: z.string(),
  instrument_version: z.string(),
  paper: z.enum(['F4', 'A4']),
  enumerator: z.string(),
  state: SheetState,
  content: z.string(),
  printed_at: z.string(),
  printed_by: z.string(),
});

/** Notes a printed sheet; those printed before it for the case are good no longer. */
export function insertSheet(db: WritableDb, sheet: SheetRecord): void {
  db.prepare(`UPDATE sheet SET state = 'batal' WHERE case_id = ?`).run(sheet.caseId);
  db.prepare(
    `INSERT INTO sheet (id, case_id, code, print_no, case_version, instrument, instrument_version, paper, enumerator, state, content, printed_at, printed_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    sheet.id,
    sheet.caseId,
    sheet.code,
    sheet.printNo,
    sheet.caseVersion,
    sheet.instrument,
    sheet.instrumentVersion,
    sheet.paper,
    sheet.enumerator,
    sheet.state,
    JSON.stringify(sheet.content),
    sheet.printedAt,
    sheet.printedBy,
  );
}

export function findSheet(db: ReadableDb, sheetId: string): SheetRecord | null {
  return rowToSheet(db.prepare('SELECT * FROM sheet WHERE id = ?').get(sheetId));
}

export function findSheetByCode(db: ReadableDb, code: string): SheetRecord | null {
  return rowToSheet(db.prepare('SELECT * FROM sheet WHERE code = ?').get(code));
}

/** The print that counts: the newest of the case. */
export function findNewestSheet(db: ReadableDb, caseId: string): SheetRecord | null {
  return rowToSheet(
    db.prepare('SELECT * FROM sheet WHERE case_id = ? ORDER BY print_no DESC LIMIT 1').get(caseId),
  );
}

/** Names on the newest sheets, the last one first, each once. */
export function listEnumerators(db: ReadableDb, limit: number): string[] {
  return z
    .array(z.object({ enumerator: z.string() }))
    .parse(
      db
        .prepare(
          'SELECT enumerator FROM sheet GROUP BY enumerator ORDER BY max(printed_at) DESC, enumerator LIMIT ?',
        )
        .all(limit),
    )
    .map((row) => row.enumerator);
}

// Visits -------------------------------------------------------------------------------------------

export interface VisitRecord {
  id: string;
  caseId: string;
  sheetId: string;
  state: 'draf' | 'selesai' | 'dibatalkan';
  entry: VisitEntry;
  /** What its corrections made of the household when it was finished; null where they never did. */
  applied: AppliedVisit | null;
  version: number;
  enteredByName: string;
  updatedAt: string;
}

export const AppliedVisit = z.object({ before: Household, after: Household });
export type AppliedVisit = z.infer<typeof AppliedVisit>;

const VisitRow = z.object({
  id: z.string(),
  case_id: z.string(),
  sheet_id: z.string(),
  state: z.enum(['draf', 'selesai', 'dibatalkan']),
  result: VisitResult.nullable(),
  visited_on: z.string().nullable(),
  enumerator: z.string().nullable(),
  note: z.string().nullable(),
  duplicate_of: z.string(),
  household_answers: z.string(),
  family_answers: z.string(),
  member_answers: z.string(),
  process_answers: z.string(),
  passes: z.string(),
  reasons: z.string(),
  corrections: z.string(),
  applied: z.string().nullable(),
  version: z.number(),
  entered_by_name: z.string(),
  updated_at: z.string(),
});

const selectVisit = `SELECT visit.*, account.name AS entered_by_name FROM visit JOIN account ON account.id = visit.entered_by`;

export function findVisitOfSheet(db: ReadableDb, sheetId: string): VisitRecord | null {
  return rowToVisit(db.prepare(`${selectVisit} WHERE sheet_id = ?`).get(sheetId));
}

/** What was typed last for the case, from whichever of its sheets. */
export function findLastVisit(db: ReadableDb, caseId: string): VisitRecord | null {
  return rowToVisit(
    db
      .prepare(`${selectVisit} WHERE case_id = ? ORDER BY visit.updated_at DESC, visit.id DESC LIMIT 1`)
      .get(caseId),
  );
}

/** The newest finished visit of the case: what is told of it to the province. */
export function findFinishedVisit(db: ReadableDb, caseId: string): VisitRecord | null {
  return rowToVisit(
    db
      .prepare(
        `${selectVisit} WHERE case_id = ? AND visit.state = 'selesai' ORDER BY visit.updated_at DESC, visit.id DESC LIMIT 1`,
      )
      .get(caseId),
  );
}

export interface VisitWrite {
  id: string;
  caseId: string;
  sheetId: string;
  entry: VisitEntry;
  enteredBy: string;
  updatedAt: string;
}

/** Saves what was typed as a draft, the first time or over `version`; returns its new version. */
export function saveVisit(db: WritableDb, visit: VisitWrite): number {
  const { entry } = visit;
  const row = db
    .prepare(
      `INSERT INTO visit (id, case_id, sheet_id, state, result, visited_on, enumerator, note, duplicate_of, household_answers, family_answers, member_answers, process_answers, passes, reasons, corrections, version, entered_by, updated_at)
       VALUES (@id, @caseId, @sheetId, 'draf', @result, @visitedOn, @enumerator, @note, @duplicateOf, @household, @families, @members, @process, @passes, @reasons, @corrections, 1, @enteredBy, @updatedAt)
       ON CONFLICT (sheet_id) DO UPDATE SET state = 'draf', result = excluded.result, visited_on = excluded.visited_on,
         enumerator = excluded.enumerator, note = excluded.note, duplicate_of = excluded.duplicate_of, household_answers = excluded.household_answers,
         family_answers = excluded.family_answers, member_answers = excluded.member_answers, process_answers = excluded.process_answers,
         passes = excluded.passes, reasons = excluded.reasons, corrections = excluded.corrections, version = version + 1, entered_by = excluded.entered_by, updated_at = excluded.updated_at
       RETURNING version`,
    )
    .get({
      id: visit.id,
      caseId: visit.caseId,
      sheetId: visit.sheetId,
      result: entry.result,
      ...answersOf(entry),
      duplicateOf: entry.duplicateOf,
      corrections: JSON.stringify(entry.corrections),
      enteredBy: visit.enteredBy,
      updatedAt: visit.updatedAt,
    });
  return z.object({ version: z.number() }).parse(row).version;
}

/** Finishes a visit, with what it made of the household. */
export function finishVisit(
  db: WritableDb,
  visitId: string,
  { applied, updatedAt }: { applied: AppliedVisit | null; updatedAt: string },
): void {
  db.prepare(`UPDATE visit SET state = 'selesai', applied = ?, updated_at = ? WHERE id = ?`).run(
    applied === null ? null : JSON.stringify(applied),
    updatedAt,
    visitId,
  );
}

/** Sets what was mended in a finished visit; how it ended and what it made of the household stay. */
export function amendVisit(
  db: WritableDb,
  visitId: string,
  { entry, updatedAt }: { entry: VisitEntry; updatedAt: string },
): void {
  db.prepare(
    `UPDATE visit SET visited_on = @visitedOn, enumerator = @enumerator, note = @note, household_answers = @household,
       family_answers = @families, member_answers = @members, process_answers = @process, passes = @passes, reasons = @reasons,
       version = version + 1, updated_at = @updatedAt WHERE id = @id`,
  ).run({
    id: visitId,
    ...answersOf(entry),
    updatedAt,
  });
}

/** What may be mended of a visit, as it is stored. */
function answersOf(entry: VisitEntry): Record<string, string | null> {
  return {
    visitedOn: entry.visitedOn,
    enumerator: entry.enumerator,
    note: entry.note === '' ? null : entry.note,
    household: JSON.stringify(entry.household),
    families: JSON.stringify(entry.families),
    members: JSON.stringify(entry.members),
    process: JSON.stringify(entry.process),
    passes: JSON.stringify(entry.passes),
    reasons: JSON.stringify(entry.reasons),
  };
}

/** Under which versions of which questionnaires visits were finished, the oldest versions first. */
export function listFinishedInstruments(db: ReadableDb): { id: string; version: string }[] {
  return z.array(z.object({ id: z.string(), version: z.string() })).parse(
    db
      .prepare(
        `SELECT DISTINCT instrument AS id, instrument_version AS version
           FROM visit JOIN sheet ON sheet.id = visit.sheet_id WHERE visit.state = 'selesai'
           ORDER BY instrument, CAST(instrument_version AS INTEGER)`,
      )
      .all(),
  );
}

// Work list ----------------------------------------------------------------------------------------

/** Which cases stand in which part of the work list. */
export const stateOfStage = {
  siap: 'MUSKEL_LAYAK',
  lapangan: 'DITUGASKAN',
  kembali: 'DICACAH',
} as const satisfies Record<WorkStage, CaseState>;

const WorkRow = z.object({
  id: z.string(),
  number: z.string(),
  state: CaseState,
  head_name: z.string(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  kelurahan: z.string(),
  members: z.number(),
  code: z.string().nullable(),
  print_no: z.number().nullable(),
  enumerator: z.string().nullable(),
  printed_at: z.string().nullable(),
  visit_state: z.string().nullable(),
  visit_updated_at: z.string().nullable(),
  result: VisitResult.nullable(),
  visited_on: z.string().nullable(),
  assignee: z.string().nullable(),
});

/** One page of the cases of a stage, in walking order: RW, RT, street. */
export function listWork(
  db: ReadableDb,
  { stage, offset, limit }: { stage: WorkStage; offset: number; limit: number },
): { total: number; rows: WorkItem[] } {
  const state = stateOfStage[stage];
  const total = z
    .number()
    .parse(db.prepare('SELECT count(*) FROM case_file WHERE state = ?').pluck().get(state));
  const rows = db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT id FROM case_file INDEXED BY case_file_walk WHERE state = @state
         ORDER BY kelurahan, rw, rt, street, serial LIMIT @limit OFFSET @offset)
       SELECT case_file.id, number, case_file.state, head.name AS head_name, street, rt, rw, kelurahan,
              (SELECT count(*) FROM member WHERE member.case_id = case_file.id) AS members,
              sheet.code, sheet.print_no, sheet.enumerator, sheet.printed_at,
              (SELECT name FROM assignment JOIN team_member ON team_member.id = member_id WHERE case_id = case_file.id) AS assignee,
              visit.state AS visit_state, visit.updated_at AS visit_updated_at, visit.result, visit.visited_on
       FROM page JOIN case_file ON case_file.id = page.id
       JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'
       LEFT JOIN sheet ON sheet.id = (SELECT id FROM sheet WHERE sheet.case_id = case_file.id AND sheet.state <> 'batal' ORDER BY print_no DESC LIMIT 1)
       LEFT JOIN visit ON visit.sheet_id = sheet.id
       ORDER BY kelurahan, rw, rt, street, serial`,
    )
    .all({ state, offset, limit })
    .map(rowToWork);
  return { total, rows };
}

function rowToWork(raw: unknown): WorkItem {
  const row = WorkRow.parse(raw);
  const { code, print_no: printNo, enumerator, printed_at: printedAt } = row;
  return {
    caseId: row.id,
    number: row.number,
    state: row.state,
    headName: row.head_name,
    street: row.street,
    rt: row.rt,
    rw: row.rw,
    kelurahan: row.kelurahan,
    members: row.members,
    assignee: row.assignee,
    sheet:
      code === null || printNo === null || enumerator === null || printedAt === null
        ? null
        : { code, printNo, enumerator, printedAt },
    draftSavedAt: row.visit_state === 'draf' ? row.visit_updated_at : null,
    result: row.result,
    visitedOn: row.visited_on,
  };
}

// Rows ---------------------------------------------------------------------------------------------

function rowToSheet(raw: unknown): SheetRecord | null {
  if (raw === undefined) return null;
  const row = SheetRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    code: row.code,
    printNo: row.print_no,
    caseVersion: row.case_version,
    instrument: row.instrument,
    instrumentVersion: row.instrument_version,
    paper: row.paper,
    enumerator: row.enumerator,
    state: row.state,
    content: SheetContent.parse(JSON.parse(row.content)),
    printedAt: row.printed_at,
    printedBy: row.printed_by,
  };
}

function rowToVisit(raw: unknown): VisitRecord | null {
  if (raw === undefined) return null;
  const row = VisitRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    sheetId: row.sheet_id,
    state: row.state,
    entry: VisitEntry.parse({
      result: row.result,
      visitedOn: row.visited_on,
      enumerator: row.enumerator ?? '',
      note: row.note ?? '',
      duplicateOf: row.duplicate_of,
      household: JSON.parse(row.household_answers),
      families: JSON.parse(row.family_answers),
      members: JSON.parse(row.member_answers),
      process: JSON.parse(row.process_answers),
      passes: JSON.parse(row.passes),
      reasons: JSON.parse(row.reasons),
      corrections: JSON.parse(row.corrections),
    }),
    applied: row.applied === null ? null : AppliedVisit.parse(JSON.parse(row.applied)),
    version: row.version,
    enteredByName: row.entered_by_name,
    updatedAt: row.updated_at,
  };
}
