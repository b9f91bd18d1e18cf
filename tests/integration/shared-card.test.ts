import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

const card = '3171010101990077';
let t: TestOffice;
let officer: Client;
const [head] = family(0).members;
const sentence =
  ': No KK atau rumah tangganya di DTKS memuat lebih dari 20 orang (panti, asrama, atau nomor pengisi); itu tidak dihitung sebagai bukti.';

beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  // Eight families' members of one No KK, as a panti has it: one household of the list.
  const rows = Array.from({ length: 8 }, (_, n) => dtksRows(family(n))).flat();
  const bytes = dtksCsv(...rows.map((row) => ({ ...row, nomor_kk: card })));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'dtks.csv', bytes);
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS Panti',
    listDate: '2026-06-30',
  });
  await ended(officer, job);
});
afterAll(() => t.close());

/** Registers one person alone under the panti's card. */
async function propose(own: Partial<NonNullable<typeof head>>) {
  if (head === undefined) throw new Error('The family has nobody.');
  const { caseId } = await registerActive(await t.as('petugas_loket'), {
    ...family(0),
    families: [{ no: 1, kk: card }],
    members: [{ ...head, ...own }],
  });
  return officer.identification.proposal.query({ caseId });
}

it('finds a resident by own evidence, leaves it to a person, and takes nobody else of the panti for gone', async () => {
  const { sources, proposed, sure, doubts } = await propose({});
  expect(sources).toMatchObject([
    { crowded: [head?.name], sure: false, members: [{ outcome: 'auto', proposes: true }] },
  ]);
  expect(sources[0]?.households).toMatchObject([{ characteristics: [] }]);
  expect(proposed.reasons.join()).not.toMatch(/tidak dilaporkan lagi|Kepala/);
  expect({ sure, doubts }).toEqual({ sure: false, doubts: [`${head?.name}${sentence}`] });
});

it('links a stranger with nobody by the card alone, and says so, also while it is typed', async () => {
  const stranger = { id: uuid(), name: 'Arifin', nik: null, birthDate: '1951-10-30' };
  const { caseId, version, sources, sure, doubts } = await propose(stranger);
  expect(sources).toMatchObject([
    { crowded: ['Arifin'], overlooked: [], members: [{ outcome: 'none', candidates: [] }] },
  ]);
  expect({ sure, doubts }).toEqual({ sure: false, doubts: [`Arifin${sentence}`] });
  expect(
    await officer.identification.confirmSure.mutate({ cases: [{ caseId, version }], stroke: caseId }),
  ).toMatchObject([{ caseId, done: false }]);
  const clerk = await t.as('petugas_loket');
  const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
  const [typed] = draft.body.members;
  if (typed === undefined) throw new Error('The draft has nobody.');
  const hint = (kk: string) =>
    clerk.duplicates.hint.query({
      draftId: draft.id,
      body: {
        ...draft.body,
        families: [{ ...draft.body.families[0], no: 1, kk }],
        members: [{ ...typed, name: 'Arifin', familyNo: '1' }],
      },
    });
  expect(await hint(card)).toMatchObject({ crowded: true, incomplete: false });
  expect(await hint('3171010101990078')).toMatchObject({ crowded: false });
});
