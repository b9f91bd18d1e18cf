import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
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

describe('a register whose keys other rules made', () => {
  it('finds everybody again: its keys are written anew as it is opened', async () => {
    const everybody = [['acuan'], ['berkas'], ['draf']];
    expect(await found()).toEqual(everybody);
    if (register === null) throw new Error('The register is not open.');
    for (const table of ['member_key', 'match_member', 'draft_key', 'reference_key_page', 'reference_index'])
      register.db.exec(`DELETE FROM ${table}`);
    expect(await found()).toEqual([[], [], []]);
    register.db.exec('UPDATE match_rules SET version = 1');
    await t.restart();
    expect(await found()).toEqual(everybody);
  });
});
