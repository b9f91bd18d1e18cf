import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmSureCases } from '../../electron/services/identification.ts';
import { type Register, systemActor } from '../../electron/services/register.ts';
import { strokeAtOnce } from '../../shared/contract/identification.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

/** The first stands in the list, the others in none; of a few more than a call takes. */
const listed = family(0);
const households = [
  listed,
  ...Array.from({ length: strokeAtOnce + 2 }, (_, index) => syntheticFamily(index + 1)),
];

let t: TestOffice;
let register: () => Register;
let officer: Client;
let cases: { caseId: string; version: number }[];

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
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
  expect(whole?.cases).toMatchObject(
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

it('cases are confirmed one by one, with others answered in between, and one that cannot be read holds up none', async () => {
  const some = cases.slice(1, 5);
  const [first, broken, ...rest] = some.map(({ caseId }) => caseId);
  const { db } = register();
  const relation = (value: string) =>
    db.prepare(`UPDATE member SET relation = ? WHERE case_id = ? AND position = 1`).run(value, broken);
  const number = db.prepare('SELECT number FROM case_file WHERE id = ?').pluck().get(broken);
  db.pragma('ignore_check_constraints = ON');
  relation('rusak');
  let turns = 0;
  let over = false;
  function turn(): void {
    turns += 1;
    if (!over) setImmediate(turn);
  }
  setImmediate(turn);
  const by = db.prepare(`SELECT id FROM account WHERE name = 'petugas_verifikasi 1'`).pluck().get();
  const actor = { ...systemActor, id: String(by), role: 'petugas_verifikasi' } as const;
  const outcomes = await confirmSureCases(register(), actor, { cases: some, stroke: randomUUID() });
  over = true;
  relation('1');
  db.pragma('ignore_check_constraints = OFF');
  expect(turns).toBeGreaterThanOrEqual(some.length - 1);
  expect(outcomes.filter(({ done }) => done).map(({ caseId }) => caseId)).toEqual([first, ...rest]);
  expect(outcomes.filter(({ done }) => !done)).toEqual([
    {
      caseId: broken,
      number,
      done: false,
      result: null,
      problem: expect.stringContaining('Yang sudah tersimpan aman.'),
    },
  ]);
  expect(await stateOf(rest[0] ?? '')).toBe('TERIDENTIFIKASI');
  expect(await stateOf(broken ?? '')).toBe('TERDAFTAR');
});
