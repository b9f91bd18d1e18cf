import { z } from 'zod';
import type { CaseFilter, CaseRow } from '../../shared/contract/cases.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { caseQuery, type CaseQuery } from './case-search.ts';
import { CaseFileRow } from './cases.ts';
import type { ReadableDb } from './connection.ts';

const rowColumns = `
  case_file.id, serial, number, state, mode, result, street, rt, rw, version, registered_at, updated_at,
  head.name AS head_name, head.nik AS head_nik,
  (SELECT kk FROM family WHERE family.case_id = case_file.id ORDER BY no LIMIT 1) AS kk,
  (SELECT count(*) FROM member WHERE member.case_id = case_file.id) AS members`;

const ListRow = CaseFileRow.pick({
  id: true,
  serial: true,
  number: true,
  state: true,
  mode: true,
  result: true,
  street: true,
  rt: true,
  rw: true,
  version: true,
  registered_at: true,
  updated_at: true,
}).extend({
  head_name: z.string(),
  head_nik: z.string().nullable(),
  kk: z.string().nullable(),
  members: z.number(),
});

/**
 * One page of the list, newest first, and how many the filter and the search let through in all. Of a
 * search, what was typed comes before what only looks like it.
 */
export function listCases(
  db: ReadableDb,
  { filter, text, offset, limit }: { filter: CaseFilter; text?: string; offset: number; limit: number },
): { total: number; rows: CaseRow[] } {
  const query = text === undefined ? null : caseQuery(db, text);
  const { where, values } = whereOf(filter, query);
  const from = `FROM case_file INDEXED BY case_file_list ${where}`;
  const total = z.object({ n: z.number() }).parse(db.prepare(`SELECT count(*) AS n ${from}`).get(values)).n;
  const order = query === null ? '' : `${matches('@exact')} DESC, `;
  const bound = query === null ? values : { ...values, exact: query.exact };
  const rows = db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT serial AS at, row_number() OVER () AS place FROM
         (SELECT serial ${from} ORDER BY ${order}serial DESC LIMIT @limit OFFSET @offset))
       SELECT ${rowColumns} FROM page CROSS JOIN case_file ON case_file.serial = page.at
       JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1' ORDER BY page.place`,
    )
    .all({ ...bound, limit, offset })
    .map(rowToCaseRow);
  return { total, rows };
}

const Serials = z.array(z.number());

/**
 * The first cases of a search, newest first; what was typed comes before what only looks like it. Asks
 * the index for no more than these, however many cases begin as the first two digits of a NIK do.
 */
export function searchCases(db: ReadableDb, text: string, limit: number): CaseRow[] {
  const query = caseQuery(db, text);
  if (query === null) return [];
  const newest = db
    .prepare('SELECT rowid FROM case_search WHERE case_search MATCH ? ORDER BY rowid DESC LIMIT ?')
    .pluck();
  const exact = Serials.parse(newest.all(query.exact, limit));
  const near =
    exact.length === limit || query.near === query.exact
      ? []
      : Serials.parse(newest.all(query.near, limit + exact.length));
  const found = [...new Set([...exact, ...near])].slice(0, limit);
  return db
    .prepare(
      `SELECT ${rowColumns} FROM json_each(@found) AS page CROSS JOIN case_file ON case_file.serial = page.value
       JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1' ORDER BY page.key`,
    )
    .all({ found: JSON.stringify(found) })
    .map(rowToCaseRow);
}

/** How many members the listed cases have. */
export function countListedMembers(
  db: ReadableDb,
  { filter, text }: { filter: CaseFilter; text?: string },
): number {
  const { where, values } = whereOf(filter, text === undefined ? null : caseQuery(db, text));
  return z
    .number()
    .parse(
      db
        .prepare(
          `SELECT count(*) FROM member WHERE case_id IN (SELECT id FROM case_file INDEXED BY case_file_list ${where})`,
        )
        .pluck()
        .get(values),
    );
}

export function countByState(db: ReadableDb): Partial<Record<CaseState, number>> {
  const rows = z
    .array(z.object({ state: CaseState, n: z.number() }))
    .parse(db.prepare('SELECT state, count(*) AS n FROM case_file GROUP BY state').all());
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

const AgeRow = z.object({ oldest: z.string(), overdue: z.number() });

/** Since when the longest waiting case of a state has waited, and how many have since before `deadline`. */
export function ageOfState(
  db: ReadableDb,
  state: CaseState,
  deadline: string,
): { oldest: string; overdue: number } | null {
  const row = db
    .prepare(
      `SELECT (SELECT min(state_since) FROM case_file WHERE state = @state) AS oldest,
              (SELECT count(*) FROM case_file WHERE state = @state AND state_since < @deadline) AS overdue`,
    )
    .get({ state, deadline });
  return AgeRow.safeParse(row).data ?? null;
}

function matches(query: '@exact' | '@near'): string {
  return `serial IN (SELECT rowid FROM case_search WHERE case_search MATCH ${query})`;
}

function whereOf(
  filter: CaseFilter,
  query: CaseQuery | null,
): { where: string; values: Record<string, string | number> } {
  const clauses: string[] = [];
  const values: Record<string, string | number> = {};
  if (query !== null) {
    clauses.push(matches('@near'));
    values['near'] = query.near;
  }
  if (filter.states !== undefined && filter.states.length > 0) {
    clauses.push('state IN (SELECT value FROM json_each(@states))');
    values['states'] = JSON.stringify(filter.states);
  }
  if (filter.result !== undefined) {
    clauses.push(filter.result === 'belum' ? 'result IS NULL' : 'result = @result');
    if (filter.result !== 'belum') values['result'] = filter.result;
  }
  for (const [name, column] of [
    ['mode', 'mode'],
    ['rw', 'rw'],
    ['rt', 'rt'],
    ['kelurahan', 'kelurahan'],
    ['periodId', 'period_id'],
  ] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    clauses.push(`${column} = @${name}`);
    values[name] = value;
  }
  return {
    where: clauses.length === 0 ? '' : `WHERE ${clauses.map((clause) => `(${clause})`).join(' AND ')}`,
    values,
  };
}

function rowToCaseRow(raw: unknown): CaseRow {
  const row = ListRow.parse(raw);
  return {
    id: row.id,
    serial: row.serial,
    number: row.number,
    state: row.state,
    mode: row.mode,
    result: row.result,
    headName: row.head_name,
    headNik: row.head_nik,
    kk: row.kk,
    street: row.street,
    rt: row.rt,
    rw: row.rw,
    members: row.members,
    version: row.version,
    registeredAt: row.registered_at,
    updatedAt: row.updated_at,
  };
}
