import { z } from 'zod';
import type { SpotCheck } from '../../shared/contract/spot-check.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { SpotCheckEntry } from '../../shared/domain/spot-check.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** A finished visit that nobody has drawn yet. */
export interface DrawableVisit {
  visitId: string;
  caseId: string;
  enumerator: string;
}

/** Whole visits whose result the lurah has not legalised, and that were not drawn before. */
export function listDrawable(db: ReadableDb): DrawableVisit[] {
  return z.array(z.object({ visitId: z.string(), caseId: z.string(), enumerator: z.string() })).parse(
    db
      .prepare(
        `SELECT visit.id AS visitId, case_id AS caseId, coalesce(enumerator, '') AS enumerator
           FROM visit JOIN case_file ON case_file.id = visit.case_id
           WHERE visit.state = 'selesai' AND visit.result = '1' AND case_file.state IN ('DICACAH', 'DIPERIKSA')
             AND NOT EXISTS (SELECT 1 FROM spot_check WHERE visit_id = visit.id)
           ORDER BY visit.id`,
      )
      .all(),
  );
}

export interface NewSpotCheck {
  id: string;
  caseId: string;
  visitId: string;
  drawnAt: string;
  drawnBy: string;
  entry: SpotCheckEntry;
}

export function insertSpotCheck(db: WritableDb, check: NewSpotCheck): void {
  db.prepare(
    `INSERT INTO spot_check (id, case_id, visit_id, drawn_at, drawn_by, entry, version)
     VALUES (@id, @caseId, @visitId, @drawnAt, @drawnBy, @entry, 1)`,
  ).run({ ...check, entry: JSON.stringify(check.entry) });
}

const Row = z.object({
  id: z.string(),
  case_id: z.string(),
  number: z.string(),
  state: CaseState,
  head_name: z.string(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  enumerator: z.string(),
  entered_by: z.string(),
  drawn_at: z.string(),
  drawn_by_name: z.string(),
  version: z.number(),
  finished_at: z.string().nullable(),
  entry: z.string(),
});

/** A check with the account that typed in the first visit. */
export type SpotCheckRecord = SpotCheck & { enteredBy: string };

const select = `
  SELECT spot_check.*, case_file.number, case_file.state, head.name AS head_name, street, rt, rw,
         coalesce(visit.enumerator, '') AS enumerator, visit.entered_by, account.name AS drawn_by_name
  FROM spot_check JOIN case_file ON case_file.id = spot_check.case_id
  JOIN visit ON visit.id = visit_id JOIN account ON account.id = drawn_by
  JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'`;

/** Those to be made first, in walking order. */
export function listSpotChecks(db: ReadableDb): SpotCheckRecord[] {
  return db
    .prepare(
      `${select} ORDER BY finished_at IS NOT NULL, finished_at DESC, kelurahan, rw, rt, street, serial`,
    )
    .all()
    .map(rowToCheck);
}

export function findSpotCheck(db: ReadableDb, id: string): SpotCheckRecord | null {
  const row = db.prepare(`${select} WHERE spot_check.id = ?`).get(id);
  return row === undefined ? null : rowToCheck(row);
}

/** Writes what was typed and raises the version. */
export function updateSpotCheck(
  db: WritableDb,
  id: string,
  entry: SpotCheckEntry,
  finished: { at: string; by: string } | null,
): void {
  db.prepare(
    'UPDATE spot_check SET entry = ?, finished_at = ?, finished_by = ?, version = version + 1 WHERE id = ?',
  ).run(JSON.stringify(entry), finished?.at ?? null, finished?.by ?? null, id);
}

function rowToCheck(raw: unknown): SpotCheckRecord {
  const row = Row.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    state: row.state,
    headName: row.head_name,
    street: row.street,
    rt: row.rt,
    rw: row.rw,
    enumerator: row.enumerator,
    enteredBy: row.entered_by,
    drawnAt: row.drawn_at,
    drawnByName: row.drawn_by_name,
    version: row.version,
    finishedAt: row.finished_at,
    entry: SpotCheckEntry.parse(JSON.parse(row.entry)),
  };
}
