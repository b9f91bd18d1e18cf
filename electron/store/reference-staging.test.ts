import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyReport, type ImportReport } from '../../shared/contract/reference.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { person as anybody } from '../../tests/fixtures/memory-source.ts';
import { firstKeys, storedKeys } from '../matching/blocking.ts';
import { normalisePerson } from '../matching/normalise.ts';
import { openConnection, type WritableDb } from './connection.ts';
import { PartedList } from './list-rows.ts';
import { listCurrentLists } from './identification.ts';
import { listedBySourceId } from './listed-households.ts';
import { listedByNik } from './listed-niks.ts';
import { KeyIndex } from './matching.ts';
import { migrate } from './migrate.ts';
import { dropUnfinishedSteps, type IncomingList, ReferenceStaging } from './reference-staging.ts';
import { findImportReport, findListOfFile, listReferenceLists } from './reference.ts';

const key = randomBytes(32);
let folder = '';
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-acuan-'));
  db = open();
  migrate(db);
  db.exec(`INSERT INTO account (id, username, name, role, must_change_password, active, created_at)
           VALUES ('a', 'ani', 'Ani', 'petugas_verifikasi', 0, 1, '2026-11-10')`);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function open(): WritableDb {
  return openConnection(join(folder, 'register.db'), { key });
}

const report: ImportReport = { ...emptyReport, rows: 1, households: 1, persons: 1, refusedCount: 3 };

function list(id: string, own: Partial<IncomingList> = {}): IncomingList {
  return {
    id,
    source: 'DTKS',
    name: 'DTKS Gambir',
    listDate: '2025-12-31',
    areaCodes: null,
    fileName: 'dtks.csv',
    fileHash: 'f'.repeat(64),
    importedAt: '2026-11-10T02:00:00.000Z',
    importedBy: 'a',
    ...own,
  };
}

function household(sourceId: string): ReferenceHousehold {
  const place = { street: 'Gg. Mawar 1', rt: 1, rw: 2, kelurahan: '31.71.01.1001', kelurahanName: 'Gambir' };
  return { sourceId, kk: null, ...place, percentile: null, desil: null, answers: { lantai: '6' } };
}

function person(name: string, order: number): ReferencePerson {
  const unknown = { kk: null, birthPlace: null, age: null, relation: null, familyNo: null, motherName: null };
  const nik = `31710141018090${String(10 + order)}`;
  return { sourceId: name, order, name, nik, sex: 'P', birthDate: '1980-01-01', ...unknown, answers: {} };
}

/** A list that comes in, as its rows are read. */
class Coming {
  readonly #staging: ReferenceStaging;
  readonly parted: PartedList;

  constructor(incoming: IncomingList) {
    this.#staging = new ReferenceStaging(db, incoming);
    this.parted = new PartedList((rows) => this.#staging.write(rows));
  }

  commit(alsoDo: (version: number) => void = () => {}): number {
    this.parted.finish();
    return this.#staging.commit(report, alsoDo);
  }

  commitSteps(alsoDo: (version: number) => void = () => {}): Generator<number, number> {
    this.parted.finish();
    return this.#staging.commitSteps(report, alsoDo);
  }

  drop(): void {
    this.#staging.drop();
  }
}

/** A list of so many persons, two in each household, read to its end. */
function stage(persons: number, incoming = list('one')): Coming {
  const coming = new Coming(incoming);
  for (let index = 0; index < persons; index += 1) {
    const no = index >> 1;
    if (index % 2 === 0) coming.parted.household(no, household(`R${no}`));
    coming.parted.person(no, person(`SITI ${index}`, 1 + (index % 2)));
  }
  return coming;
}

function count(table: string): number {
  return Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}

function everything(): Record<string, number> {
  const tables = [
    'reference_list',
    'reference_pending',
    'reference_household',
    'reference_person',
    'reference_index',
    'reference_key_page',
    'reference_brief_page',
    'reference_name_part',
  ];
  return Object.fromEntries(tables.map((table) => [table, count(table)]));
}

const nothing = {
  reference_list: 0,
  reference_pending: 0,
  reference_household: 0,
  reference_person: 0,
  reference_index: 0,
  reference_key_page: 0,
  reference_brief_page: 0,
  reference_name_part: 0,
};

describe('a list moves in', () => {
  it('whole, with its members under their households and their keys', () => {
    const events: number[] = [];
    expect(stage(2_500).commit((version) => events.push(version))).toBe(1);
    expect(events).toEqual([1]);
    expect(everything()).toMatchObject({
      reference_pending: 0,
      reference_household: 1_250,
      reference_person: 2_500,
    });
    expect(count('reference_person WHERE household_id NOT IN (SELECT id FROM reference_household)')).toBe(0);
    const sought = normalisePerson(anybody({ name: 'SITI 2499', birthDate: '1980-01-01' }));
    const { glimpses } = new KeyIndex(db).findListed('["one"]', [firstKeys(sought)]);
    const ids = JSON.stringify(glimpses[0]?.map(({ id }) => Number(id)));
    expect(
      db
        .prepare(
          `SELECT person.name, household.source_id, list_id FROM reference_person AS person
           JOIN reference_household AS household ON household.id = household_id
           WHERE person.id IN (SELECT value FROM json_each(?)) AND person.name = 'SITI 2499'`,
        )
        .all(ids),
    ).toEqual([{ name: 'SITI 2499', source_id: 'R1249', list_id: 'one' }]);
  });

  it('as the next version of its name, beside the ones before', () => {
    stage(2).commit();
    expect(stage(4, list('two', { fileHash: 'e'.repeat(64) })).commit()).toBe(2);
    expect(stage(2, list('three', { name: 'Lain' })).commit()).toBe(1);
    const lists = listReferenceLists(db).map(({ id, version, persons, current }) => ({
      id,
      version,
      persons,
      current,
    }));
    expect(lists).toEqual([
      { id: 'two', version: 2, persons: 4, current: true },
      { id: 'three', version: 1, persons: 2, current: true },
      { id: 'one', version: 1, persons: 2, current: false },
    ]);
    expect(findListOfFile(db, 'e'.repeat(64))).toMatchObject({ name: 'DTKS Gambir', version: 2 });
    expect(findImportReport(db, 'two')).toEqual(report);
    expect(findImportReport(db, 'four')).toBeNull();
  });
});

describe('the disk', () => {
  const waitsForIt = () => db.pragma('synchronous', { simple: true }) === 2;

  it('is waited for before a list is said to stand, and by whoever writes beside it', () => {
    const coming = stage(2_500);
    expect(waitsForIt()).toBe(true);
    const steps = coming.commitSteps(() => expect(waitsForIt()).toBe(true));
    let last;
    do {
      last = steps.next();
      expect(waitsForIt()).toBe(true);
    } while (last.done !== true);
  });
});

describe('a household in lists', () => {
  const found = (...sourceIds: string[]) =>
    db
      .prepare(
        `SELECT household.list_id, household.source_id, person.name FROM reference_person AS person
         JOIN reference_household AS household ON household.id = household_id
         WHERE person.id IN (SELECT value FROM json_each(?)) ORDER BY person.id`,
      )
      .raw()
      .all(JSON.stringify(listedBySourceId(db, sourceIds)));

  it('is found by what its source calls it, in every list that stands, once', () => {
    stage(2_500).commit();
    stage(10, list('two')).commit();
    const pending = stage(10, list('three'));
    expect(found('R3')).toEqual([
      ['one', 'R3', 'SITI 6'],
      ['two', 'R3', 'SITI 6'],
    ]);
    expect(found('R1249', 'R1250')).toEqual([['one', 'R1249', 'SITI 2498']]);
    pending.drop();
  });

  it('is found where its persons lie far apart, and one without persons stands in nobody’s way', () => {
    const coming = new Coming(list('one'));
    for (const no of [0, 1, 2]) coming.parted.household(no, household(`R${no}`));
    coming.parted.person(0, person('SITI', 1));
    coming.parted.person(2, person('AMINAH', 1));
    for (let order = 2; order < 1_100; order += 1) coming.parted.person(0, person(`N${order}`, order));
    coming.parted.household(3, household('R3'));
    coming.parted.person(3, person('WATI', 1));
    coming.parted.person(2, person('LESTARI', 2));
    coming.commit();
    expect(found('R0', 'R1', 'R2', 'R3')).toEqual([
      ['one', 'R0', 'SITI'],
      ['one', 'R2', 'AMINAH'],
      ['one', 'R3', 'WATI'],
    ]);
  });
});

describe('a NIK in lists', () => {
  /** Names of those who bear it, of `lists` or of all. */
  const bearers = (nik: string, lists: readonly string[] | null = null) =>
    db
      .prepare(
        'SELECT name FROM reference_person WHERE id IN (SELECT value FROM json_each(?)) AND nik = ? ORDER BY 1',
      )
      .pluck()
      .all(JSON.stringify(listedByNik(db, [nik], lists)), nik);
  const listed = (id: string, ...niks: string[]) => {
    const coming = new Coming(list(id, { name: id }));
    coming.parted.household(0, household('R'));
    for (const [at, nik] of niks.entries()) coming.parted.person(0, { ...person(`${id} ${at}`, at), nik });
    return coming;
  };

  it('is found in every list that stands, and is that of nobody without a serial; not while the list still moves in', () => {
    listed('one', '3171014101809011', '3171014101800000', '3171014101809011').commit();
    listed('two', '3171014101809011').commit();
    const coming = listed('three', '3171014101809011');
    coming.parted.finish();
    expect(bearers('3171014101809011')).toEqual(['one 0', 'one 2', 'two 0']);
    expect(bearers('3171014101809011', ['two'])).toEqual(['two 0']);
    expect(bearers('3171014101800000')).toEqual([]);
    expect(bearers('3171014101809012')).toEqual([]);
    coming.commit();
    expect(bearers('3171014101809011')).toEqual(['one 0', 'one 2', 'three 0', 'two 0']);
  });

  it('of more than a thousand is a filler, and nobody bears it', () => {
    listed('many', ...Array.from({ length: 1001 }, () => '3171014101809011'), '3171014101809012').commit();
    expect(bearers('3171014101809011')).toEqual([]);
    expect(bearers('3171014101809012')).toEqual(['many 1001']);
  });
});

describe('whoever is written', () => {
  /** Names of those under a key of this person, in a list. */
  const found = (listId: string, sought: Parameters<typeof anybody>[0], keysOf = firstKeys) => {
    const keys = keysOf(normalisePerson(anybody(sought)));
    const { glimpses } = new KeyIndex(db).findListed(JSON.stringify([listId]), [keys]);
    return (glimpses[0] ?? []).map(({ id }) => nameOf.get(Number(id)));
  };
  const nameOf = {
    get: (id: number) => db.prepare('SELECT name FROM reference_person WHERE id = ?').pluck().get(id),
  };

  it('has the keys of their household, however far apart its rows stand', () => {
    const coming = new Coming(list('one'));
    coming.parted.household(0, { ...household('far'), rt: 9 });
    coming.parted.person(0, person('FIRST', 1));
    for (let no = 1; no <= 1_100; no += 1) {
      coming.parted.household(no, household(`R${no}`));
      coming.parted.person(no, person(`SITI ${no}`, 1));
    }
    coming.parted.person(0, { ...person('LAMBERTUS', 2), nik: null, birthDate: null });
    coming.commit();
    const place = { street: null, rt: 9, rw: 2, kelurahan: '31.71.01.1001' };
    const sought = { name: 'LAMBERTUS', birthDate: '1980-08-17' };
    expect(found('one', { ...sought, address: place }, storedKeys)).toEqual(['LAMBERTUS']);
    expect(found('one', { ...sought, address: { ...place, rt: 1 } }, storedKeys)).toEqual([]);
  });

  it('is found in their own list, where two come in at once', () => {
    const lists = ['one', 'two'].map((id) => ({ id, coming: new Coming(list(id, { name: id })) }));
    for (let index = 0; index < 2_100; index += 1)
      for (const { id, coming } of lists) {
        coming.parted.household(index, household(`R${index}`));
        coming.parted.person(index, {
          ...person(`ORANG ${id}`, 1),
          nik: String(3171014101800001 + 10_000 * index),
        });
      }
    for (const { coming } of lists) coming.commit();
    for (const id of ['one', 'two'])
      for (const index of [0, 1_000, 2_099])
        expect(found(id, { name: 'X', nik: String(3171014101800001 + 10_000 * index) })).toEqual([
          `ORANG ${id}`,
        ]);
  });
});

describe('a list that is not finished', () => {
  it('with ranks that nothing overwrites', () => {
    stage(2).commit();
    for (const change of ['desil = 1', 'percentile = 5', `rank_list_id = 'one'`])
      expect(() => db.exec(`UPDATE reference_household SET ${change}`)).toThrow(/never overwritten/);
  });

  it('is seen by nobody while it moves in', () => {
    const coming = stage(2_500);
    expect(count('reference_person')).toBe(2_000);
    expect(listReferenceLists(db)).toEqual([]);
    const steps = coming.commitSteps();
    steps.next();
    expect(count('reference_person')).toBe(2_500);
    expect(listReferenceLists(db)).toEqual([]);
    expect(listCurrentLists(db)).toEqual([]);
    expect(findListOfFile(db, 'f'.repeat(64))).toBeNull();
    steps.return(0);
  });

  it('leaves nothing when its file turns out broken', () => {
    const coming = stage(2_500);
    expect(count('reference_person')).toBe(2_000);
    coming.drop();
    expect(everything()).toEqual(nothing);
  });

  it('leaves nothing when it is given up, nor when its event cannot be written', () => {
    const steps = stage(2_500).commitSteps();
    steps.next();
    steps.next();
    steps.return(0);
    expect(everything()).toEqual(nothing);
    expect(() =>
      stage(2, list('two')).commit(() => {
        throw new Error('no journal');
      }),
    ).toThrow('no journal');
    expect(everything()).toEqual(nothing);
  });

  it.each([
    ['before its keys', 2_500, 1],
    ['in the middle of its keys', 8_000, 2],
  ])('leaves nothing when it is taken out %s', (_, persons, steps) => {
    const events: number[] = [];
    const coming = stage(persons).commitSteps((version) => events.push(version));
    for (let step = 0; step < steps; step += 1) expect(coming.next().done).toBe(false);
    for (const _step of dropUnfinishedSteps(db, { listId: 'one' }));
    expect(() => coming.next()).toThrow('taken out');
    expect(events).toEqual([]);
    expect(everything()).toEqual(nothing);
  });

  it('leaves nothing, and no event, when it is taken out before its last step', () => {
    // Parts of names are the last that is written of a list before it stands.
    db.exec(`CREATE TEMP TRIGGER gone AFTER INSERT ON reference_name_part BEGIN
               DELETE FROM reference_pending WHERE list_id = 'one'; END`);
    const events: number[] = [];
    expect(() => stage(2).commit((version) => events.push(version))).toThrow('taken out');
    expect(events).toEqual([]);
    expect(everything()).toEqual(nothing);
  });

  it('leaves nothing where the disk is full as its keys are written, and comes in once there is room', () => {
    stage(10).commit();
    const before = everything();
    const coming = stage(2_500, list('two'));
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 20}`);
    expect(() => coming.commit()).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    expect(everything()).toEqual(before);
    db.pragma('max_page_count = 1000000');
    expect(stage(2_500, list('two')).commit()).toBe(2);
  });

  it('is the only one taken out after its worker, while another comes in', () => {
    stage(2_500);
    const other = stage(1_000, list('two', { name: 'Lain' }));
    for (const _ of dropUnfinishedSteps(db, { listId: 'one' }));
    expect(count('reference_person')).toBe(1_000);
    expect(other.commit()).toBe(1);
    expect(listReferenceLists(db).map(({ id, persons }) => [id, persons])).toEqual([['two', 1_000]]);
  });

  it('is the only one that goes: a difference that is being worked out meanwhile stays', () => {
    stage(2).commit();
    stage(2, list('two')).commit();
    db.exec(`INSERT INTO reference_difference (id, base_list, list, complete) VALUES ('d', 'one', 'two', 1)`);
    stage(10, list('three'));
    for (const of of [{ listId: 'three' }, { listId: 'two' }, { differenceId: 'e' }])
      for (const _ of dropUnfinishedSteps(db, of));
    expect(count('reference_person')).toBe(4);
    expect(count('reference_difference')).toBe(1);
    for (const _ of dropUnfinishedSteps(db, { differenceId: 'd' }));
    expect(count('reference_difference')).toBe(0);
  });

  it('leaves nothing after the program was killed in the middle, and disturbs no other list', () => {
    stage(10).commit();
    const before = everything();
    const steps = stage(2_500, list('two')).commitSteps();
    steps.next();
    steps.next();
    // What a killed process leaves is what was committed; nothing of it runs any more.
    db.close();
    db = open();
    expect(everything()).not.toEqual(before);
    for (const _ of dropUnfinishedSteps(db));
    expect(everything()).toEqual(before);
    expect(stage(2, list('three')).commit()).toBe(2);
  });

  it('is taken out in pieces after that, beside what others bring in meanwhile', () => {
    stage(10).commit();
    stage(2, list('other', { name: 'Lain' })).commit();
    stage(2_500, list('two')).commitSteps().next();
    const compare = db.prepare('INSERT INTO reference_difference VALUES (?, ?, ?, 1, NULL, NULL)');
    compare.run('killed', 'one', 'other');
    const steps = dropUnfinishedSteps(db);
    expect(steps.next().done).toBe(false);
    const coming = stage(1_000, list('three', { name: 'Baru' }));
    compare.run('new', 'other', 'one');
    for (const _ of steps);
    expect(db.prepare('SELECT list_id FROM reference_pending').pluck().all()).toEqual(['three']);
    expect(db.prepare('SELECT id FROM reference_difference').pluck().all()).toEqual(['new']);
    expect([coming.commit(), count('reference_person')]).toEqual([1, 1_012]);
  });
});
