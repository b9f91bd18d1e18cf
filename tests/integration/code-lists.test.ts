import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CheckInput } from '../../shared/contract/reference.ts';
import type { Register } from '../../electron/services/register.ts';
import { bdtRow, bdtWorkbook, dtksCsv, dtksRow } from '../fixtures/read-list.ts';
import { type Client, noted, openKnownOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let officer: Client;
let register: () => Register;
beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

it('every code list of the program and every questionnaire of the day is named with edition and source', async () => {
  const lists = await (await t.as('petugas_loket')).reference.codeLists.query();
  expect(lists.map(({ id, version }) => `${id} ${version}`)).toEqual([
    'wilayah-kemendagri 2025',
    'wilayah-bps 1',
    'wilayah-ejaan 1',
    'kode-pos 2023',
    'ppks 1',
    'bdt-2015 1',
    'regsosek22k 2',
  ]);
  for (const { title, source } of lists) expect([title, source]).not.toContain('');
});

const area = 'Kode wilayah Kemendagri edisi 2025';
type How = Pick<CheckInput, 'source' | 'areaCodes' | 'mapping'>;

it.each<[how: How, readBy: string[], bytes: () => Promise<Uint8Array> | Uint8Array]>([
  [
    { source: 'BDT2015', areaCodes: 'bps', mapping: null },
    [area, 'Kode kota BPS edisi 1', 'Kuesioner BDT 2015 edisi 1'],
    () => bdtWorkbook(bdtRow()),
  ],
  [{ source: 'DTKS', areaCodes: null, mapping: null }, [area], () => dtksCsv(dtksRow())],
  [
    { source: 'PPKS', areaCodes: 'kemendagri', mapping: null },
    [area, 'Jenis PPKS edisi 1'],
    () => dtksCsv(dtksRow({ jenis_ppks: '12' })),
  ],
])('a list keeps which editions it was read by, and so does the journal: %o', async (how, readBy, bytes) => {
  const token = await t.tokenOf('petugas_verifikasi');
  const uploadId = await uploadList(t, token, 'daftar.csv', await bytes());
  const list = { uploadId, ...how, name: how.source, listDate: '2025-12-31' };
  const done = await ended(officer, await officer.reference.import.mutate(list));
  expect(done.problem).toBeNull();
  expect(await officer.reference.report.query({ listId: done.list?.id ?? '' })).toMatchObject({ readBy });
  expect(noted(register(), 'impor_acuan').at(-1)).toMatchObject({ dibacaMenurut: readBy });
});
