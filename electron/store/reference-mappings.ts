import { z } from 'zod';
import { type NewMapping, SavedMapping } from '../../shared/contract/reference.ts';
import { ReferenceSource } from '../../shared/domain/reference.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const MappingRow = z.object({
  id: z.string(),
  name: z.string(),
  source: ReferenceSource,
  columns: z.string(),
  saved_at: z.string(),
  saved_by_name: z.string(),
});

/** The saved mappings, the latest first. */
export function listMappings(db: ReadableDb): SavedMapping[] {
  return db
    .prepare(
      `SELECT mapping.id, mapping.name, mapping.source, mapping.columns, mapping.saved_at, account.name AS saved_by_name
       FROM reference_mapping AS mapping JOIN account ON account.id = mapping.saved_by
       ORDER BY mapping.saved_at DESC, mapping.id DESC`,
    )
    .all()
    .map(rowToMapping);
}

/** Saves a mapping; one of the same name is replaced. */
export function saveMapping(
  db: WritableDb,
  { id, at, by, mapping }: { id: string; at: string; by: string; mapping: NewMapping },
): void {
  db.prepare(
    `INSERT INTO reference_mapping (id, name, source, columns, saved_at, saved_by) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET source = excluded.source, columns = excluded.columns,
                                      saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
  ).run(id, mapping.name, mapping.source, JSON.stringify(mapping.columns), at, by);
}

/** Whether there was such a mapping. */
export function deleteMapping(db: WritableDb, id: string): boolean {
  return db.prepare('DELETE FROM reference_mapping WHERE id = ?').run(id).changes === 1;
}

function rowToMapping(raw: unknown): SavedMapping {
  const row = MappingRow.parse(raw);
  return SavedMapping.parse({
    id: row.id,
    name: row.name,
    source: row.source,
    columns: JSON.parse(row.columns),
    savedAt: row.saved_at,
    savedByName: row.saved_by_name,
  });
}
