import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listCaseFilters, putCaseFilter } from './case-filters.ts';
import { openConnection, type WritableDb } from './connection.ts';
import { migrate } from './migrate.ts';

let folder: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-saringan-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
  db.exec(`INSERT INTO account (id, username, name, role, must_change_password, active, created_at)
           VALUES ('a', 'loket1', 'Loket', 'petugas_loket', 0, 1, '2026-11-10T02:00:00.000Z')`);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As another version of the program saved it. */
function savedElsewhere(name: string, filter: Record<string, unknown>): void {
  db.prepare('INSERT INTO case_filter (account_id, name, filter) VALUES (?, ?, ?)').run(
    'a',
    name,
    JSON.stringify(filter),
  );
}

describe('a filter that another version saved', () => {
  it('filters by what this version knows; what it does not know stays as it was saved', () => {
    savedElsewhere('RW 4', { rw: 4, dusun: 'Utara' });
    expect(listCaseFilters(db, 'a')).toEqual([{ name: 'RW 4', filter: { rw: 4 } }]);
    const kept = db.prepare('SELECT filter FROM case_filter').pluck().get();
    expect(JSON.parse(String(kept))).toEqual({ rw: 4, dusun: 'Utara' });
  });

  it('is not offered where a value of it cannot be read, and hides no other', () => {
    savedElsewhere('Kelak', { states: ['DIARSIPKAN'] });
    putCaseFilter(db, 'a', { name: 'RT 2', filter: { rt: 2 } });
    expect(listCaseFilters(db, 'a')).toEqual([{ name: 'RT 2', filter: { rt: 2 } }]);
    expect(db.prepare('SELECT count(*) FROM case_filter').pluck().get()).toBe(2);
  });
});
