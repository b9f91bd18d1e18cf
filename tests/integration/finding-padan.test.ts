import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingRow } from '../../shared/contract/finding.ts';
import type { FindingOutcome } from '../../shared/domain/finding.ts';
import type { Household } from '../../shared/domain/household.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { sayOfPairs } from '../../electron/services/not-same.ts';
import type { Register } from '../../electron/services/register.ts';
import { csv } from '../fixtures/reference-files.ts';
import { registerActive } from './families.ts';
import { family } from './listed-families.ts';
import { type Client, openKnownOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

/* What one result of padan after the other says of a head of a family, and what a clerk says of each. */

let t: TestOffice;
let register: () => Register;
let officer: Client;
const caseOf: Record<string, string> = {};
/** Whom a later result knows without the number. */
const renewed = family(0);
/** Of whom was said who they are, where the next list has somebody else of that name and day, without a number. */
const couple = family(1);
const recognised = {
  ...couple,
  members: couple.members.map((one) => ({ ...one, nik: null, nikNote: 'KTP hilang' })),
};
/** Of whom one row after the other is said to be somebody else. */
const twiceRefused = family(2);
const filler = '0000000000000000';

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  const clerk = await t.as('petugas_loket');
  for (const [name, household] of Object.entries({ renewed, recognised, twiceRefused }))
    caseOf[name] = (await registerActive(clerk, household)).caseId;
});
afterAll(() => t.close());

interface Row {
  nik?: string;
  status?: string;
}

/** A result of padan about the head of a family, by default as one who died. */
async function importPadan(household: Household, name: string, rows: Row[], listDate = '2026-10-31') {
  const head = household.members[0];
  const lines = rows.map(({ nik, status }) => [
    nik ?? head?.nik ?? '',
    head?.name ?? '',
    head?.name ?? '',
    head?.birthDate ?? '',
    head?.sex ?? '',
    '1',
    status ?? 'meninggal',
  ]);
  const header = ['NIK', 'NAMA', 'NAMA_LGKP', 'TGL_LHR', 'JENIS_KLMIN', 'flag_pemadanan', 'status_nik'];
  const bytes = Buffer.from(csv([header, ...lines]));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'padan.csv', bytes);
  const listId = await bringList(officer, { uploadId, source: 'DUKCAPIL', areaCodes: null, name, listDate });
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount: 0 });
}

async function findings(name: string): Promise<FindingRow[]> {
  for (;;) {
    const page = await officer.finding.list.query({ filter: { state: 'terbuka' }, offset: 0, limit: 200 });
    if (page.pending === 0) return page.rows.filter(({ caseId }) => caseId === caseOf[name]);
  }
}

async function told(name: string): Promise<string[]> {
  return (await findings(name)).map(({ kind }) => kind).toSorted();
}

const settle = (found: FindingRow | undefined, outcome: FindingOutcome, note: string) =>
  officer.finding.resolve.mutate({ id: found?.id ?? '', outcome, note });

describe('a later result of padan', () => {
  it('speaks before an earlier one that has the number, also of whom it knows without', async () => {
    await importPadan(renewed, 'Padan Oktober', [{ status: 'aktif' }]);
    expect(await told('renewed')).toEqual([]);
    await importPadan(renewed, 'Padan November', [{ nik: filler }], '2026-11-20');
    expect(await told('renewed')).toEqual(['meninggal']);
  });
});

describe('who was said to be the member', () => {
  it('is no namesake without a number, where the number of whom it was said stands beside', async () => {
    const nik = '3201011205450008';
    await importPadan(recognised, 'Padan Dikenali', [{ nik, status: 'aktif' }]);
    const { db } = register();
    const personId = db
      .prepare(
        `SELECT reference_person.id FROM reference_person
         JOIN reference_household ON reference_household.id = household_id
         JOIN reference_list ON reference_list.id = list_id WHERE reference_list.name = 'Padan Dikenali'`,
      )
      .pluck()
      .get();
    const accountId = String(db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const current = getCase(register(), caseOf['recognised'] ?? '');
    sayOfPairs(register(), { accountId, stroke: 'dikenali' }, current, {
      memberId: current.household.members[0]?.id ?? '',
      personIds: [String(personId)],
      verdict: 'sama',
      reason: 'Ini dia, NIK-nya diganti Dukcapil',
    });
    const rows = [{ nik, status: 'aktif' }, { nik: filler }];
    await importPadan(recognised, 'Padan Lagi', rows, '2026-11-20');
    expect(await told('recognised')).not.toContain('meninggal');
  });
});

describe('a finding that spoke of one row after the other', () => {
  it('takes back what was said of the last alone', async () => {
    const refuse = async (reason: string): Promise<FindingRow | undefined> => {
      t.clock.advance(1_000);
      const [found] = await findings('twiceRefused');
      await settle(found, 'bukan_orang_sama', reason);
      expect(await told('twiceRefused')).toEqual([]);
      return found;
    };
    // Sure without a number; then of another person of that name, who has one.
    const nearly = (digit: string) => `${String(twiceRefused.members[0]?.nik).slice(0, 15)}${digit}`;
    await importPadan(twiceRefused, 'Padan Bibi', [{ nik: nearly('1') }]);
    const first = await refuse('Bibinya, senama');
    await importPadan(twiceRefused, 'Padan Sepupu', [{ nik: nearly('2') }], '2026-11-20');
    const second = await refuse('Sepupunya, senama');
    expect(second?.id).toBe(first?.id);
    await officer.finding.reopen.mutate({ id: second?.id ?? '' });
    const standing = `SELECT reason FROM pair_verdict WHERE case_id = ? AND withdrawn_at IS NULL`;
    const reasons = register().db.prepare(standing).pluck().all(caseOf['twiceRefused']);
    expect(reasons).toEqual(['Bibinya, senama']);
  });
});
