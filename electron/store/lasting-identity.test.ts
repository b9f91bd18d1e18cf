import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isSamePerson } from '../matching/identity.ts';
import { openConnection, type WritableDb } from './connection.ts';
import { computeDifference } from './difference-compute.ts';
import { findHouseholdKey, findReferenceIdentity } from './identification.ts';
import { migrate, migrations } from './migrate.ts';
import { findSaid } from './pair-verdict.ts';
import { listOfficialRanks } from './official-ranks.ts';
import { giveListNumber } from './reference-keys.ts';
import { renewKeys } from './rekey.ts';

let folder = '';
let db: WritableDb;
const lastVersion = 37;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-lasting-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  db.pragma('synchronous = OFF');
  const old = migrations.filter(({ version }) => version <= lastVersion);
  db.exec(`BEGIN; ${old.map(({ sql }) => sql).join('\n')} COMMIT`);
  db.pragma(`user_version = ${lastVersion}`);
  db.exec(`INSERT INTO account (id, username, name, role, must_change_password, active, created_at)
           VALUES ('a', 'ani', 'Ani', 'petugas_verifikasi', 0, 1, '2026-11-10')`);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** A list of persons who stand alone: what each is called, the name, the birth date. */
function list(id: string, date: string, ...rows: [called: string, name: string, birthDate: string | null][]) {
  db.prepare(
    `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons,
                                 imported_at, imported_by)
     VALUES (?, 'DTSEN', 'DTSEN', ?, ?, '', ?, '{}', 0, 0, '', 'a')`,
  ).run(id, date, Number(date.slice(5, 7)), 'f'.repeat(64));
  return rows.map(([called, name, birthDate]) => {
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO reference_household (list_id, source_id, kelurahan, desil, answers) VALUES (?, ?, '31.71.01.1001', 1, '{}')`,
      )
      .run(id, called);
    const person = db
      .prepare(
        `INSERT INTO reference_person (household_id, position, name, birth_date, answers) VALUES (?, 1, ?, ?, '{}')`,
      )
      .run(lastInsertRowid, name, birthDate);
    return { household: Number(lastInsertRowid), person: Number(person.lastInsertRowid) };
  });
}

function differences(): unknown[] {
  const steps = computeDifference(db, {
    id: 'd',
    baseList: 'q1',
    list: 'q2',
    earlier: [{ id: 'q1', years: 0 }],
    complete: true,
    labelOf: (field) => field,
    at: '2026-11-10T02:00:00.000Z',
  });
  while (steps.next().done !== true);
  return db.prepare('SELECT kind, head_name FROM reference_change ORDER BY kind, head_name').raw().all();
}

test('who is told by a row alone is nobody in the next list; who was born on a known day is', () => {
  list('q1', '2026-03-31', ['baris 2', 'BUDI', null], ['baris 3', 'Siti', '1980-01-01']);
  migrate(db);
  list(
    'q2',
    '2026-06-30',
    ['baris 2', 'ANI', null],
    ['orang SITI 1980-01-01 31.71.01.1001', 'SITI', '1980-01-01'],
  );
  expect(differences()).toEqual([
    ['baru', 'ANI'],
    ['hilang', 'BUDI'],
    ['sama', 'SITI'],
  ]);
});

test('a register that holds rows names its persons once; the second of one name and day keeps the row', () => {
  list(
    'q1',
    '2026-03-31',
    ['baris 2', 'Siti', '1980-01-01'],
    ['baris 3', 'SITI', '1980-01-01'],
    ['R 1', 'ANI', null],
  );
  migrate(db);
  expect(db.prepare('SELECT source_id FROM reference_household ORDER BY id').pluck().all()).toEqual([
    'orang SITI 1980-01-01 31.71.01.1001',
    'baris 3',
    'R 1',
  ]);
});

test('a refusal of a row holds in its own list, one of a lasting identity in the next', () => {
  migrate(db);
  const keysOf = (id: string, date: string) =>
    list(id, date, ['baris 2', 'BUDI', null], ['R 1', 'ANI', null]).map(({ household }) =>
      findHouseholdKey(db, String(household)),
    );
  const [before, now] = [keysOf('q1', '2026-03-31'), keysOf('q2', '2026-06-30')];
  expect(before[1]).toBe(now[1]);
  expect(before[0]).not.toBe(now[0]);
});

test('"bukan keluarga ini" of a row is said of what the household is called now, where one list alone can be meant', () => {
  const households = [
    ...list('q1', '2026-03-31', ['baris 2', 'BUDI', null], ['baris 3', 'Siti', '1980-01-01']),
    ...list('q2', '2026-06-30', ['baris 4', 'ANI', null], ['R 1', 'TUTI', null], ['baris 5', 'DEDI', null]),
  ];
  list('q3', '2026-09-30', ['baris 2', 'JOKO', null], ['baris 5', 'IMAM', null]);
  db.exec(`UPDATE reference_list SET imported_at = iif(id = 'q3', '2026-10-01', list_date)`);
  db.pragma('foreign_keys = OFF');
  const say = (called: string, at: string) =>
    db
      .prepare(
        `INSERT INTO duplicate_verdict (id, draft_id, other_kind, other_id, other_label, reason, decided_by, decided_at)
         VALUES (?, 'd', 'acuan', ?, 'DTSEN', 'Lain', 'a', ?)`,
      )
      .run(called, `DTSEN ${called}`, at);
  for (const called of ['baris 2', 'baris 3', 'baris 4', 'R 1']) say(called, '2026-07-01T02:00:00.000Z');
  say('baris 5', '2026-10-02T02:00:00.000Z');
  migrate(db);
  const keys = households.map(({ household }) => findHouseholdKey(db, String(household)));
  expect(db.prepare('SELECT other_id FROM duplicate_verdict ORDER BY rowid').pluck().all()).toEqual([
    ...keys.slice(0, -1),
    'DTSEN baris 5',
  ]);
});

test('"bukan orang yang sama" of who is told by row and name holds in the one list that has them, and can be found', () => {
  const [budi, joko, siti] = list(
    'q1',
    '2026-03-31',
    ['baris 2', 'BUDI', null],
    ['baris 3', 'JOKO', null],
    ['baris 4', 'SITI', null],
  );
  list('q2', '2026-06-30', ['baris 2', 'ANI', null], ['baris 3', 'JOKO', null]);
  list('q3', '2026-09-30', ['baris 4', 'SITI', null]);
  db.exec(`UPDATE reference_list SET imported_at = list_date`);
  db.pragma('foreign_keys = OFF');
  for (const [row, name] of ['BUDI', 'JOKO', 'SITI'].entries())
    db.prepare(
      `INSERT INTO not_same (id, case_id, member, listed, list_name, reason, stroke, decided_by, decided_at)
       VALUES (?, 'c', ?, ?, 'DTSEN', 'Orangnya lain', '', 'a', '2026-07-01T02:00:00.000Z')`,
    ).run(
      name,
      JSON.stringify({ name, nik: null, sex: null, birthDate: null, list: null }),
      JSON.stringify({
        name,
        nik: null,
        sex: null,
        birthDate: null,
        list: { source: 'DTSEN', personId: null, householdId: `baris ${row + 2}` },
      }),
    );
  migrate(db);
  const isFound = [budi, joko, siti].map((one, at) => {
    const said = findSaid(db, ['BUDI', 'JOKO', 'SITI'][at] ?? '');
    const person = findReferenceIdentity(db, String(one?.person));
    return said !== null && person !== null && isSamePerson(said.listed, person);
  });
  // Two lists that stood when it was said have JOKO in this row; a later one is not meant.
  expect(isFound).toEqual([true, false, true]);
});

test('a person who was said to be the member brings the ranks of no other who stands in that row', () => {
  migrate(db);
  const [linked, lasting] = list('q1', '2026-03-31', ['baris 2', 'BUDI', null], ['R 1', 'ANI', null]);
  list('q2', '2026-06-30', ['baris 2', 'JOKO', null], ['R 1', 'ANI', null]);
  // Lists that stand have keys.
  for (const id of ['q1', 'q2']) giveListNumber(db, id);
  db.exec('UPDATE reference_index SET rules = NULL');
  for (const _ of renewKeys(db));
  db.pragma('foreign_keys = OFF');
  db.exec(`INSERT INTO identification (id, case_id, result, proposed, model_version, stroke, decided_by, decided_at)
           VALUES ('i', 'c', 'tetap', 'tetap', '', '', 'a', '')`);
  for (const one of [linked, lasting])
    db.prepare(
      `INSERT INTO identification_link (identification_id, member_id, reference_person_id, verdict, probability, explanation)
       VALUES ('i', ?, ?, 'sama', 1, '{}')`,
    ).run(String(one?.person), one?.person);
  expect(listOfficialRanks(db, 'c', []).map(({ headName, listDate }) => [listDate, headName])).toEqual([
    ['2026-06-30', 'ANI'],
    ['2026-03-31', 'BUDI'],
    ['2026-03-31', 'ANI'],
  ]);
});

test('a difference that was worked out before tells where households moved from', () => {
  const [before] = list('q1', '2026-03-31', ['R 1', 'ANI', null], ['R 2', 'BUDI', null]);
  const [now] = list('q2', '2026-06-30', ['R 1', 'ANI', null]);
  db.exec(`
    UPDATE reference_household SET kelurahan = '31.71.01.1002', rw = 3 WHERE id = ${now?.household};
    UPDATE reference_household SET rw = 3 WHERE id = ${before?.household};
    INSERT INTO reference_difference (id, base_list, list, complete, finished_at) VALUES ('d', 'q1', 'q2', 1, '');
    INSERT INTO reference_change (difference_id, kind, base_household, household, head_name, kelurahan, rw, changes)
    VALUES ('d', 'berubah', ${before?.household}, ${now?.household}, 'ANI', '31.71.01.1002', 3, '{}'),
           ('d', 'hilang', ${(before?.household ?? 0) + 1}, NULL, 'BUDI', '31.71.01.1001', NULL, '{}')`);
  migrate(db);
  expect(
    db.prepare('SELECT head_name, from_kelurahan, from_rw FROM reference_change ORDER BY id').raw().all(),
  ).toEqual([
    ['ANI', '31.71.01.1001', null],
    ['BUDI', null, null],
  ]);
});
