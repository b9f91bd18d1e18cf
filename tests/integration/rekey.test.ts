import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { openTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: Register | null = null;
const listed = family(0);
const registered = family(1);
const typed = family(2);

beforeAll(async () => {
  t = await openTestOffice({
    startBackground: (opened) => {
      register = opened;
      return { stop: async () => {} };
    },
  });
  const officer = await t.as('petugas_verifikasi');
  const bytes = dtksCsv(...dtksRows(listed));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar', bytes);
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS',
    listDate: '2025-12-31',
  });
  await ended(officer, job);
  const clerk = await t.as('petugas_loket');
  await registerActive(clerk, registered);
  const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
  await clerk.intake.save.mutate({
    draftId: draft.id,
    version: draft.version,
    body: draftOfHousehold(typed, null),
  });
});
afterAll(() => t.close());

/** Where each of the three families is found again. */
async function found(): Promise<string[][]> {
  const clerk = await t.as('petugas_loket');
  const { id: draftId } = await clerk.intake.create.mutate({ mode: 'aktif' });
  const kinds: string[][] = [];
  for (const household of [listed, registered, typed]) {
    const { families } = await clerk.duplicates.hint.query({
      draftId,
      body: draftOfHousehold(household, null),
    });
    kinds.push(families.filter(({ sure }) => sure).map(({ kind }) => kind));
  }
  await clerk.intake.discard.mutate({ draftId });
  return kinds;
}

const everybody = [['acuan'], ['berkas'], ['draf']];

/** Takes back migrations 30 and 31: the register as the version before them left it, its keys as text. */
const back = `
DROP TABLE case_filter;
DROP TABLE reference_name_part;
DROP TABLE reference_brief_page;
DROP TABLE reference_key_page;
DROP TABLE reference_index;
DROP TABLE draft_key;
DROP TABLE member_key;
DROP TABLE match_member;
DROP TABLE match_rules;
CREATE TABLE match_key (
  key TEXT NOT NULL,
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  PRIMARY KEY (key, owner_kind, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_key_owner ON match_key (owner_kind, owner_id);
INSERT INTO match_key VALUES ('nik:3171010101010001', 'member', 'x');
CREATE TABLE draft_key (
  key TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  PRIMARY KEY (key, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_key_owner ON draft_key (owner_id);
PRAGMA user_version = 29;
`;

describe('a register whose keys other rules made', () => {
  it('finds everybody again: its keys are written anew as it is opened', async () => {
    expect(await found()).toEqual(everybody);
    if (register === null) throw new Error('The register is not open.');
    for (const table of ['member_key', 'match_member', 'draft_key', 'reference_key_page', 'reference_index'])
      register.db.exec(`DELETE FROM ${table}`);
    expect(await found()).toEqual([[], [], []]);
    register.db.exec('UPDATE match_rules SET version = 1');
    await t.restart();
    expect(await found()).toEqual(everybody);
  });

  it('finds everybody again after an update from the version whose keys were text', async () => {
    if (register === null) throw new Error('The register is not open.');
    register.db.exec(back);
    await t.restart();
    expect(register.db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(await found()).toEqual(everybody);
  });
});
