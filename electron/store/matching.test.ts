import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import { person } from '../../tests/fixtures/memory-source.ts';
import { firstKeys } from '../matching/blocking.ts';
import { normalisePerson } from '../matching/normalise.ts';
import { openConnection, savepoint, transaction, type WritableDb } from './connection.ts';
import { deleteDraftKeys, KeyIndex, NameShares, writeDraftKeys } from './matching.ts';
import { migrate } from './migrate.ts';
import { GatheredKeys } from './gathered-keys.ts';
import { dropListKeySteps, giveListNumber, writeListKeys } from './reference-keys.ts';

let folder: string;
let db: WritableDb;
const key = randomBytes(32);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-keys-'));
  db = openConnection(join(folder, 'register.db'), { key });
  migrate(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A list by itself of so many persons, who differ in nothing that is said of them. */
function bear(name: string, count: number): string {
  const listId = `list of ${count}`;
  db.pragma('foreign_keys = OFF');
  const gathered = new GatheredKeys();
  for (let at = 0; at < count; at += 1)
    gathered.add(normalisePerson(person({ name, birthDate: '1970-08-17' })));
  transaction(db, () => {
    for (const _ of writeListKeys(db, giveListNumber(db, listId), gathered.sorted(), (at) => 1 + at));
  });
  return listId;
}

const memberId = '0198a000-0000-7000-8000-000000000001';
const draftId = '0198a000-0000-7000-8000-0000000000aa';
const neighbourId = '0198a000-0000-7000-8000-0000000000ab';

function draft(nik: string, corrects: DraftHousehold['corrects'] = null): DraftHousehold {
  return DraftHousehold.parse({
    families: [{ no: 1 }],
    members: [{ id: memberId, name: 'Siti', nik, familyNo: '1' }],
    corrects,
  });
}

describe('the keys of persons', () => {
  const keys = firstKeys(normalisePerson(person({ name: 'Siti Aminah', birthDate: '1970-08-17' })));
  const others = firstKeys(normalisePerson(person({ name: 'Siti Aminah', birthDate: '1971-09-18' })));
  const foundIn = (listId: string, keysOf: number[][]) => {
    const { glimpses, capped } = new KeyIndex(db).findListed(JSON.stringify([listId]), keysOf);
    return { persons: glimpses.map((some) => some.map(({ id }) => id)), capped };
  };

  it('find their bearers in the lists that are searched', () => {
    const listId = bear('Siti Aminah', 3);
    expect(foundIn(listId, [keys, others])).toEqual({ persons: [['1', '2', '3'], []], capped: [] });
    expect(foundIn('another', [keys])).toEqual({ persons: [[]], capped: [] });
  });

  it('that too many bear are named, not searched', () => {
    expect(foundIn(bear('Siti Aminah', 1000), [keys]).persons[0]).toHaveLength(1000);
    expect(foundIn(bear('Siti Aminah', 1001), [keys])).toEqual({ persons: [[]], capped: keys });
  });

  it('stand over many pages', () => {
    const gathered = new GatheredKeys();
    const persons = Array.from({ length: 3_000 }, (_, at) =>
      normalisePerson(person({ name: `N${at}`, nik: String(3171014101801001 + at) })),
    );
    for (const one of persons) gathered.add(one);
    db.pragma('foreign_keys = OFF');
    transaction(db, () => {
      const keys = gathered.sorted();
      for (const _ of writeListKeys(db, giveListNumber(db, 'first'), keys, (at) => 7 + 2 * at));
      for (const _ of writeListKeys(db, giveListNumber(db, 'second'), keys, (at) => 10_000 + at));
    });
    const sought = persons.map((one) => firstKeys(one));
    expect(foundIn('first', sought).persons).toEqual(persons.map((_, at) => [String(7 + 2 * at)]));
    expect(foundIn('second', sought).persons).toEqual(persons.map((_, at) => [String(10_000 + at)]));
    for (const _ of dropListKeySteps(db, 'first'));
    expect(foundIn('first', sought).persons.flat()).toEqual([]);
    expect(foundIn('second', sought).persons.flat()).toHaveLength(3_000);
  });

  it('are read once where one connection asks again and again', () => {
    const listId = bear('SITI AMINAH', 3);
    const shares = new NameShares();
    const ask = (known: NameShares) =>
      new KeyIndex(db, known).findListed(JSON.stringify([listId]), [keys]).glimpses[0]?.map(({ id }) => id);
    expect(ask(shares)).toEqual(['1', '2', '3']);
    db.exec('DELETE FROM reference_key_page; DELETE FROM reference_brief_page');
    expect(ask(shares)).toEqual(['1', '2', '3']);
    expect(ask(new NameShares())).toEqual([]);
  });

  it('of a list that took the number of another are its own', () => {
    const shares = new NameShares();
    const ask = (listId: string) =>
      new KeyIndex(db, shares).findListed(JSON.stringify([listId]), [keys]).glimpses[0]?.map(({ id }) => id);
    const before = bear('SITI AMINAH', 3);
    expect(ask(before)).toEqual(['1', '2', '3']);
    for (const _ of dropListKeySteps(db, before));
    expect(ask(before)).toEqual([]);
    expect(ask(bear('SITI AMINAH', 2))).toEqual(['1', '2']);
  });

  it('of a draft are written anew, and go with it alone', () => {
    writeDraftKeys(db, draftId, draft('3171011708800001'));
    writeDraftKeys(db, neighbourId, draft('3171011708800001'));
    writeDraftKeys(db, draftId, draft('3171011708800002'));
    const owners = (nik: string) =>
      new KeyIndex(db).findDrafts([firstKeys(normalisePerson(person({ name: '', nik })))]).owners[0];
    expect(owners('3171011708800001')).toEqual([`${neighbourId}/${memberId}`]);
    expect(owners('3171011708800002')).toEqual([`${draftId}/${memberId}`]);
    deleteDraftKeys(db, draftId);
    expect(owners('3171011708800002')).toEqual([]);
    expect(owners('3171011708800001')).toHaveLength(1);
  });

  it('of a correction are not written: the case has its own', () => {
    writeDraftKeys(
      db,
      draftId,
      draft('3171011708800001', { caseId: neighbourId, version: 1, consent: null }),
    );
    const nik = firstKeys(normalisePerson(person({ name: '', nik: '3171011708800001' })));
    expect(new KeyIndex(db).findDrafts([nik]).owners).toEqual([[]]);
  });
});

describe('the rarity of a name part', () => {
  it('leans on the shipped estimate while the lists are short', () => {
    expect(new KeyIndex(db).frequency('MUHAMMAD')).toBeCloseTo(0.09, 5);
    bear('Zulaikha', 20);
    expect(new KeyIndex(db).frequency('ZULAIKHA')).toBeCloseTo((20 + 2000 * 0.0004) / 2000, 5);
  });

  describe('which lists there are', () => {
    let shares: NameShares;
    beforeEach(() => {
      shares = new NameShares();
      db.pragma('foreign_keys = OFF');
    });
    const said = () => {
      const index = new KeyIndex(db, shares);
      return { lists: index.currentLists().map(({ id }) => id), persons: index.personsIn('["a"]') };
    };
    const add = (to: WritableDb) =>
      to
        .prepare(
          `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
           VALUES ('a', 'DTKS', 'DTKS', '2025-12-31', 1, '', ?, '{}', 0, 7, '', 'x')`,
        )
        .run('0'.repeat(64));

    it('is asked once while nobody writes', () => {
      add(db);
      expect(said()).toEqual({ lists: ['a'], persons: 7 });
      // No row is written by this: who looked would find no such view.
      db.exec('DROP VIEW finished_list');
      expect(said()).toEqual({ lists: ['a'], persons: 7 });
    });

    it('is asked again once this connection wrote, and once that was taken back', () => {
      expect(said().lists).toEqual([]);
      expect(() =>
        transaction(db, () => {
          add(db);
          expect(said()).toEqual({ lists: ['a'], persons: 7 });
          throw new Error('taken back');
        }),
      ).toThrow('taken back');
      expect(said()).toEqual({ lists: [], persons: 0 });
      transaction(db, () => {
        expect(() =>
          savepoint(db, () => {
            add(db);
            expect(said().lists).toEqual(['a']);
            throw new Error('taken back');
          }),
        ).toThrow('taken back');
        expect(said().lists).toEqual([]);
      });
    });

    it('is asked again once another connection wrote', () => {
      expect(said().lists).toEqual([]);
      const other = openConnection(db.name, { key });
      other.pragma('foreign_keys = OFF');
      add(other);
      other.close();
      expect(said()).toEqual({ lists: ['a'], persons: 7 });
    });
  });

  it('is counted once while the lists stand, and anew with another list', () => {
    const shares = new NameShares();
    const share = () => new KeyIndex(db, shares).frequency('ZULAIKHA');
    const before = share();
    bear('Zulaikha', 20);
    expect(share()).toBe(before);
    db.pragma('foreign_keys = OFF');
    db.prepare(
      `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
       VALUES ('a', 'DTKS', 'DTKS', '2025-12-31', 1, '', ?, '{}', 0, 0, '', 'x')`,
    ).run('0'.repeat(64));
    expect(share()).toBe(before);
    giveListNumber(db, 'a');
    expect(share()).toBeGreaterThan(before);
  });
});

describe('whether a list has persons without a birth date', () => {
  function list(id: string, households: number, birthDate: string | null): void {
    db.prepare(
      `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
       VALUES (?, 'DTKS', ?, '2025-12-31', 1, '', ?, '{}', 0, 0, '', 'x')`,
    ).run(id, id, '0'.repeat(64));
    const household = db.prepare(
      `INSERT INTO reference_household (list_id, source_id, answers) VALUES (?, ?, '{}') RETURNING id`,
    );
    const insertPerson = db.prepare(
      `INSERT INTO reference_person (household_id, position, name, birth_date, answers) VALUES (?, 1, 'SITI', ?, '{}') RETURNING id`,
    );
    const gathered = new GatheredKeys();
    const ids = Array.from({ length: households }, (_, at) => {
      gathered.add(normalisePerson(person({ name: 'SITI', birthDate })));
      return Number(insertPerson.pluck().get(household.pluck().get(id, String(at)), birthDate));
    });
    for (const _ of writeListKeys(db, giveListNumber(db, id), gathered.sorted(), (at) => ids[at] ?? 0));
  }

  it('is known for each list by itself, and anew with another list', () => {
    db.pragma('foreign_keys = OFF');
    const shares = new NameShares();
    const has = (...ids: string[]) => new KeyIndex(db, shares).haveUndated(JSON.stringify(ids));
    list('bdt', 3, null);
    list('dtks', 3, '1970-08-17');
    expect([has('bdt'), has('dtks'), has('bdt', 'dtks')]).toEqual([true, false, true]);
    db.prepare(`UPDATE reference_person SET birth_date = NULL WHERE id = 5`).run();
    list('later', 1, '1970-08-17');
    expect(has('dtks')).toBe(true);
  });
});
