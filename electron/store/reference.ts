import { z } from 'zod';
import { ImportReport, type ReferenceListInfo } from '../../shared/contract/reference.ts';
import { AreaCodeSystem, isVersioned, ReferenceSource } from '../../shared/domain/reference.ts';
import type { ReadableDb } from './connection.ts';
import { listLatestLists } from './identification.ts';

const ListRow = z.object({
  id: z.string(),
  source: ReferenceSource,
  name: z.string(),
  list_date: z.string(),
  version: z.number(),
  area_codes: AreaCodeSystem.nullable(),
  file_name: z.string(),
  file_hash: z.string(),
  households: z.number(),
  persons: z.number(),
  refused: z.number(),
  kelurahan: z.string(),
  imported_at: z.string(),
  imported_by_name: z.string(),
  withdrawn_at: z.string().nullable(),
  based_on: z.string().nullable(),
});

const select = `
  SELECT list.*, json_extract(report, '$.refusedCount') AS refused,
         (SELECT json_group_array(DISTINCT value ->> 'kelurahan') FILTER (WHERE value ->> 'kelurahan' IS NOT NULL)
          FROM json_each(report, '$.detectedAreas')) AS kelurahan, account.name AS imported_by_name
  FROM reference_list AS list JOIN account ON account.id = list.imported_by
  WHERE list.id NOT IN (SELECT list_id FROM reference_pending)`;

/** All snapshots, undone ones too, the latest import first. */
export function listReferenceLists(db: ReadableDb): ReferenceListInfo[] {
  const current = new Set(listLatestLists(db).map((list) => list.id));
  return db
    .prepare(`${select} ORDER BY imported_at DESC, list.id DESC`)
    .all()
    .map((raw) => rowToList(raw, current));
}

/** The newest snapshot that came from a file with this hash. */
export function findListOfFile(
  db: ReadableDb,
  fileHash: string,
): { name: string; version: number; importedAt: string } | null {
  const raw = db
    .prepare(
      'SELECT name, version, imported_at FROM finished_list WHERE file_hash = ? ORDER BY imported_at DESC LIMIT 1',
    )
    .get(fileHash);
  if (raw === undefined) return null;
  const row = ListRow.pick({ name: true, version: true, imported_at: true }).parse(raw);
  return { name: row.name, version: row.version, importedAt: row.imported_at };
}

/** What is known of a list that stands or waits to be looked at. */
export function findListRecord(
  db: ReadableDb,
  id: string,
):
  | (Pick<ReferenceListInfo, 'source' | 'name' | 'listDate' | 'areaCodes' | 'fileName' | 'fileHash'> & {
      report: ImportReport;
    })
  | null {
  const raw = db.prepare('SELECT * FROM reference_list WHERE id = ?').get(id);
  if (raw === undefined) return null;
  const row = ListRow.omit({ refused: true, kelurahan: true, imported_by_name: true })
    .extend({ report: z.string() })
    .parse(raw);
  return {
    source: row.source,
    name: row.name,
    listDate: row.list_date,
    areaCodes: row.area_codes,
    fileName: row.file_name,
    fileHash: row.file_hash,
    report: ImportReport.parse(JSON.parse(row.report)),
  };
}

/** Whether a list has come in whole, and is not undone. */
export function isStanding(db: ReadableDb, id: string): boolean {
  return db.prepare('SELECT 1 FROM finished_list WHERE id = ?').get(id) !== undefined;
}

/**
 * The newest of the lists of a name that stand, by its date before its version, as `listLatestLists` counts them;
 * null where none does.
 *
 * @param besides a list that comes to stand just now.
 */
export function findNewestVersion(
  db: ReadableDb,
  { source, name }: { source: ReferenceSource; name: string },
  besides: string | null = null,
): string | null {
  const newest = db
    .prepare(
      `SELECT id FROM finished_list WHERE source = ? AND name = ? AND id IS NOT ?
       ORDER BY list_date DESC, version DESC LIMIT 1`,
    )
    .pluck()
    .get(source, name, besides);
  return z
    .string()
    .nullable()
    .parse(newest ?? null);
}

/**
 * The newest version that stands and was made of this one, perhaps over others: what this one brought lives on in it;
 * null where there is none.
 */
export function findVersionMadeOf(db: ReadableDb, id: string): number | null {
  const made = db
    .prepare(
      `WITH RECURSIVE made (id) AS (
         SELECT id FROM reference_list WHERE based_on = ?
         UNION SELECT list.id FROM made JOIN reference_list AS list ON list.based_on = made.id)
       SELECT max(version) FROM finished_list WHERE id IN made`,
    )
    .pluck()
    .get(id);
  return z.number().nullable().parse(made);
}

/**
 * Whether a list of this name stands, whose next version is made by comparing alone.
 *
 * @param besides a list that comes to stand just now.
 */
export function isNameTaken(
  db: ReadableDb,
  list: { source: ReferenceSource; name: string },
  besides: string | null = null,
): boolean {
  return isVersioned(list.source) && findNewestVersion(db, list, besides) !== null;
}

export function findImportReport(db: ReadableDb, listId: string): ImportReport | null {
  const report = db
    .prepare('SELECT report FROM reference_list WHERE id = ? AND version > 0')
    .pluck()
    .get(listId);
  return report === undefined ? null : ImportReport.parse(JSON.parse(z.string().parse(report)));
}

function rowToList(raw: unknown, current: ReadonlySet<string>): ReferenceListInfo {
  const row = ListRow.parse(raw);
  return {
    id: row.id,
    source: row.source,
    name: row.name,
    listDate: row.list_date,
    version: row.version,
    areaCodes: row.area_codes,
    fileName: row.file_name,
    fileHash: row.file_hash,
    households: row.households,
    persons: row.persons,
    refusedCount: row.refused,
    kelurahan: z.array(z.string()).parse(JSON.parse(row.kelurahan)),
    importedAt: row.imported_at,
    importedByName: row.imported_by_name,
    current: current.has(row.id),
    withdrawnAt: row.withdrawn_at,
    basedOn: row.based_on,
  };
}
