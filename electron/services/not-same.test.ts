import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IdentityFacts } from '../matching/identity.ts';
import { openConnection, type WritableDb } from '../store/connection.ts';
import { countUnscanned, heedFindingWorld, replaceFindings } from '../store/finding.ts';
import { migrate } from '../store/migrate.ts';
import { listCasesOfPersons } from '../store/pair-verdict.ts';
import { lookAgainAt } from './not-same.ts';

let folder: string;
let db: WritableDb;

const persons: IdentityFacts[] = ['Slamet', 'Wati', 'Anisa'].map((name, index) => ({
  memberId: null,
  name,
  nik: null,
  sex: 'P',
  birthDate: `198${index}-03-12`,
  list: null,
}));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-not-same-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
  db.pragma('foreign_keys = OFF');
  heedFindingWorld(db, 'daftar');
  for (const [serial, id] of ['both', 'one', 'nobody'].entries()) {
    db.prepare(
      `INSERT INTO case_file (id, serial, number, mode, state, period_id, version, street, rt, rw, kelurahan, registered_at, registered_by, updated_at, state_since)
       VALUES (?, ?, ?, 'aktif', 'TERDAFTAR', '2026-11', 1, 'Gg. Uji', 1, 1, '31.71.01.1001', '2026-11-10', 'a', '2026-11-10', '2026-11-10')`,
    ).run(id, serial + 1, `K/${serial}`);
    replaceFindings(db, id, [], { at: '2026-11-10', newId: () => 'f' });
  }
  insertMember('both', persons[0]);
  insertMember('both', persons[1]);
  insertMember('one', persons[1]);
  // Born on the same day, and somebody else.
  insertMember('nobody', persons[0] && { ...persons[0], name: 'Hartono' });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

let position = 0;
function insertMember(caseId: string, person: IdentityFacts | undefined): void {
  position += 1;
  db.prepare(
    `INSERT INTO member (id, case_id, position, name, sex, birth_date, relation, family_no, family_relation)
     VALUES (?, ?, ?, ?, ?, ?, '1', 1, '1')`,
  ).run(`m${position}`, caseId, position, person?.name, person?.sex, person?.birthDate);
}

it('looks again at the cases of several persons together, at each case once', () => {
  expect(countUnscanned(db)).toBe(0);
  expect(listCasesOfPersons(db, persons)).toEqual(['both', 'one']);
  lookAgainAt({ db }, persons);
  expect(countUnscanned(db)).toBe(2);
});

it('looks at no case where nothing fell', () => {
  lookAgainAt({ db }, []);
  expect(countUnscanned(db)).toBe(0);
});
