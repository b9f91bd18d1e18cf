import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let officer: Client;
const household = family(0);

beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  const [row] = dtksRows(household);
  const namesakes = Array.from({ length: 1_001 }, (_, at) => ({
    ...row,
    id_dtks: `N-${at}`,
    nomor_kk: null,
    nomor_nik: null,
    nama: 'SITI AMINAH',
    jenis_kelamin: 'PEREMPUAN',
    tanggal_lahir: '1980-01-01',
  }));
  const bytes = dtksCsv(...namesakes, ...dtksRows(household));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'dtks.csv', bytes);
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS Sekota',
    listDate: '2026-06-30',
  });
  await ended(officer, job);
});
afterAll(() => t.close());

async function propose(reported: typeof household) {
  const { caseId } = await registerActive(await t.as('petugas_loket'), reported);
  return officer.identification.proposal.query({ caseId });
}

describe('a name and birth date that very many bear', () => {
  it('is told as a search that was not whole, and nobody confirms unseen that the family is new', async () => {
    const [head] = household.members;
    if (head === undefined) throw new Error('The family has nobody.');
    const siti = { ...head, id: uuid(), name: 'Siti Aminah', sex: 'P', birthDate: '1980-01-01' } as const;
    const { caseId, version, ...proposal } = await propose({
      ...household,
      families: [{ no: 1, kk: null }],
      members: [{ ...siti, nik: null }],
    });
    expect(proposal).toMatchObject({
      proposed: { result: 'baru' },
      sources: [{ source: 'DTKS', overlooked: ['Siti Aminah'] }],
      sure: false,
      doubts: ['Siti Aminah: terlalu banyak yang senama di DTKS; mungkin terlewat.'],
    });
    const { rows } = await officer.identification.queue.query({ offset: 0, limit: 200 });
    expect(rows).toMatchObject([{ caseId, sure: false }]);
    expect(
      await officer.identification.confirmSure.mutate({ cases: [{ caseId, version }], stroke: caseId }),
    ).toMatchObject([{ caseId, done: false, problem: expect.stringContaining('satu per satu') }]);
    // The same words beside the form, while it is typed.
    const clerk = await t.as('petugas_loket');
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const typed = {
      ...draft.body,
      members: draft.body.members.map((member) => ({
        ...member,
        name: 'Siti Aminah',
        birthDate: '1980-01-01',
      })),
    };
    expect(await clerk.duplicates.hint.query({ draftId: draft.id, body: typed })).toMatchObject({
      incomplete: true,
    });
  });

  it('is no matter where the family is found by something else', async () => {
    expect(await propose(household)).toMatchObject({
      sources: [{ overlooked: [] }],
      sure: true,
      doubts: [],
    });
  });
});
