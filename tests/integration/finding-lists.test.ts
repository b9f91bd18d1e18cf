import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FindingRow } from '../../shared/contract/finding.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { children, dtksRows, family, fathers, mothers } from './listed-families.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { bringList, ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let officer: Client;
const told = family(4);

beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  await registerActive(await t.as('petugas_loket'), told);
});
afterAll(() => t.close());

async function importList(source: ReferenceSource, name: string, listDate: string, ...lines: string[]) {
  const bytes = Buffer.from(lines.join('\n'));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar.csv', bytes);
  const list = { uploadId, source, areaCodes: null, name, listDate } as const;
  const job = await officer.reference.import.mutate(list);
  expect(await ended(officer, job)).toMatchObject({ state: 'selesai', report: { refusedCount: 0 } });
}

/** A result of padan about some members of the family. */
function padan(name: string, listDate: string, ...statuses: [member: number, status: string][]) {
  const lines = statuses.map(([at, status]) => {
    const member = told.members[at];
    return `${member?.nik},${member?.name},1,${status}`;
  });
  return importList('DUKCAPIL', name, listDate, 'NIK,NAMA,flag_pemadanan,status_nik', ...lines);
}

function ppks(name: string, listDate: string) {
  const row = `${told.members[1]?.nik},${name},Lanjut usia telantar`;
  return importList('PPKS', `PPKS ${name}`, listDate, 'nik,nama,jenis_ppks', row);
}

async function findings(state?: 'selesai'): Promise<FindingRow[]> {
  const filter = state === undefined ? {} : { state };
  for (;;) {
    const page = await officer.finding.list.query({ filter, offset: 0, limit: 200 });
    if (page.pending === 0) return page.rows;
  }
}

async function kinds(): Promise<string[]> {
  return (await findings()).map(({ kind, subject }) => `${kind} ${subject}`).toSorted();
}

it('padan comes in parts: who was not asked about again stays, of the others the latest answer counts', async () => {
  const [father, mother] = told.members.map(({ name }) => name);
  await padan('Padan Oktober', '2026-10-31', [0, 'meninggal'], [1, 'pindah']);
  expect(await kinds()).toEqual([`meninggal ${father}`, `pindah ${mother}`]);
  await padan('Padan November', '2026-11-05', [2, 'aktif']);
  expect(await kinds()).toEqual([`meninggal ${father}`, `pindah ${mother}`]);
  await padan('Padan November', '2026-11-06', [0, 'aktif']);
  expect(await kinds()).toEqual([`pindah ${mother}`]);
  // One that was mislaid says nothing against a later one.
  await padan('Padan September', '2026-09-30', [0, 'meninggal'], [2, 'NIK dinonaktifkan']);
  expect(await kinds()).toEqual([`pindah ${mother}`]);
});

it('two lists of one kind that name a person otherwise are one finding, by the later of them, and it stays settled', async () => {
  await ppks('ENDANG', '2026-11-01');
  await ppks('PURWANTI', '2026-11-02');
  const [finding] = (await findings()).filter(({ source }) => source === 'PPKS');
  expect(finding).toMatchObject({ kind: 'nama_berbeda', listed: 'PURWANTI' });
  await officer.finding.resolve.mutate({ id: finding?.id ?? '', outcome: 'dibiarkan', note: 'Nama lama.' });
  await ppks('ENDANG P', '2026-10-01');
  expect((await findings()).filter(({ source }) => source === 'PPKS')).toEqual([]);
  expect((await findings('selesai')).map(({ source, listed }) => [source, listed])).toEqual([
    ['PPKS', 'PURWANTI'],
  ]);
});

it('who else lives in a panti is no finding of a resident’s case, of a house nobody reported is', async () => {
  const resident = family(6);
  const { caseId } = await registerActive(await t.as('petugas_loket'), resident);
  const named = (count: number) =>
    [...fathers, ...mothers, ...children].slice(0, count).map((nama, at) => ({
      ...dtksRows(resident)[0],
      id_dtks: `P-${at}`,
      nomor_nik: `31710${1 + (at % 8)}010150${String(7001 + at)}`,
      tanggal_lahir: '1950-01-01',
      hubungan_keluarga: 'FAMILI LAIN',
      nama: `MBAH ${nama.toUpperCase()}`,
    }));
  const unreported = async (others: number, listDate: string) => {
    const bytes = dtksCsv(...dtksRows(resident), ...named(others));
    const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar', bytes);
    const list = { source: 'DTKS', areaCodes: null, name: 'DTKS Panti', listDate } as const;
    await bringList(officer, { uploadId, ...list });
    return (await findings()).filter((found) => found.kind === 'tidak_ditemukan' && found.caseId === caseId)
      .length;
  };
  expect(await unreported(5, '2026-11-01')).toBe(5);
  expect(await unreported(18, '2026-11-02')).toBe(0);
});
