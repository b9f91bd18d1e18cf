import { z } from 'zod';
import { CaseFilter, type SavedFilter } from '../../shared/contract/cases.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const Row = z.object({ name: z.string(), filter: z.string() });

/** What one account saved, by name. What a later version of the program no longer filters by is left out. */
export function listCaseFilters(db: ReadableDb, accountId: string): SavedFilter[] {
  return z
    .array(Row)
    .parse(
      db.prepare('SELECT name, filter FROM case_filter WHERE account_id = ? ORDER BY name').all(accountId),
    )
    .flatMap(({ name, filter }) => {
      const read = CaseFilter.safeParse(JSON.parse(filter));
      return read.success ? [{ name, filter: read.data }] : [];
    });
}

/** Saves a filter; one of the same name, in whatever letters, is replaced. */
export function putCaseFilter(db: WritableDb, accountId: string, { name, filter }: SavedFilter): void {
  db.prepare('INSERT OR REPLACE INTO case_filter (account_id, name, filter) VALUES (?, ?, ?)').run(
    accountId,
    name,
    JSON.stringify(filter),
  );
}

export function deleteCaseFilter(db: WritableDb, accountId: string, name: string): void {
  db.prepare('DELETE FROM case_filter WHERE account_id = ? AND name = ?').run(accountId, name);
}
