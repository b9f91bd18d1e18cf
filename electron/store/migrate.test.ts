import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection, type WritableDb } from './connection.ts';
import { migrate } from './migrate.ts';

let folder: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-store-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Pages in the write-ahead log. */
function logged(): unknown {
  const [state] = db.prepare('PRAGMA wal_checkpoint(NOOP)').raw().all();
  return Array.isArray(state) ? state[1] : null;
}

describe('the write-ahead log of a new register', () => {
  it('begins after the schema, which is encrypted once, in the register itself', () => {
    migrate(db);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(logged()).toBeLessThan(10);
    db.exec('CREATE TABLE anything (id TEXT) STRICT');
    expect(logged()).toBeGreaterThan(0);
  });

  it('is there, too, where the schema could not be made, of which nothing is left', () => {
    db.exec('CREATE TABLE case_file (id TEXT) STRICT');
    expect(() => migrate(db)).toThrow(/already exists/);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['case_file']);
  });
});
