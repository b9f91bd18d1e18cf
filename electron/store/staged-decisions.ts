import { z } from 'zod';
import { ChangeFilter, type StagedDecision } from '../../shared/contract/difference.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { conditionOf } from './difference.ts';
import { isRefused } from './refusal.ts';

/** Rows of a difference: these, or all that the filter lets through. */
export type Which = { rows: readonly number[] } | { filter: ChangeFilter };

const Ids = z.array(z.int());

/** Rows that a decision turned, and how many of them are new, changed and gone. */
export interface TurnedRows {
  rows: number[];
  counts: DecidedCounts;
}

export type DecidedCounts = StagedDecision['counts'];

const TurnedRow = z.tuple([z.int(), z.enum(['baru', 'berubah', 'hilang'])]);

/**
 * Accepts or refuses rows; what did not change at all has nothing to be decided. Answers those that stood otherwise before. The
 * rows are long, and are told from the index alone.
 */
export function turnChanges(db: WritableDb, id: string, accepted: boolean, which: Which): TurnedRows {
  const { where, values } = conditionOf(id, 'filter' in which ? which.filter : {});
  const named = 'rows' in which ? ' AND change.id IN (SELECT value FROM json_each(@rows))' : '';
  const rows = 'rows' in which ? { rows: JSON.stringify(which.rows) } : {};
  const turned: TurnedRows = { rows: [], counts: { baru: 0, berubah: 0, hilang: 0 } };
  for (const raw of db
    .prepare(
      `SELECT change.id, change.kind FROM reference_change AS change
       WHERE ${where}${named} AND change.kind <> 'sama' AND ${accepted ? '' : 'NOT '}${isRefused('change.id')}
       ORDER BY change.id`,
    )
    .raw()
    .all({ ...values, ...rows })) {
    const [row, kind] = TurnedRow.parse(raw);
    turned.rows.push(row);
    turned.counts[kind] += 1;
  }
  db.prepare(
    accepted
      ? 'DELETE FROM reference_refusal WHERE change_id IN (SELECT value FROM json_each(?))'
      : 'INSERT INTO reference_refusal SELECT value FROM json_each(?)',
  ).run(JSON.stringify(turned.rows));
  return turned;
}

/**
 * Which households the rows are about, without anything that tells of a person: those of the earlier list by their
 * number in the register, new ones by their place in the file, the first as it is read being 1. As ranges: `1-3,7`.
 */
export function householdsOf(
  db: ReadableDb,
  { rows, counts }: TurnedRows,
  listId: string,
): { earlier: string; added: string } {
  const values = { rows: JSON.stringify(rows), listId };
  const earlier = db.prepare(
    `SELECT base_household FROM reference_change ${manyRows(rows) ? 'INDEXED BY reference_change_base' : ''}
     WHERE id IN (SELECT value FROM json_each(@rows)) AND base_household IS NOT NULL ORDER BY 1`,
  );
  const added = db.prepare(
    `SELECT place FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM reference_household WHERE list_id = @listId)
     WHERE id IN (SELECT household FROM reference_change
                  WHERE id IN (SELECT value FROM json_each(@rows)) AND base_household IS NULL) ORDER BY 1`,
  );
  return {
    earlier: inRanges(Ids.parse(earlier.pluck().all(values))),
    // The places of a whole file are counted only where one of them is asked for.
    added: counts.baru === 0 ? '' : inRanges(Ids.parse(added.pluck().all(values))),
  };
}

/** So many that walking the whole index of households costs less than reading each of the rows, which are long. */
function manyRows(rows: readonly number[]): boolean {
  return rows.length > 1_000;
}

/** Whole numbers in rising order: `1-3,7`. */
function inRanges(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const no of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === no) last[1] = no;
    else ranges.push([no, no]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

export interface NewStagedDecision {
  listId: string;
  accepted: boolean;
  counts: DecidedCounts;
  /** Null where rows were ticked. */
  filter: ChangeFilter | null;
  turned: readonly number[];
  at: string;
  by: string;
}

/** Keeps a decision beside the file that it is about; answers its number. */
export function keepDecision(
  db: WritableDb,
  { listId, accepted, counts, filter, turned, at, by }: NewStagedDecision,
): number {
  return Number(
    db
      .prepare(
        `INSERT INTO reference_decision (list_id, accepted, added, changed, gone, part, turned, decided_at, decided_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        listId,
        accepted ? 1 : 0,
        counts.baru,
        counts.berubah,
        counts.hilang,
        filter === null ? null : JSON.stringify(filter),
        JSON.stringify(turned),
        at,
        by,
      ).lastInsertRowid,
  );
}

export interface Turned {
  accepted: boolean;
  /** Rows that no later decision turned after it. */
  turned: number[];
  /** The others, and who decided on them again. */
  overtaken: { rows: number[]; byNames: string[] };
}

/** What a decision on this file turned; null where it was turned back already. */
export function findTurned(db: ReadableDb, listId: string, decision: number): Turned | null {
  const raw = db
    .prepare(
      'SELECT accepted, turned FROM reference_decision WHERE id = ? AND list_id = ? AND turned IS NOT NULL',
    )
    .get(decision, listId);
  if (raw === undefined) return null;
  const row = z.object({ accepted: z.number(), turned: z.string() }).parse(raw);
  const made = new Set(Ids.parse(JSON.parse(row.turned)));
  const byNames = new Set<string>();
  const left = new Set(made);
  const later = db
    .prepare(
      `SELECT again.value, account.name FROM reference_decision AS decision, json_each(turned) AS again
       JOIN account ON account.id = decided_by
       WHERE list_id = ? AND decision.id > ? AND turned IS NOT NULL
         AND again.value IN (SELECT value FROM json_each(?))`,
    )
    .raw();
  for (const raw of later.iterate(listId, decision, row.turned)) {
    const [id, name] = LaterRow.parse(raw);
    left.delete(id);
    byNames.add(name);
  }
  return {
    accepted: row.accepted === 1,
    turned: [...left],
    overtaken: { rows: [...made].filter((id) => !left.has(id)), byNames: [...byNames].toSorted() },
  };
}

const LaterRow = z.tuple([z.int(), z.string()]);

/**
 * Notes that a decision was taken back. A row that was decided again stands as the next of those decisions has it, which
 * turned it from what nobody says any more: taken back itself, it leaves that row alone.
 */
export function withdrawDecision(
  db: WritableDb,
  { listId, decision }: { listId: string; decision: number },
  { at, by }: { at: string; by: string },
): void {
  const made = findTurned(db, listId, decision);
  const left = new Set(made === null ? [] : made.overtaken.rows);
  if (left.size > 0) {
    const later = z
      .array(z.object({ id: z.int(), turned: z.string() }))
      .parse(
        db
          .prepare(
            'SELECT id, turned FROM reference_decision WHERE list_id = ? AND id > ? AND turned IS NOT NULL ORDER BY id',
          )
          .all(listId, decision),
      );
    const strike = db.prepare('UPDATE reference_decision SET turned = ? WHERE id = ?');
    for (const { id, turned } of later) {
      const rows = Ids.parse(JSON.parse(turned));
      const kept = rows.filter((row) => !left.delete(row));
      if (kept.length < rows.length) strike.run(JSON.stringify(kept), id);
    }
  }
  db.prepare(
    'UPDATE reference_decision SET turned = NULL, withdrawn_at = ?, withdrawn_by = ? WHERE id = ?',
  ).run(at, by, decision);
}

/** The rows that decisions on a file turned are gone; who decided what stays. */
export function forgetTurned(db: WritableDb, listId: string): void {
  db.prepare('UPDATE reference_decision SET turned = NULL WHERE list_id = ?').run(listId);
}

/** Who decided what of a file goes on with the version that came of it. */
export function moveDecisions(db: WritableDb, from: string, to: string): void {
  db.prepare('UPDATE reference_decision SET list_id = ?, turned = NULL WHERE list_id = ?').run(to, from);
}

const DecisionRow = z.object({
  id: z.number(),
  accepted: z.number(),
  added: z.number(),
  changed: z.number(),
  gone: z.number(),
  part: z.string().nullable(),
  decided_at: z.string(),
  decided_by_name: z.string(),
  withdrawn_at: z.string().nullable(),
  withdrawn_by_name: z.string().nullable(),
});

/** What was decided of a file while it waited, the latest first. */
export function listDecisions(db: ReadableDb, listId: string): StagedDecision[] {
  return db
    .prepare(
      `SELECT decision.*, account.name AS decided_by_name, undoer.name AS withdrawn_by_name
       FROM reference_decision AS decision JOIN account ON account.id = decision.decided_by
       LEFT JOIN account AS undoer ON undoer.id = decision.withdrawn_by
       WHERE decision.list_id = ? ORDER BY decision.id DESC`,
    )
    .all(listId)
    .map((raw) => {
      const row = DecisionRow.parse(raw);
      return {
        id: row.id,
        accepted: row.accepted === 1,
        counts: { baru: row.added, berubah: row.changed, hilang: row.gone },
        filter: row.part === null ? null : ChangeFilter.parse(JSON.parse(row.part)),
        at: row.decided_at,
        byName: row.decided_by_name,
        withdrawn:
          row.withdrawn_at === null || row.withdrawn_by_name === null
            ? null
            : { at: row.withdrawn_at, byName: row.withdrawn_by_name },
      };
    });
}
