import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { strokeAtOnce } from '../../shared/contract/identification.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

/** The first stands in the list, the others in none; of a few more than a call takes. */
const listed = family(0);
const households = [
  listed,
  ...Array.from({ length: strokeAtOnce + 2 }, (_, index) => syntheticFamily(index + 1)),
];

let t: TestOffice;
let officer: Client;
let cases: { caseId: string; version: number }[];

beforeAll(async () => {
  t = await openTestOffice();
  const clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  const uploadId = await uploadList(
    t,
    await t.tokenOf('petugas_verifikasi'),
    'd',
    dtksCsv(...dtksRows(listed)),
  );
  const given = { uploadId, source: 'DTKS', areaCodes: null, name: 'DTKS', listDate: '2026-10-31' } as const;
  await ended(officer, await officer.reference.import.mutate(given));
  cases = [];
  for (const household of households) {
    const { caseId } = await registerActive(clerk, household);
    cases.push({ caseId, version: 1 });
  }
});
afterAll(() => t.close());

const stateOf = async (caseId: string) => (await officer.cases.get.query({ caseId })).case.state;

it('a stroke of more cases than a call takes is taken back call by call, and no case but its own', async () => {
  const stroke = randomUUID();
  for (let from = 0; from < cases.length; from += strokeAtOnce) {
    const batch = cases.slice(from, from + strokeAtOnce);
    const outcomes = await officer.identification.confirmSure.mutate({ cases: batch, stroke });
    expect(outcomes.filter(({ done }) => !done)).toEqual([]);
  }
  const whole = await officer.identification.undoable.query();
  expect(whole).toMatchObject({ stroke, count: cases.length });
  expect(whole?.cases).toEqual(
    households.map(({ members }, index) => ({
      caseId: cases[index]?.caseId,
      headName: members[0]?.name,
    })),
  );
  // One of them was revoked with a reason meanwhile: that was no slip of the hand.
  const [revoked = '', ...others] = cases.map(({ caseId }) => caseId);
  const step = { caseId: revoked, version: 1, action: 'batalkan_identifikasi' } as const;
  await officer.cases.takeStep.mutate({ ...step, reason: 'Keliru orang' });

  const first = await officer.identification.undo.mutate({ stroke });
  expect(first).toEqual({ caseIds: others.slice(0, strokeAtOnce), left: others.length - strokeAtOnce });
  expect(await stateOf(others[0] ?? '')).toBe('TERDAFTAR');
  expect(await stateOf(others.at(-1) ?? '')).toBe('TERIDENTIFIKASI');
  expect(await officer.identification.undoable.query()).toMatchObject({ stroke, count: first.left });

  const caseIds = [...first.caseIds];
  for (let { left } = first; left > 0;) {
    const next = await officer.identification.undo.mutate({ stroke });
    caseIds.push(...next.caseIds);
    expect(next.left).toBe(others.length - caseIds.length);
    left = next.left;
  }
  expect(caseIds).toEqual(others);
  expect(await stateOf(others.at(-1) ?? '')).toBe('TERDAFTAR');
  expect((await officer.identification.proposal.query({ caseId: revoked })).earlier).toEqual([]);
  expect(await officer.identification.undoable.query()).toBeNull();
  expect(await codeOf(officer.identification.undo.mutate({ stroke }))).toBe('nothing_to_undo');
});
