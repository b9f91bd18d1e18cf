import { z } from 'zod';
import type { PaperBatch, PaperBatchHead } from '../../shared/contract/paper-batch.ts';
import { CaseState, editableStates } from '../../shared/domain/case-flow.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const Row = z.object({
  id: z.string(),
  dated: z.string(),
  rt: z.number(),
  rw: z.number(),
  kelurahan: z.string(),
  source: z.string(),
  officer: z.string(),
  opened_by: z.string(),
  opened_by_name: z.string(),
  count: z.number(),
});

const select = `
  SELECT paper_batch.*, account.name AS opened_by_name,
         (SELECT count(*) FROM paper_batch_case WHERE batch_id = paper_batch.id) AS count
  FROM paper_batch JOIN account ON account.id = paper_batch.opened_by`;

export function insertBatch(
  db: WritableDb,
  batch: PaperBatchHead & { id: string; openedBy: string; openedAt: string },
): void {
  db.prepare(
    `INSERT INTO paper_batch (id, dated, rt, rw, kelurahan, source, officer, opened_by, opened_at)
     VALUES (@id, @dated, @rt, @rw, @kelurahan, @source, @officer, @openedBy, @openedAt)`,
  ).run(batch);
}

/** A stack, finished or not; null where there is none. */
export function findBatch(db: ReadableDb, id: string, asker: string): PaperBatch | null {
  const row = db.prepare(`${select} WHERE paper_batch.id = ?`).get(id);
  return row === undefined ? null : rowToBatch(db, row, asker);
}

/** Stacks that are not finished, the asker's own first, newest first. */
export function listOpenBatches(db: ReadableDb, asker: string): PaperBatch[] {
  return db
    .prepare(`${select} WHERE finished_at IS NULL ORDER BY opened_by = ? DESC, opened_at DESC`)
    .all(asker)
    .map((row) => rowToBatch(db, row, asker));
}

export function isBatchOpen(db: ReadableDb, id: string): boolean {
  return db.prepare('SELECT 1 FROM paper_batch WHERE id = ? AND finished_at IS NULL').get(id) !== undefined;
}

export function setBatchFinished(db: WritableDb, id: string, at: string): void {
  db.prepare('UPDATE paper_batch SET finished_at = ? WHERE id = ? AND finished_at IS NULL').run(at, id);
}

/** Puts a case behind the last one of its stack; returns its place, from 1. */
export function addToBatch(db: WritableDb, batchId: string, caseId: string): number {
  return z.number().parse(
    db
      .prepare(
        `INSERT INTO paper_batch_case (batch_id, position, case_id)
         SELECT @batchId, coalesce(max(position), 0) + 1, @caseId FROM paper_batch_case WHERE batch_id = @batchId
         RETURNING position`,
      )
      .pluck()
      .get({ batchId, caseId }),
  );
}

/** The new registration that was begun in a stack and not finished, if any. */
export function findDraftOfBatch(db: ReadableDb, batchId: string, ownerId: string): string | null {
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare(
          `SELECT id FROM draft WHERE owner_id = ? AND discarded_at IS NULL AND case_id IS NULL
             AND body ->> '$.paperBatchId' = ? AND body ->> '$.corrects' IS NULL AND body ->> '$.forkOf' IS NULL
           ORDER BY updated_at DESC LIMIT 1`,
        )
        .pluck()
        .get(ownerId, batchId) ?? null,
    );
}

const RecentRow = z.object({
  case_id: z.string(),
  position: z.number(),
  head_name: z.string(),
  state: CaseState,
});
const mostRecent = 3;

function rowToBatch(db: ReadableDb, raw: unknown, asker: string): PaperBatch {
  const row = Row.parse(raw);
  const recent = db
    .prepare(
      `SELECT entry.case_id, entry.position, head.name AS head_name, case_file.state
       FROM paper_batch_case AS entry JOIN case_file ON case_file.id = entry.case_id
       JOIN member AS head ON head.case_id = entry.case_id AND head.relation = '1'
       WHERE entry.batch_id = ? ORDER BY entry.position DESC LIMIT ?`,
    )
    .all(row.id, mostRecent);
  return {
    id: row.id,
    head: {
      dated: row.dated,
      rt: row.rt,
      rw: row.rw,
      kelurahan: row.kelurahan,
      source: row.source,
      officer: row.officer,
    },
    openedByName: row.opened_by_name,
    mine: row.opened_by === asker,
    count: row.count,
    recent: z
      .array(RecentRow)
      .parse(recent)
      .map((one) => ({
        caseId: one.case_id,
        position: one.position,
        headName: one.head_name,
        editable: editableStates.includes(one.state),
      })),
  };
}
