import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person } from '../../tests/fixtures/memory-source.ts';
import { normalisePerson } from '../matching/normalise.ts';
import { openConnection, type WritableDb } from './connection.ts';
import { GatheredKeys } from './gathered-keys.ts';
import { migrate } from './migrate.ts';
import { cacheFor, ReadAhead } from './read-ahead.ts';
import { giveListNumber, pagesARead, pageTables, readPages, writeListKeys } from './reference-keys.ts';

const gigabyte = 2 ** 30;
const key = randomBytes(32);
let folder: string;
let db: WritableDb;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-ahead-'));
  db = openConnection(join(folder, 'register.db'), { key });
  migrate(db);
  db.pragma('foreign_keys = OFF');
  for (const [id, persons] of [['a', 9_000] as const, ['b', 60] as const]) {
    db.prepare(
      `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
       VALUES (?, 'DTKS', ?, '2025-12-31', 1, '', ?, '{}', 0, ?, '', 'x')`,
    ).run(id, id, '0'.repeat(64), persons);
    const gathered = new GatheredKeys();
    for (let at = 0; at < persons; at += 1) gathered.add(normalisePerson(person({ name: `SITI ${id}` })));
    for (const _ of writeListKeys(db, giveListNumber(db, id), gathered.sorted(), (at) => 1 + at));
  }
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the cache', () => {
  it('holds what persons are looked up by, within a sixteenth of the machine', () => {
    expect(cacheFor(0, 8 * gigabyte)).toBe(64);
    expect(cacheFor(300_000, 8 * gigabyte)).toBe(113);
    expect(cacheFor(1_000_000, 4 * gigabyte)).toBe(227);
    expect(cacheFor(3_000_000, 4 * gigabyte)).toBe(256);
    expect(cacheFor(3_000_000, gigabyte / 2)).toBe(64);
  });
});

describe('reading ahead', () => {
  it('reads every page of a list once, and none of another', () => {
    const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const lastOf = (table: string) => Number(db.prepare(`SELECT max(id) FROM ${table}`).pluck().get());
    for (const table of pageTables) {
      const read: (number | null)[] = [];
      let last: number | null = null;
      do read.push((last = readPages(db, table, 'a', last)));
      while (last !== null);
      expect(read.length - 1).toBe(Math.ceil((count(table) - 1) / pagesARead));
      expect(readPages(db, table, 'b', null)).toBe(lastOf(table));
    }
    expect(readPages(db, 'reference_key_page', 'none', null)).toBe(null);
  });

  it('goes on until all is read, once, and anew after others have written, when they have done', () => {
    const ahead = new ReadAhead(db, 8 * gigabyte);
    const steps = () => {
      if (ahead.begin()) return 'again';
      let taken = 0;
      while (ahead.step()) taken += 1;
      return taken;
    };
    const all = steps();
    expect(all).toBeGreaterThan(2);
    expect(db.pragma('cache_size', { simple: true })).toBe(-1024 * cacheFor(9_060, 8 * gigabyte));
    expect(steps()).toBe(0);
    const other = openConnection(join(folder, 'register.db'), { key });
    other.exec('CREATE TABLE written (n INTEGER) STRICT');
    expect(steps()).toBe('again');
    other.exec('INSERT INTO written VALUES (1)');
    other.close();
    expect(steps()).toBe('again');
    expect(steps()).toBe(all);
  });
});
