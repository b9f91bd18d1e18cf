import { z } from 'zod';
import { type ExportEntry, ExportKind } from '../../shared/contract/exports.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export type NewExportRow = Omit<ExportEntry, 'madeByName'> & { madeBy: string };

export function insertExport(db: WritableDb, entry: NewExportRow): void {
  db.prepare(
    `INSERT INTO data_export (id, kind, title, purpose, recipient, basis, file_name, file_hash, rows, made_at, made_by)
     VALUES (@id, @kind, @title, @purpose, @recipient, @basis, @fileName, @fileHash, @rows, @madeAt, @madeBy)`,
  ).run(entry);
}

const Row = z.object({
  id: z.string(),
  kind: ExportKind,
  title: z.string(),
  purpose: z.string(),
  recipient: z.string(),
  basis: z.string().nullable(),
  file_name: z.string(),
  file_hash: z.string(),
  rows: z.number(),
  made_at: z.string(),
  made_by_name: z.string(),
});

/** What left the program, the latest first. */
export function listExports(db: ReadableDb): ExportEntry[] {
  return db
    .prepare(
      `SELECT data_export.*, account.name AS made_by_name FROM data_export
       JOIN account ON account.id = data_export.made_by ORDER BY made_at DESC, data_export.id DESC`,
    )
    .all()
    .map((raw) => {
      const row = Row.parse(raw);
      return {
        id: row.id,
        kind: row.kind,
        title: row.title,
        purpose: row.purpose,
        recipient: row.recipient,
        basis: row.basis,
        fileName: row.file_name,
        fileHash: row.file_hash,
        rows: row.rows,
        madeAt: row.made_at,
        madeByName: row.made_by_name,
      };
    });
}

/** The answers that some household or person of a list holds. */
export function listAnswerFields(db: ReadableDb, listId: string): Set<string> {
  const fields = db
    .prepare(
      `SELECT answer.key FROM reference_household AS household, json_each(household.answers) AS answer
       WHERE household.list_id = @listId
       UNION
       SELECT answer.key FROM reference_household AS household
       JOIN reference_person AS person ON person.household_id = household.id, json_each(person.answers) AS answer
       WHERE household.list_id = @listId`,
    )
    .pluck()
    .all({ listId });
  return new Set(z.array(z.string()).parse(fields));
}
