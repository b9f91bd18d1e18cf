import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DraftHousehold, emptyMember } from '../../shared/domain/draft.ts';
import { listedKeysOf, matchKeysOf } from '../matching/blocking.ts';
import { draftInput } from '../matching/normalise.ts';
import { openConnection, transaction, type WritableDb } from './connection.ts';
import { deleteDraftKeys, KeyIndex, NameShares, writeDraftKeys } from './matching.ts';
import { migrate } from './migrate.ts';

let folder: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-keys-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function bear(key: string, count: number): void {
  const insert = db.prepare(`INSERT INTO match_key (key, owner_kind, owner_id) VALUES (?, 'reference', ?)`);
  transaction(db, () => {
    for (let id = 1; id <= count; id += 1) insert.run(key, String(id));
  });
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
  it('count the parts of a name among the listed alone: who registers pays for no key that nobody looks up', () => {
    const siti = {
      ...draftInput(draft('').members[0] ?? emptyMember(memberId, '1'), draft('')),
      name: 'Siti Aminah',
    };
    const parts = (keys: readonly string[]) => keys.filter((key) => key.startsWith('T'));
    expect(parts(listedKeysOf(siti))).toEqual(['TSITI', 'TAMINAH']);
    expect(parts(matchKeysOf(siti))).toEqual([]);
    expect(listedKeysOf(siti)).toEqual(expect.arrayContaining(matchKeysOf(siti)));
  });

  it('find their bearers by kind', () => {
    bear('Lx', 3);
    expect(new KeyIndex(db).find('reference', [['Lx', 'N3171011708800001'], ['Ly']])).toEqual({
      owners: [['1', '2', '3'], []],
      capped: [],
    });
    expect(new KeyIndex(db).find('member', [['Lx']])).toEqual({ owners: [[]], capped: [] });
  });

  it('that too many bear are named, not searched', () => {
    bear('Lx', 1001);
    bear('Ly', 2);
    expect(new KeyIndex(db).find('reference', [['Lx', 'Ly']])).toEqual({
      owners: [['1', '2']],
      capped: ['Lx'],
    });
  });

  it('of a draft are written anew, and go with it alone', () => {
    writeDraftKeys(db, draftId, draft('3171011708800001'));
    writeDraftKeys(db, neighbourId, draft('3171011708800001'));
    writeDraftKeys(db, draftId, draft('3171011708800002'));
    const owners = (nik: string) => new KeyIndex(db).find('draft', [[`N${nik}`]]).owners[0];
    expect(owners('3171011708800001')).toEqual([`${neighbourId}/${memberId}`]);
    expect(owners('3171011708800002')).toEqual([`${draftId}/${memberId}`]);
    deleteDraftKeys(db, draftId);
    expect(owners('3171011708800002')).toEqual([]);
    expect(owners('3171011708800001')).toHaveLength(1);
  });

  it('of a correction are not written: the case has its own', () => {
    writeDraftKeys(db, draftId, draft('3171011708800001', { caseId: neighbourId, version: 1 }));
    expect(new KeyIndex(db).find('draft', [['N3171011708800001']]).owners).toEqual([[]]);
  });
});

describe('the rarity of a name part', () => {
  it('leans on the shipped estimate while the lists are short', () => {
    expect(new KeyIndex(db).frequency('MUHAMMAD')).toBeCloseTo(0.09, 5);
    bear('TZULAIKHA', 20);
    expect(new KeyIndex(db).frequency('ZULAIKHA')).toBeCloseTo((20 + 2000 * 0.0004) / 2000, 5);
  });

  it('is counted once while the lists stand, and anew with another list', () => {
    const shares = new NameShares();
    const share = () => new KeyIndex(db, shares).frequency('ZULAIKHA');
    const before = share();
    bear('TZULAIKHA', 20);
    expect(share()).toBe(before);
    db.pragma('foreign_keys = OFF');
    db.prepare(
      `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
       VALUES ('a', 'DTKS', 'DTKS', '2025-12-31', 1, '', ?, '{}', 0, 0, '', 'x')`,
    ).run('0'.repeat(64));
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
    const person = db.prepare(
      `INSERT INTO reference_person (household_id, position, name, birth_date, answers) VALUES (?, 1, 'SITI', ?, '{}')`,
    );
    for (let at = 0; at < households; at += 1) person.run(household.pluck().get(id, String(at)), birthDate);
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
