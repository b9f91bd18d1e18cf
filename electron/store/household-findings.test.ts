import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openConnection, type WritableDb } from './connection.ts';
import { migrations } from './migrate.ts';
import { householdFindings } from './migrations/055-household-findings.ts';

let folder: string;
let db: WritableDb;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-household-findings-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  const older = migrations.filter(({ version }) => version < householdFindings.version);
  db.exec(`BEGIN; ${older.map(({ sql }) => sql).join('\n')} COMMIT`);
  db.pragma('foreign_keys = OFF');
});
beforeEach(() => db.exec('DELETE FROM finding'));
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

interface Stored {
  kind?: string;
  source?: string;
  subject: string;
  memberId?: string;
  listed?: string;
  found: string;
  gone?: string;
  outcome?: string;
}

function store(id: string, one: Stored): void {
  const { kind = 'program_tanpa_daftar', source = 'PKH', subject, memberId = null, outcome = null } = one;
  const settled = outcome === null ? null : '2026-11-05';
  db.prepare(
    `INSERT INTO finding (id, case_id, kind, key, member_id, source, subject, reported, listed, found_at, gone_at,
                          outcome, resolved_at, resolved_by)
     VALUES (?, 'c', ?, ?, ?, ?, ?, 'Menerima', ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    kind,
    `${kind} ${memberId ?? subject} ${source}`,
    memberId,
    source,
    subject,
    one.listed ?? 'Tidak ada di DTKS',
    one.found,
    one.gone ?? null,
    outcome,
    settled,
    settled === null ? null : 'petugas',
  );
}

/** What stands once the keys are made anew: id, key, outcome, and whether it is gone. */
function renewed(): unknown[] {
  db.exec(householdFindings.sql);
  return db.prepare('SELECT id, key, outcome, gone_at IS NOT NULL FROM finding ORDER BY id').raw().all();
}

const pkh = 'program_tanpa_daftar rumah tangga PKH';

test('what is found of a household is known without the name of its head, of a person by who it is', () => {
  store('program', { subject: 'ST AMINAH', found: '2026-11-01', outcome: 'didaftarkan' });
  store('visit', { kind: 'pindah', source: 'Kunjungan', subject: 'ST AMINAH', found: '2026-11-01' });
  store('member', {
    kind: 'pindah',
    source: 'Kunjungan',
    subject: 'ANI',
    memberId: 'm',
    found: '2026-11-01',
  });
  store('unreported', { kind: 'tidak_ditemukan', source: 'DTKS', subject: 'BUDI', found: '2026-11-01' });
  expect(renewed()).toEqual([
    ['member', 'pindah m Kunjungan', null, 0],
    ['program', pkh, 'didaftarkan', 0],
    ['unreported', 'tidak_ditemukan BUDI DTKS', null, 0],
    ['visit', 'pindah rumah tangga Kunjungan', null, 0],
  ]);
});

test.each(['dibiarkan', 'didaftarkan'])(
  'one that was settled as %s holds again where a corrected name had opened it anew',
  (outcome) => {
    store('settled', { subject: 'ST AMINAH', found: '2026-11-01', gone: '2026-11-08', outcome });
    store('anew', { subject: 'SITI AMINAH', found: '2026-11-08' });
    expect(renewed()).toEqual([['settled', pkh, outcome, 0]]);
  },
);

test('one of other facts stays open, and so does one that came back after it was remedied', () => {
  store('settled', { subject: 'A', found: '2026-11-01', gone: '2026-11-08', outcome: 'dibiarkan' });
  store('anew', { subject: 'B', found: '2026-11-08', listed: 'Tidak ada di DTSEN' });
  expect(renewed()).toEqual([['anew', pkh, null, 0]]);
  db.exec('DELETE FROM finding');
  store('remedied', { subject: 'A', found: '2026-11-01', gone: '2026-11-08', outcome: 'didaftarkan' });
  store('back', { subject: 'B', found: '2026-11-12' });
  expect(renewed()).toEqual([['back', pkh, null, 0]]);
});

test('what was decided last stands, and what is gone stays gone', () => {
  store('first', { subject: 'A', found: '2026-11-01', gone: '2026-11-08', outcome: 'dibiarkan' });
  store('decided', { subject: 'B', found: '2026-11-08', outcome: 'didaftarkan' });
  expect(renewed()).toEqual([['decided', pkh, 'didaftarkan', 0]]);
  db.exec('DELETE FROM finding');
  store('first', { subject: 'A', found: '2026-11-01', gone: '2026-11-08' });
  store('later', { subject: 'B', found: '2026-11-08', gone: '2026-11-09', outcome: 'dibiarkan' });
  expect(renewed()).toEqual([['later', pkh, 'dibiarkan', 1]]);
});
