import { z } from 'zod';
import type { ReadableDb } from './connection.ts';
import { isNewest, ofItsCase, OutboxProblem, retractionRefused, wordRefused } from './sync.ts';

const CaseLine = z.object({ number: z.string(), headName: z.string() });

export function findCaseLine(db: ReadableDb, caseId: string): z.infer<typeof CaseLine> {
  return CaseLine.parse(
    db
      .prepare(
        `SELECT number, coalesce((SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '1'), '') AS headName
         FROM case_file WHERE id = ?`,
      )
      .get(caseId),
  );
}

const ProblemRow = z.object({
  id: z.string(),
  caseId: z.string(),
  since: z.string(),
  problem: z.string().nullable(),
});

export interface ProblemOfCase {
  /** Of the item of the outbox. */
  id: string;
  caseId: string;
  since: string;
  problem: OutboxProblem | null;
}

/** Cases that stand rejected, with the answer of their newest record. */
export function listRejected(db: ReadableDb): ProblemOfCase[] {
  return db
    .prepare(
      `SELECT outbox.id, case_file.id AS caseId, outbox.updated_at AS since, outbox.problem
       FROM case_file JOIN outbox ON outbox.case_id = case_file.id AND ${isNewest}
       WHERE case_file.state = 'DITOLAK' ORDER BY since`,
    )
    .all()
    .map(rowToProblem);
}

/** Cases that were taken back, or went into another, or are closed, though the province refused to hear it. */
export function listRefusedRetractions(db: ReadableDb): ProblemOfCase[] {
  return db
    .prepare(
      `SELECT outbox.id, case_id AS caseId, outbox.updated_at AS since, problem
       FROM outbox JOIN case_file ON case_file.id = case_id
       WHERE ${retractionRefused} AND ${elsewhere} ORDER BY since`,
    )
    .all()
    .map(rowToProblem);
}

/** SQL: what is not mended as a case that stands rejected, nor by choosing between fields. */
const elsewhere = `case_file.state <> 'DITOLAK' AND NOT EXISTS (SELECT 1 FROM clash WHERE clash.case_id = outbox.case_id AND choice IS NULL)`;

/** Records that were queued before this time and that the province still holds, or never answers for. */
export function listStuck(db: ReadableDb, before: string): ProblemOfCase[] {
  return db
    .prepare(
      `SELECT id, case_id AS caseId, created_at AS since, problem FROM outbox
       WHERE state IN ('menunggu', 'ditahan') AND problem IS NOT NULL AND created_at < ? ORDER BY rowid`,
    )
    .all(before)
    .map(rowToProblem);
}

/** What families say of being shown, and the province refused to hear. */
export function listRefusedWords(db: ReadableDb): ProblemOfCase[] {
  return db
    .prepare(
      `SELECT id, case_id AS caseId, updated_at AS since, problem FROM outbox WHERE ${wordRefused} ORDER BY rowid`,
    )
    .all()
    .map(rowToProblem);
}

/** How many items there are in all: what `listRejected`, `listRefusedRetractions`, `listStuck`, `listRefusedWords`, open clashes and open tasks come to. */
export function countItems(db: ReadableDb, stuckBefore: string): number {
  return z.number().parse(
    db
      .prepare(
        `SELECT (SELECT count(DISTINCT case_id) FROM clash WHERE choice IS NULL)
                + (SELECT count(*) FROM task WHERE done_at IS NULL)
                + (SELECT count(*) FROM case_file WHERE state = 'DITOLAK' AND EXISTS (SELECT 1 FROM outbox WHERE case_id = case_file.id AND ${ofItsCase('outbox')}))
                + (SELECT count(*) FROM outbox JOIN case_file ON case_file.id = case_id WHERE ${retractionRefused} AND ${elsewhere})
                + (SELECT count(*) FROM outbox INDEXED BY outbox_stuck
                   WHERE state IN ('menunggu', 'ditahan') AND problem IS NOT NULL AND created_at < ?)
                + (SELECT count(*) FROM outbox WHERE ${wordRefused})`,
      )
      .pluck()
      .get(stuckBefore),
  );
}

function rowToProblem(raw: unknown): ProblemOfCase {
  const row = ProblemRow.parse(raw);
  return {
    id: row.id,
    caseId: row.caseId,
    since: row.since,
    problem: row.problem === null ? null : OutboxProblem.parse(JSON.parse(row.problem)),
  };
}
