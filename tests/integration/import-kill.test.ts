import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { openConnection, type ReadableDb, type WritableDb } from '../../electron/store/connection.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import { dropUnfinishedSteps } from '../../electron/store/reference-staging.ts';
import { dtksCsv, dtksRow } from '../fixtures/read-list.ts';
import { openTestOffice, type TestOffice } from './office.ts';
import { importDtks } from './reference-office.ts';

/** Some more than a worker writes at once. */
const persons = 12_000;
/** Milliseconds after a step of the list within which it is stopped: in the middle of the next, or between two. */
const longestWait = 60;
/** In the background, on a machine that has other work too. */
const patient = { timeout: 30_000 };

let t: TestOffice;
let register: Register | null = null;
let folder = '';
let copies = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-daftar-'));
  t = await openTestOffice({
    startBackground: (opened) => {
      register = opened;
      return { stop: async () => {} };
    },
  });
});
afterAll(async () => {
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A list of families of four. */
function listOf(count: number): Buffer {
  const two = (number: number) => String(number).padStart(2, '0');
  return dtksCsv(
    ...Array.from({ length: count }, (_, at) => {
      const [day, month, year] = [1 + (at % 28), 1 + (Math.floor(at / 28) % 12), 20 + Math.floor(at / 336)];
      return dtksRow({
        id_dtks: `D-${at}`,
        nomor_kk: `3171010101${10_000 + (at >> 2)}1`,
        nomor_nik: `317101${two(day)}${two(month)}${two(year)}0001`,
        nama: `SITI ${String.fromCharCode(65 + (at % 26))}ANAH`,
        tanggal_lahir: `19${two(year)}-${two(month)}-${two(day)}`,
      });
    }),
  );
}

async function bringIn(name: string, bytes: Buffer) {
  const officer = await t.as('petugas_verifikasi');
  const token = await t.tokenOf('petugas_verifikasi');
  return importDtks({ office: t.office, officer, token }, name, bytes);
}

const text = (db: ReadableDb, sql: string): string[] => db.prepare(sql).pluck().all().map(String);

/** How far a list that moves in has come: persons, key pages, and whether it still does. */
function progressOf(db: ReadableDb): string {
  const [progress = ''] = text(
    db,
    `SELECT coalesce((SELECT max(id) FROM reference_person), 0) || ' ' || coalesce((SELECT max(id) FROM reference_key_page), 0)
            || ' ' || coalesce((SELECT max(id) FROM reference_brief_page), 0) || ' ' || (SELECT count(*) FROM reference_pending)`,
  );
  return progress;
}

/** The rows and keys of a list, and what its persons are called there. */
function contentOf(db: ReadableDb, name: string): unknown[] {
  const ofList = `(SELECT id FROM reference_list WHERE name = '${name}')`;
  return [
    'SELECT * FROM reference_list WHERE id IN $',
    'SELECT * FROM reference_household WHERE list_id IN $ ORDER BY id',
    `SELECT person.* FROM reference_person AS person JOIN reference_household AS household ON household.id = household_id
     WHERE list_id IN $ ORDER BY person.id`,
    `SELECT page.id, hex(entries) FROM reference_key_page AS page
     JOIN reference_index ON number = page.id >> 40 WHERE list_id IN $ ORDER BY 1`,
    `SELECT page.id, hex(briefs) FROM reference_brief_page AS page
     JOIN reference_index ON number = page.id >> 32 WHERE list_id IN $ ORDER BY 1`,
  ].map((sql) => db.prepare(sql.replace('$', ofList)).all());
}

/** What belongs to no list that stands. */
function remainsIn(db: ReadableDb): string[] {
  const standing = '(SELECT id FROM finished_list)';
  return text(
    db,
    `SELECT 'household ' || id FROM reference_household WHERE list_id NOT IN ${standing}
     UNION ALL SELECT 'person ' || id FROM reference_person WHERE household_id NOT IN (SELECT id FROM reference_household)
     UNION ALL SELECT 'number ' || number FROM reference_index WHERE list_id NOT IN ${standing}
     UNION ALL SELECT 'keys ' || id FROM reference_key_page WHERE id >> 40 NOT IN (SELECT number FROM reference_index)
     UNION ALL SELECT 'briefs ' || id FROM reference_brief_page WHERE id >> 32 NOT IN (SELECT number FROM reference_index)
     UNION ALL SELECT 'part ' || part FROM reference_name_part WHERE list NOT IN (SELECT number FROM reference_index)
     UNION ALL SELECT 'list ' || id FROM reference_list WHERE id NOT IN ${standing}
     UNION ALL SELECT 'pending ' || list_id FROM reference_pending`,
  );
}

it('leaves the lists that stand whole and nothing of its own where the program is killed over it, and can begin anew', async () => {
  const list = listOf(persons);
  const file = join(folder, 'daftar.csv');
  writeFileSync(file, list);
  expect(await bringIn('awal', listOf(40))).toMatchObject({ state: 'selesai' });
  if (register === null) throw new Error('The register is not open.');
  const { key, file: registerFile, db: before } = register;
  const standing = contentOf(before, 'awal');
  await t.office.close();

  const child = spawn(
    process.execPath,
    ['tests/integration/importing-child.ts', t.dataDir, file, 'pertama', 'kedua'],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const exit = once(child, 'exit');
  const watching = openConnection(registerFile, { key, readonly: true });
  /** Once the list has come a step further; then at some moment of the next one. */
  const nextMoment = async (last: string): Promise<string> => {
    let now = last;
    while (now === last && child.exitCode === null) {
      await pause(2);
      now = progressOf(watching);
    }
    await pause(Math.random() * longestWait);
    return now;
  };
  let killed: unknown[];
  try {
    const isComing = () => text(watching, 'SELECT list_id FROM reference_pending').length > 0;
    const stands = (name: string) =>
      text(watching, `SELECT id FROM finished_list WHERE name = '${name}'`).length === 1;
    let last = progressOf(watching);
    do {
      last = await nextMoment(last);
      // What lies there now is what a killed program leaves.
      child.kill('SIGSTOP');
      copies += 1;
      for (const end of ['', '-wal'])
        if (existsSync(registerFile + end))
          copyFileSync(registerFile + end, join(folder, `${copies}.db${end}`));
      child.kill('SIGCONT');
    } while (isComing());
    while (!isComing()) await pause(2);
    for (let steps = 1 + Math.floor(Math.random() * 3); steps > 0 && isComing(); steps -= 1)
      last = await nextMoment(last);
    child.kill('SIGKILL');
    killed = await exit;
    expect(stands('pertama')).toBe(true);
  } finally {
    child.kill('SIGKILL');
    watching.close();
  }
  expect(killed).toEqual([null, 'SIGKILL']);

  let unfinished = 0;
  for (let nth = 1; nth <= copies; nth += 1) {
    const db = openConnection(join(folder, `${nth}.db`), { key });
    try {
      expect(db.pragma('integrity_check', { simple: true }), `copy ${nth}`).toBe('ok');
      unfinished += text(db, 'SELECT list_id FROM reference_pending').length;
      for (const _ of dropUnfinishedSteps(db));
      expect(remainsIn(db), `copy ${nth}`).toEqual([]);
      expect(contentOf(db, 'awal'), `copy ${nth}`).toEqual(standing);
      expect(verifyJournal(db), `copy ${nth}`).toMatchObject({ intact: true });
    } finally {
      db.close();
    }
  }
  expect(unfinished).toBeGreaterThan(2);

  await t.restart();
  const officer = await t.as('petugas_verifikasi');
  expect(contentOf(register.db, 'awal')).toEqual(standing);
  const names = async () =>
    (await officer.reference.lists.query()).map(({ name, persons: count }) => `${name} ${count}`).toSorted();
  const left = await names();
  expect(left.filter((one) => !one.startsWith('kedua'))).toEqual(['awal 40', `pertama ${persons}`]);
  expect(await bringIn('ketiga', list)).toMatchObject({ state: 'selesai', report: { persons } });
  expect(await names()).toEqual([...left, `ketiga ${persons}`].toSorted());
  // Taken out beside the work of others, the new list among it.
  await vi.waitFor(() => expect(remainsIn(opened())).toEqual([]), patient);
});

it('what a killed import left keeps no office from opening where it cannot be taken out, and goes at the next', async () => {
  await t.as('petugas_verifikasi');
  const before = opened();
  before.exec(`INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
               SELECT 'tinggal', 'DTKS', 'Tinggal', '2025-12-31', 0, 'x', printf('%064d', 0), '{}', 0, 0, '2026-11-10T02:00:00.000Z', id FROM account LIMIT 1;
               INSERT INTO reference_pending (list_id) VALUES ('tinggal');
               INSERT INTO reference_household (list_id, source_id, answers) VALUES ('tinggal', 'A', '{}');
               CREATE TRIGGER full BEFORE DELETE ON reference_household BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
  const pending = () => text(opened(), 'SELECT list_id FROM reference_pending');
  await t.restart();
  const officer = await t.as('petugas_verifikasi');
  expect((await officer.reference.lists.query()).map(({ name }) => name)).not.toContain('Tinggal');
  expect(pending()).toEqual(['tinggal']);
  opened().exec('DROP TRIGGER full');
  await t.restart();
  await t.as('petugas_verifikasi');
  await vi.waitFor(() => expect(pending()).toEqual([]), patient);
});

function opened(): WritableDb {
  if (register === null) throw new Error('The office is locked.');
  return register.db;
}
