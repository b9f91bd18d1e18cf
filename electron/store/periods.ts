import { z } from 'zod';
import { Closing } from '../../shared/contract/period.ts';
import { FixedDeadlines } from '../../shared/domain/calendar.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface PeriodRecord {
  id: string;
  deadlines: FixedDeadlines;
  closed: { at: string; byName: string; closing: Closing } | null;
}

const Row = z.object({
  id: z.string(),
  deadlines: z.string(),
  closed_at: z.string().nullable(),
  by_name: z.string().nullable(),
  closing: z.string().nullable(),
});

const select = `SELECT period.*, account.name AS by_name FROM period LEFT JOIN account ON account.id = period.closed_by`;

/** A period that was given dates or closed; null where neither was done. */
export function findPeriod(db: ReadableDb, id: string): PeriodRecord | null {
  const row = db.prepare(`${select} WHERE period.id = ?`).get(id);
  return row === undefined ? null : rowToPeriod(row);
}

export function isPeriodClosed(db: ReadableDb, id: string): boolean {
  return db.prepare('SELECT 1 FROM period WHERE id = ? AND closed_at IS NOT NULL').get(id) !== undefined;
}

export function listClosedPeriodIds(db: ReadableDb): string[] {
  return z
    .array(z.object({ id: z.string() }))
    .parse(db.prepare('SELECT id FROM period WHERE closed_at IS NOT NULL ORDER BY id').all())
    .map(({ id }) => id);
}

export function writeDeadlines(db: WritableDb, id: string, deadlines: FixedDeadlines): void {
  db.prepare(
    'INSERT INTO period (id, deadlines) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET deadlines = excluded.deadlines',
  ).run(id, JSON.stringify(deadlines));
}

export function markClosed(
  db: WritableDb,
  period: { id: string; at: string; by: string; closing: Closing },
): void {
  db.prepare(
    `INSERT INTO period (id, deadlines, closed_at, closed_by, closing) VALUES (@id, '{}', @at, @by, @closing)
     ON CONFLICT (id) DO UPDATE SET closed_at = @at, closed_by = @by, closing = @closing`,
  ).run({ id: period.id, at: period.at, by: period.by, closing: JSON.stringify(period.closing) });
}

export function countStatesOfPeriod(db: ReadableDb, id: string): { state: CaseState; count: number }[] {
  return z
    .array(z.object({ state: CaseState, count: z.number() }))
    .parse(
      db.prepare('SELECT state, count(*) AS count FROM case_file WHERE period_id = ? GROUP BY state').all(id),
    );
}

/** Moves the cases of a period that are in none of these states; returns their ids. */
export function carryCases(
  db: WritableDb,
  move: { from: string; to: string; settled: readonly CaseState[]; at: string },
): string[] {
  return z
    .array(z.object({ id: z.string() }))
    .parse(
      db
        .prepare(
          `UPDATE case_file SET period_id = @to, updated_at = @at
           WHERE period_id = @from AND state NOT IN (SELECT value FROM json_each(@settled)) RETURNING id`,
        )
        .all({ from: move.from, to: move.to, at: move.at, settled: JSON.stringify(move.settled) }),
    )
    .map(({ id }) => id);
}

function rowToPeriod(raw: unknown): PeriodRecord {
  const row = Row.parse(raw);
  return {
    id: row.id,
    deadlines: FixedDeadlines.parse(JSON.parse(row.deadlines)),
    closed:
      row.closed_at === null || row.closing === null
        ? null
        : {
            at: row.closed_at,
            byName: row.by_name ?? '',
            closing: Closing.parse(JSON.parse(row.closing)),
          },
  };
}
