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
import { PageShelf } from './page-shelf.ts';
import { ReadAhead, shelfFor, shelfOfWorker } from './read-ahead.ts';
import {
  giveListNumber,
  keyedLists,
  pagesARead,
  pageTables,
  readPages,
  writeListKeys,
} from './reference-keys.ts';

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

describe('the shelf', () => {
  it('holds what persons are looked up by, within a sixteenth of the machine', () => {
    expect(shelfFor(0, 8 * gigabyte)).toBe(16);
    expect(shelfFor(300_000, 8 * gigabyte)).toBe(55);
    expect(shelfFor(1_000_000, 4 * gigabyte)).toBe(182);
    expect(shelfFor(3_000_000, 4 * gigabyte)).toBe(192);
    expect(shelfFor(3_000_000, gigabyte / 2)).toBe(16);
  });

  it('of a worker that compares many cases takes half the room beside it', () => {
    expect(shelfOfWorker(1_000_000, 4 * gigabyte)).toBe(64);
    expect(shelfOfWorker(1_000_000, 8 * gigabyte)).toBe(182);
    expect(shelfOfWorker(300_000, 4 * gigabyte)).toBe(55);
  });
});

describe('reading ahead', () => {
  const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());

  it('reads every page of a list once, and none of another', () => {
    const [list, other] = ['a', 'b'].map((id) => keyedLists(db, [id])[0] ?? { id, number: 0 });
    if (list === undefined || other === undefined) throw new Error('There are two lists.');
    for (const table of pageTables) {
      const shelf = new PageShelf();
      const read: (number | null)[] = [];
      let last: number | null = null;
      do read.push((last = readPages(db, shelf, table, list, last)));
      while (last !== null);
      expect(read.length - 1).toBe(Math.ceil((count(table) - 1) / pagesARead));
      const row = shelf.row(table, 'a');
      expect(read.filter((first) => first !== null && row.find(first) === null)).toEqual([]);
      expect(readPages(db, shelf, table, other, null)).not.toBe(null);
      expect(readPages(db, shelf, table, { id: 'none', number: 3 }, null)).toBe(null);
    }
  });

  it('goes on until all is read, once, and looks for other lists when others have done writing', () => {
    const shelf = new PageShelf();
    const ahead = new ReadAhead(db, shelf, 8 * gigabyte);
    const steps = () => {
      if (ahead.begin()) return 'again';
      let taken = 0;
      while (ahead.step()) taken += 1;
      return taken;
    };
    expect(steps()).toBeGreaterThan(2);
    expect(pageTables.map((table) => shelf.row(table, 'a').isWhole)).toEqual([true, true]);
    expect(steps()).toBe(0);
    const other = openConnection(join(folder, 'register.db'), { key });
    other.exec('CREATE TABLE written (n INTEGER) STRICT');
    expect(steps()).toBe('again');
    other.exec('INSERT INTO written VALUES (1)');
    expect(steps()).toBe('again');
    expect(steps()).toBe(0);
    other.exec(`INSERT INTO reference_pending (list_id) VALUES ('b')`);
    other.close();
    expect(steps()).toBe('again');
    expect(steps()).toBe(0);
    expect(pageTables.map((table) => shelf.row(table, 'b').isWhole)).toEqual([false, false]);
  });

  it('stops where there is no room: what is looked up is read then', () => {
    const shelf = new PageShelf();
    const ahead = new ReadAhead(db, shelf, 8 * gigabyte);
    shelf.room = 0.5;
    Object.defineProperty(shelf, 'room', { set: () => {} });
    expect(ahead.begin()).toBe(false);
    while (ahead.step());
    expect(shelf.row('reference_key_page', 'a').isWhole).toBe(false);
  });
});
