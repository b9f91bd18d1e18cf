import { z } from 'zod';
import {
  type ChangeFilter,
  type ChangePlace,
  type ChangeRow,
  type DifferenceInfo,
  NamedList,
} from '../../shared/contract/difference.ts';
import { HouseholdChange, PlacedKind } from '../../shared/domain/reference-change.ts';
import { ReferenceSource } from '../../shared/domain/reference.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { CasesOfHouseholds } from './difference-cases.ts';
import { isRefused } from './refusal.ts';

const DifferenceRow = z.object({
  id: z.string(),
  base_list: z.string(),
  list: z.string(),
  complete: z.number(),
  staged: z.number(),
  replaces: z.string().nullable(),
  finished_at: z.string(),
});

export interface Difference {
  id: string;
  baseList: NamedList;
  list: NamedList;
  complete: boolean;
  staged: boolean;
  /** Lists of other names that count no more once it is saved; null where it is said to hold no more than its own. */
  replaces: readonly string[] | null;
  /** When which those are was settled. */
  at: string;
}

/** A difference that is worked out; null where there is none of this id. */
export function findDifference(db: ReadableDb, id: string): Difference | null {
  const raw = db
    .prepare(
      `SELECT id, base_list, list, complete, replaces, finished_at, list IN (SELECT list_id FROM reference_pending) AS staged
       FROM reference_difference WHERE id = ? AND finished_at IS NOT NULL`,
    )
    .get(id);
  if (raw === undefined) return null;
  const row = DifferenceRow.parse(raw);
  const [baseList, list] = [findNamedList(db, row.base_list), findNamedList(db, row.list)];
  if (baseList === null || list === null) return null;
  return {
    id: row.id,
    baseList,
    list,
    complete: row.complete === 1,
    staged: row.staged === 1,
    replaces: row.replaces === null ? null : z.array(z.string()).parse(JSON.parse(row.replaces)),
    at: row.finished_at,
  };
}

const GoneRow = z.object({ list: z.string(), households: z.number() });

/** How many households of each of the earlier lists are gone by what is accepted of a difference. */
export function goneByList(db: ReadableDb, id: string): Map<string, number> {
  const rows = db
    .prepare(
      `SELECT list_id AS list, count(*) AS households FROM reference_change AS change
       JOIN reference_household AS base ON base.id = change.base_household
       WHERE difference_id = ? AND kind = 'hilang' AND NOT ${isRefused('change.id')} GROUP BY 1`,
    )
    .all(id);
  return new Map(rows.map((raw) => GoneRow.parse(raw)).map(({ list, households }) => [list, households]));
}

export function findDifferenceOf(db: ReadableDb, baseList: string, list: string): string | null {
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare(
          'SELECT id FROM reference_difference WHERE base_list = ? AND list = ? AND finished_at IS NOT NULL',
        )
        .pluck()
        .get(baseList, list) ?? null,
    );
}

const ListRow = z.object({
  id: z.string(),
  source: ReferenceSource,
  name: z.string(),
  list_date: z.string(),
  version: z.number(),
});

/** A list that stands or waits to be looked at. */
export function findNamedList(db: ReadableDb, id: string): NamedList | null {
  const raw = db
    .prepare(
      `SELECT id, source, name, list_date, version FROM reference_list
       WHERE id = ? AND id NOT IN (SELECT list_id FROM reference_pending WHERE state = 'masuk')`,
    )
    .get(id);
  if (raw === undefined) return null;
  const { list_date: listDate, ...row } = ListRow.parse(raw);
  return { ...row, listDate };
}

const CountRow = z.object({ kind: PlacedKind, households: z.number(), accepted: z.number() });
const UnreadRow = z.object({ households: z.number(), persons: z.number() });
const MoveRow = z.object({ from: z.number(), to: z.number(), households: z.number() });
const AreaRow = z.object({ code: z.string(), households: z.number() });

/**
 * Figures of a difference, within one kelurahan and RW where they are named; its kelurahan are always all
 * told, and the RW of the kelurahan.
 */
export function differenceFigures(
  db: ReadableDb,
  id: string,
  place: ChangePlace = {},
): Pick<DifferenceInfo, 'counts' | 'moves' | 'rws' | 'unread'> & {
  kelurahan: { code: string; households: number }[];
} {
  const { where, here, kind: placed, values } = conditionOf(id, place);
  const none = { households: 0, accepted: 0 };
  const counts: DifferenceInfo['counts'] = {
    baru: none,
    berubah: none,
    hilang: none,
    sama: none,
    pindah_masuk: none,
    pindah_keluar: none,
  };
  for (const raw of db
    .prepare(
      `SELECT ${placed} AS kind, count(*) AS households, sum(NOT ${isRefused('change.id')}) AS accepted FROM reference_change AS change
       WHERE ${where} GROUP BY 1`,
    )
    .all(values)) {
    const { kind, ...figures } = CountRow.parse(raw);
    counts[kind] = figures;
  }
  return {
    counts,
    unread: UnreadRow.parse(
      db
        .prepare(
          `SELECT count(unread) AS households, coalesce(sum(json_array_length(unread)), 0) AS persons
           FROM reference_change AS change WHERE ${where}`,
        )
        .get(values),
    ),
    moves: db
      .prepare(
        `SELECT rank_before AS "from", rank_after AS "to", count(*) AS households FROM reference_change AS change
         WHERE ${where} AND ${here} AND rank_before <> rank_after GROUP BY 1, 2 ORDER BY 1, 2`,
      )
      .all(values)
      .map((raw) => MoveRow.parse(raw)),
    rws: z.array(z.number()).parse(
      db
        .prepare(
          `SELECT rw FROM (${placesOfChanges}) WHERE rw IS NOT NULL AND (@kelurahan IS NULL OR kelurahan = @kelurahan)
             GROUP BY 1 ORDER BY 1`,
        )
        .pluck()
        .all({ id, kelurahan: place.kelurahan ?? null }),
    ),
    kelurahan: db
      .prepare(
        `SELECT kelurahan AS code, count(DISTINCT id) AS households FROM (${placesOfChanges})
         WHERE kelurahan IS NOT NULL GROUP BY 1 ORDER BY 2 DESC`,
      )
      .all({ id })
      .map((raw) => AreaRow.parse(raw)),
  };
}

/** Whether anybody is gone by what is accepted of a difference, who stands nowhere else in the later list. */
export function takesAnybodyOut(db: ReadableDb, id: string): boolean {
  const gone = `EXISTS (SELECT 1 FROM json_each(changes, '$.persons')
                        WHERE value ->> 'kind' = 'keluar' AND value ->> 'elsewhere' IS NULL)`;
  return (
    db
      .prepare(
        `SELECT 1 FROM reference_change
         WHERE difference_id = ? AND NOT ${isRefused('id')} AND (kind = 'hilang' OR kind = 'berubah' AND ${gone}) LIMIT 1`,
      )
      .get(id) !== undefined
  );
}

/** Where the households of a difference stand, and where those that moved stood. */
const placesOfChanges = `
  SELECT id, kelurahan, rw FROM reference_change WHERE difference_id = @id
  UNION ALL
  SELECT id, coalesce(from_kelurahan, kelurahan), coalesce(from_rw, rw) FROM reference_change
  WHERE difference_id = @id AND (from_kelurahan IS NOT NULL OR from_rw IS NOT NULL)`;

export interface Condition {
  where: string;
  /** Whether a household of them stands in the place of the filter now. */
  here: string;
  /** `PlacedKind` of a row within that place. */
  kind: string;
  values: Record<string, string | number>;
}

/** The filter as a condition on `change`; values are bound. A household is of the place where it stands, and where it stood. */
export function conditionOf(id: string, filter: ChangeFilter): Condition {
  const values: Record<string, string | number> = { id };
  const here: string[] = [];
  const before: string[] = [];
  if (filter.rw !== undefined) {
    here.push('change.rw IS @rw');
    before.push('coalesce(change.from_rw, change.rw) IS @rw');
    values['rw'] = filter.rw;
  }
  if (filter.kelurahan !== undefined) {
    here.push('change.kelurahan IS @kelurahan');
    before.push('coalesce(change.from_kelurahan, change.kelurahan) IS @kelurahan');
    values['kelurahan'] = filter.kelurahan;
  }
  const isHere = `(${here.join(' AND ') || 'true'})`;
  const wasHere = `(${before.join(' AND ') || 'true'})`;
  const kind = `CASE WHEN NOT ${wasHere} THEN 'pindah_masuk' WHEN NOT ${isHere} THEN 'pindah_keluar' ELSE change.kind END`;
  const parts = ['change.difference_id = @id', `(${isHere} OR ${wasHere})`];
  if (filter.kinds !== undefined) {
    parts.push(`${kind} IN (SELECT value FROM json_each(@kinds))`);
    values['kinds'] = JSON.stringify(filter.kinds);
  }
  if (filter.unread === true) parts.push('change.unread IS NOT NULL');
  if (filter.rankMoved === true) parts.push(`${isHere} AND change.rank_before <> change.rank_after`);
  if (filter.accepted !== undefined) parts.push(`${filter.accepted ? 'NOT ' : ''}${isRefused('change.id')}`);
  return { where: parts.join(' AND '), here: isHere, kind, values };
}

const Row = z.object({
  id: z.number(),
  kind: PlacedKind,
  head_name: z.string(),
  kk: z.string().nullable(),
  kelurahan: z.string().nullable(),
  rt: z.number().nullable(),
  rw: z.number().nullable(),
  rank_before: z.number().nullable(),
  rank_after: z.number().nullable(),
  changes: z.string(),
  accepted: z.number(),
  household: z.number().nullable(),
  base_household: z.number().nullable(),
  joined: z.string().transform((json) => z.array(z.number()).parse(JSON.parse(json))),
});

type StoredChange = Omit<ChangeRow, 'kelurahanName'> & { kelurahan: string | null };

/** By kind, then as one walks. @param kind an expression that tells `PlacedKind`. */
function walking(kind: string): string {
  return `CASE ${kind} WHEN 'baru' THEN 1 WHEN 'hilang' THEN 2 WHEN 'pindah_masuk' THEN 3 WHEN 'pindah_keluar' THEN 4
                       WHEN 'berubah' THEN 5 ELSE 6 END,
          change.kelurahan, change.rw, change.rt, change.head_name, change.id`;
}

/** Rows in walking order (sorted by the index alone, since the rows are long), each with the case of the office that it, and whoever changed in it, has. */
export function listChanges(
  db: ReadableDb,
  id: string,
  filter: ChangeFilter,
  page: { offset: number; limit: number },
): { total: number; rows: StoredChange[] } {
  const { where, kind, values } = conditionOf(id, filter);
  const total = z
    .number()
    .parse(db.prepare(`SELECT count(*) FROM reference_change AS change WHERE ${where}`).pluck().get(values));
  const rows = z.array(Row).parse(
    db
      .prepare(
        `SELECT change.id, shown.kind, change.head_name, change.kk, change.kelurahan, change.rt, change.rw,
                change.rank_before, change.rank_after, changes, NOT ${isRefused('change.id')} AS accepted,
                household, base_household,
                (SELECT json_group_array(DISTINCT household_id) FROM json_each(change.members)
                 JOIN reference_person AS member ON member.id = value
                 WHERE household_id <> base_household) AS joined
         FROM (SELECT change.id, ${kind} AS kind FROM reference_change AS change
               WHERE ${where} ORDER BY ${walking(kind)} LIMIT @limit OFFSET @offset) AS shown
         JOIN reference_change AS change ON change.id = shown.id
         ORDER BY ${walking('shown.kind')}`,
      )
      .all({ ...values, ...page }),
  );
  const cases = new CasesOfHouseholds(db, rows);
  return { total, rows: rows.map((row) => toChange(row, cases)) };
}

function toChange(row: z.infer<typeof Row>, cases: CasesOfHouseholds): StoredChange {
  const { fields, persons } = HouseholdChange.parse(JSON.parse(row.changes));
  return {
    id: row.id,
    kind: row.kind,
    headName: row.head_name,
    kk: row.kk,
    kelurahan: row.kelurahan,
    rt: row.rt,
    rw: row.rw,
    rankBefore: row.rank_before,
    rankAfter: row.rank_after,
    changes: {
      fields,
      persons: persons.map((person) => ({ ...person, case: cases.ofPerson(row, person) })),
    },
    accepted: row.accepted === 1,
    case: cases.ofHousehold(row),
  };
}

const WaitingRow = ListRow.extend({
  difference_id: z.string(),
  imported_at: z.string(),
  imported_by_name: z.string(),
});

/** Lists that wait to be looked at, the latest first. */
export function listWaiting(
  db: ReadableDb,
): { differenceId: string; list: NamedList; importedAt: string; importedByName: string }[] {
  return db
    .prepare(
      `SELECT list.id, list.source, list.name, list.list_date, list.version, list.imported_at,
              difference.id AS difference_id, account.name AS imported_by_name
       FROM reference_pending AS pending
       JOIN reference_list AS list ON list.id = pending.list_id
       JOIN reference_difference AS difference ON difference.list = list.id AND difference.finished_at IS NOT NULL
       JOIN account ON account.id = list.imported_by
       WHERE pending.state = 'periksa' ORDER BY list.imported_at DESC`,
    )
    .all()
    .map((raw) => {
      const row = WaitingRow.parse(raw);
      return {
        differenceId: row.difference_id,
        list: NamedList.parse({ ...row, listDate: row.list_date }),
        importedAt: row.imported_at,
        importedByName: row.imported_by_name,
      };
    });
}

/** A list that was being looked at counts as cut off from now on: nobody sees it, and it may go. */
export function hideStaged(db: WritableDb, listId: string): void {
  db.prepare(`UPDATE reference_pending SET state = 'masuk' WHERE list_id = ?`).run(listId);
}

/** Undoes an import, or takes the undoing back. Whether the list stood in the other state before. */
export function setWithdrawn(
  db: WritableDb,
  listId: string,
  withdrawn: { at: string; by: string } | null,
): boolean {
  return (
    db
      .prepare(
        `UPDATE reference_list SET withdrawn_at = @at, withdrawn_by = @by
         WHERE id = @listId AND (withdrawn_at IS NULL) = @stands
           AND id NOT IN (SELECT list_id FROM reference_pending)`,
      )
      .run({
        listId,
        at: withdrawn?.at ?? null,
        by: withdrawn?.by ?? null,
        stands: withdrawn === null ? 0 : 1,
      }).changes === 1
  );
}
