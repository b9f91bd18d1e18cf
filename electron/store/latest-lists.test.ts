import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyReport } from '../../shared/contract/reference.ts';
import { openConnection, type WritableDb } from './connection.ts';
import { setWithdrawn } from './difference.ts';
import { listLatestLists } from './identification.ts';
import { PartedList } from './list-rows.ts';
import { migrate, migrations } from './migrate.ts';
import { type IncomingList, ReferenceStaging, type ToldLists } from './reference-staging.ts';
import { findNewestVersion } from './reference.ts';

let folder = '';
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-berlaku-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
  db.exec(`INSERT INTO account (id, username, name, role, must_change_password, active, created_at)
           VALUES ('a', 'ani', 'Ani', 'petugas_verifikasi', 0, 1, '2026-11-10')`);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const at = '2026-11-10T02:00:00.000Z';

type Own = Partial<IncomingList> & Pick<IncomingList, 'source' | 'name' | 'listDate'>;

/** Brings a list of one person in; its id is its name and version. */
function bringIn(own: Own): string {
  const id = `${own.name} ${ids().length}`;
  const staging = new ReferenceStaging(db, {
    id,
    areaCodes: null,
    fileName: 'daftar.csv',
    fileHash: 'f'.repeat(64),
    importedAt: at,
    importedBy: 'a',
    ...own,
  });
  const unknown = { kk: null, sex: null, birthPlace: null, birthDate: null, age: null, relation: null };
  const parted = new PartedList((rows) => staging.write(rows));
  const place = { street: null, rt: null, rw: null, kelurahan: null, kelurahanName: null };
  parted.household(0, { sourceId: 'R', kk: null, ...place, percentile: null, desil: null, answers: {} });
  const named = { sourceId: null, order: 1, name: 'SITI', nik: '3171014101800001' };
  parted.person(0, { ...named, ...unknown, familyNo: null, motherName: null, answers: {} });
  parted.finish();
  staging.commit(emptyReport, () => {});
  return id;
}

function ids(): unknown[] {
  return db.prepare('SELECT id FROM reference_list').pluck().all();
}

function everyList(): ToldLists {
  return { lists: ids().map(String), at };
}

function counting(): string[] {
  return listLatestLists(db).map(({ name, version }) => `${name} v${version}`);
}

const petojo = { source: 'DTSEN', name: 'DTSEN Petojo', listDate: '2026-03-31' } as const;
const gambir = { source: 'DTSEN', name: 'DTSEN Gambir', listDate: '2026-06-30' } as const;

describe('lists of a register', () => {
  it('count by their names, each in its newest version, though one came later: parts of a kecamatan', () => {
    bringIn(petojo);
    bringIn(gambir);
    bringIn({ ...petojo, listDate: '2026-04-30' });
    expect(counting()).toEqual(['DTSEN Gambir v1', 'DTSEN Petojo v2']);
  });

  it('count no more once somebody said that a list of another name is the whole, until that is undone', () => {
    bringIn(petojo);
    bringIn({ ...petojo, listDate: '2026-04-30' });
    const whole = bringIn({ ...gambir, replaces: everyList() });
    expect(counting()).toEqual(['DTSEN Gambir v1']);
    // Neither does an earlier version come back.
    setWithdrawn(db, 'DTSEN Petojo 1', { at: '2026-11-11', by: 'a' });
    expect(counting()).toEqual(['DTSEN Gambir v1']);
    setWithdrawn(db, 'DTSEN Petojo 1', null);
    bringIn(gambir);
    setWithdrawn(db, whole, { at: '2026-11-11', by: 'a' });
    expect(counting()).toEqual(['DTSEN Gambir v2']);
    setWithdrawn(db, 'DTSEN Gambir 3', { at: '2026-11-11', by: 'a' });
    expect(counting()).toEqual(['DTSEN Petojo v2']);
  });

  it('count again once the version that replaced them is undone, though an older one of its name stands', () => {
    bringIn({ ...gambir, listDate: '2026-03-31' });
    bringIn(petojo);
    const wrong = bringIn({ ...gambir, replaces: everyList() });
    expect(counting()).toEqual(['DTSEN Gambir v2']);
    setWithdrawn(db, wrong, { at: '2026-11-11', by: 'a' });
    expect(counting()).toEqual(['DTSEN Gambir v1', 'DTSEN Petojo v1']);
    // The right file is told of them, and replaces them; so does the wrong one, taken back into use.
    const right = bringIn({ ...gambir, replaces: everyList() });
    expect(counting()).toEqual(['DTSEN Gambir v3']);
    setWithdrawn(db, right, { at: '2026-11-12', by: 'a' });
    expect(counting()).toEqual(['DTSEN Gambir v1', 'DTSEN Petojo v1']);
    setWithdrawn(db, wrong, null);
    expect(counting()).toEqual(['DTSEN Gambir v2']);
  });

  it('are not replaced by an earlier one that says it is the whole: both count', () => {
    bringIn(gambir);
    bringIn({ ...petojo, replaces: everyList() });
    expect(counting()).toEqual(['DTSEN Gambir v1', 'DTSEN Petojo v1']);
  });

  it('that came in after it was told which are replaced count on', () => {
    bringIn(petojo);
    const told = everyList();
    bringIn({ ...petojo, name: 'DTSEN Cideng' });
    bringIn({ ...petojo, listDate: '2026-04-30' });
    bringIn({ ...gambir, replaces: told });
    expect(counting()).toEqual(['DTSEN Gambir v1', 'DTSEN Petojo v2', 'DTSEN Cideng v1']);
  });

  it('of the province replace those of an earlier date, and those of one day are parts', () => {
    bringIn(petojo);
    bringIn({ ...gambir, replaces: 'earlier' });
    bringIn({ ...gambir, name: 'DTSEN Cideng', replaces: 'earlier' });
    expect(counting()).toEqual(['DTSEN Cideng v1', 'DTSEN Gambir v1']);
  });

  it('are replaced by every list of a name that replaces, not by its first alone', () => {
    bringIn(petojo);
    bringIn({ ...gambir, replaces: everyList() });
    bringIn({ ...gambir, listDate: '2026-07-31', replaces: everyList() });
    expect(counting()).toEqual(['DTSEN Gambir v2']);
    bringIn({ ...petojo, listDate: '2026-08-31' });
    bringIn({ ...gambir, listDate: '2026-09-30', replaces: 'earlier' });
    expect(counting()).toEqual(['DTSEN Gambir v3']);
    // Later ones are not replaced by the earlier one that says so.
    bringIn({ ...petojo, name: 'DTSEN Cideng', replaces: everyList() });
    bringIn({ ...petojo, name: 'DTSEN Cideng', replaces: everyList() });
    expect(counting()).toEqual(['DTSEN Gambir v3', 'DTSEN Cideng v2']);
  });

  it('that were undone stay replaced as they are taken back into use', () => {
    const undone = bringIn(petojo);
    setWithdrawn(db, undone, { at: '2026-11-11', by: 'a' });
    bringIn({ ...gambir, replaces: everyList() });
    setWithdrawn(db, undone, null);
    expect(counting()).toEqual(['DTSEN Gambir v1']);
  });

  it('that came in after it was told which are replaced, and were undone by mistake, count again', () => {
    const told = everyList();
    const undone = bringIn({ ...petojo, importedAt: '2026-11-10T03:00:00.000Z' });
    setWithdrawn(db, undone, { at: '2026-11-11', by: 'a' });
    bringIn({ ...gambir, replaces: told });
    setWithdrawn(db, undone, null);
    expect(counting()).toEqual(['DTSEN Gambir v1', 'DTSEN Petojo v1']);
  });

  it('are newest in the order in which they count: by date before version', () => {
    const own = { source: 'DTSEN', name: petojo.name } as const;
    const first = bringIn({ ...petojo, listDate: '2026-06-30' });
    bringIn(petojo);
    expect(counting()).toEqual(['DTSEN Petojo v1']);
    expect(findNewestVersion(db, own)).toBe(first);
    const third = bringIn({ ...petojo, listDate: '2026-06-30' });
    expect(findNewestVersion(db, own)).toBe(third);
    expect(findNewestVersion(db, own, third)).toBe(first);
  });

  it('of another source are never touched, nor is a newer version of a list that was replaced', () => {
    bringIn({ ...petojo, source: 'DTKS', name: 'DTKS' });
    bringIn(petojo);
    bringIn({ ...gambir, replaces: everyList() });
    bringIn({ ...petojo, listDate: '2026-07-31' });
    expect(counting()).toEqual(['DTSEN Petojo v2', 'DTSEN Gambir v1', 'DTKS v1']);
  });
});

describe('lists beside the register', () => {
  it.each(['PPKS', 'CARIK', 'LAIN'] as const)('of %s count by their names alone', (source) => {
    bringIn({ source, name: 'Anak jalanan', listDate: '2026-01-31' });
    bringIn({ source, name: 'Lansia', listDate: '2026-02-28', replaces: everyList() });
    bringIn({ source, name: 'Lansia', listDate: '2026-03-31' });
    expect(counting()).toEqual(['Lansia v2', 'Anak jalanan v1']);
  });

  it('of padan all count, one of the same name too, but what an accepted difference was made of', () => {
    const padan = { source: 'DUKCAPIL', name: 'Padan', listDate: '2026-01-31' } as const;
    const first = bringIn(padan);
    bringIn({ ...padan, listDate: '2026-02-28' });
    expect(counting()).toEqual(['Padan v2', 'Padan v1']);
    bringIn({ ...padan, listDate: '2026-03-31', basedOn: first });
    expect(counting()).toEqual(['Padan v3', 'Padan v2']);
  });
});

it('a register that lists had replaced by their date keeps it so, and lists of other kinds count again', () => {
  db.exec('DROP TABLE reference_replaced');
  db.exec('CREATE TABLE reference_replaced (list_id TEXT, by_name TEXT)');
  bringIn(petojo);
  bringIn(gambir);
  bringIn({ ...gambir, name: 'DTSEN Cideng' });
  bringIn({ source: 'DUKCAPIL', name: 'Padan 1', listDate: '2026-01-31' });
  bringIn({ source: 'DUKCAPIL', name: 'Padan 2', listDate: '2026-02-28' });
  db.exec('DROP TABLE reference_replaced');
  for (const step of [43, 71]) db.exec(migrations.find(({ version }) => version === step)?.sql ?? '');
  expect(counting()).toEqual(['DTSEN Cideng v1', 'DTSEN Gambir v1', 'Padan 2 v1', 'Padan 1 v1']);
});
