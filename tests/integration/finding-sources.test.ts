import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingOutcome } from '../../shared/domain/finding.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { csv, type CellValue } from '../fixtures/reference-files.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, openKnownOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

let t: TestOffice;
let officer: Client;
const caseOf: Record<string, string> = {};

/** Whom two lists of recipients know by other birth dates. */
const paid = family(0);
/** In whose household the register has more persons than came to the counter. */
const larger = family(1);
/** Whom only an older register knows. */
const formerly = family(2);
const born = paid.members[0]?.birthDate ?? '';

beforeAll(async () => {
  t = (await openKnownOffice()).t;
  officer = await t.as('petugas_verifikasi');
  const clerk = await t.as('petugas_loket');
  for (const [name, household] of Object.entries({ paid, larger, formerly }))
    caseOf[name] = (await registerActive(clerk, household)).caseId;
  await importList('BDT2015', 'BDT Gambir', '2015-12-31', asBdt(formerly));
  const beside = (name: string, nth: number) => ({
    ...dtksRows(family(8))[1],
    nomor_kk: larger.families[0]?.kk ?? null,
    nama: name,
    nomor_nik: `31710141018000${nth}`,
    id_dtks: `D-${nth}`,
  });
  await importList(
    'DTKS',
    'DTKS Gambir',
    '2025-12-31',
    dtksCsv(
      ...dtksRows(paid),
      ...dtksRows(larger),
      beside('MBAH MINAH', 21),
      beside('MBAH MINAH', 22),
      beside('SUPARMAN ALM', 23),
    ),
  );
});
afterAll(() => t.close());

function asBdt({ members, address }: typeof formerly): Buffer {
  const rows = members.map((member, at) => ({
    'ID rumah tangga': '3173050003000120',
    'Desa/Kelurahan': 'GAMBIR',
    'Nama SLS': `RT ${address.rt} RW ${address.rw}`,
    'Nama ART': member.name.toUpperCase(),
    NIK: member.nik,
    HubKRT: at + 1,
    JK: member.sex === 'L' ? 1 : 2,
    Umur: 2015 - Number(member.birthDate?.slice(0, 4)),
  }));
  return Buffer.from(
    csv([Object.keys(rows[0] ?? {}), ...rows.map((row): CellValue[] => Object.values(row))]),
  );
}

async function importList(
  source: ReferenceSource,
  name: string,
  listDate: string,
  bytes: Uint8Array,
  mapping: ListMapping | null = null,
) {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar.csv', bytes);
  const given = { uploadId, source, areaCodes: 'bps' as const, mapping, name, listDate };
  const listId = await bringList(officer, given);
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount: 0 });
}

/** A list of recipients that says of the father when he was born, and of the mother what it says by default. */
function recipients(name: string, father: string, mother = '1980-01-01') {
  const rows = [father, mother].map((date, at) => [
    paid.members[at]?.nik ?? '',
    paid.members[at]?.name ?? '',
    date,
  ]);
  return importList('LAIN', name, '2026-10-31', Buffer.from(csv([['NIK', 'NAMA', 'LAHIR'], ...rows])), {
    sheet: null,
    headerRow: 1,
    columns: [
      { header: 'NIK', role: 'nik' },
      { header: 'NAMA', role: 'name' },
      { header: 'LAHIR', role: 'birth_date' },
    ],
  });
}

async function list(name: string, state: 'terbuka' | 'selesai' = 'terbuka') {
  for (;;) {
    const page = await officer.finding.list.query({ filter: { state }, offset: 0, limit: 200 });
    if (page.pending === 0) return page.rows.filter(({ caseId }) => caseId === caseOf[name]);
  }
}

async function told(name: string, state: 'terbuka' | 'selesai' = 'terbuka') {
  const rows = await list(name, state);
  return rows.map(({ kind, subject, source }) => [kind, subject, source].join(', ')).toSorted();
}

function settle(id: string | undefined, outcome: FindingOutcome) {
  return officer.finding.resolve.mutate({ id: id ?? '', outcome, note: 'Sudah dilihat' });
}

const [father, mother] = paid.members.map((member) => member.name);
const date = (who: string | undefined, of: string) => `tanggal_lahir_berbeda, ${who}, Daftar lain: ${of}`;

describe('what lists of no source say', () => {
  it('is told list by list, and settled by itself', async () => {
    await recipients('Penerima A', '1975-06-01');
    await recipients('Penerima B', '1976-07-02');
    const all = [
      date(father, 'Penerima A'),
      date(father, 'Penerima B'),
      date(mother, 'Penerima A'),
      date(mother, 'Penerima B'),
    ].toSorted();
    expect(await told('paid')).toEqual(all);
    const first = (await list('paid')).find(
      ({ subject, source }) => subject === father && source === 'Daftar lain: Penerima A',
    );
    await settle(first?.id, 'berkas_diperbaiki');
    await recipients('Penerima C', born);
    expect(await told('paid', 'selesai')).toEqual([date(father, 'Penerima A')]);
    expect(await told('paid')).toEqual(
      [...all.filter((one) => one !== date(father, 'Penerima A')), date(mother, 'Penerima C')].toSorted(),
    );
  });

  it('is open again where it was remedied, went and came back; not where it was let be', async () => {
    const [second] = (await list('paid')).filter(({ source }) => source === 'Daftar lain: Penerima A');
    expect(second?.subject).toBe(mother);
    await settle(second?.id, 'dibiarkan');
    await recipients('Penerima A', born, paid.members[1]?.birthDate ?? '');
    expect(await told('paid', 'selesai')).toHaveLength(2);
    await recipients('Penerima A', '1975-06-01');
    expect(await told('paid')).toContain(date(father, 'Penerima A'));
    expect(await told('paid', 'selesai')).toEqual([date(mother, 'Penerima A')]);
  });
});

describe('who stands in the register alone', () => {
  const missing = 'tidak_ditemukan, MBAH MINAH, DTKS';

  it('is told one by one, also where two have one name; whom the list calls dead is not looked for', async () => {
    expect(await told('larger')).toEqual([missing, missing]);
    await settle((await list('larger'))[0]?.id, 'keluar_dari_daftar');
    await recipients('Penerima D', born);
    expect(await told('larger')).toEqual([missing]);
    expect(await told('larger', 'selesai')).toEqual([missing]);
  });
});

describe('the address that Dukcapil has', () => {
  it('tells who moved: to another kelurahan, or to one of the same name elsewhere', async () => {
    const rows = [
      ['KAMPUNG BALI', 'KOTA ADM. JAKARTA PUSAT'],
      ['GAMBIR', 'KOTA BOGOR'],
      ['GAMBIR', 'JAKARTA PUSAT'],
    ].map((place, at) => [larger.members[at]?.nik ?? '', larger.members[at]?.name ?? '', '1', ...place]);
    const header = ['NIK', 'NAMA_LGKP', 'flag_pemadanan', 'KEL_NAME', 'KAB_NAME'];
    await importList('DUKCAPIL', 'Padan November', '2026-11-01', Buffer.from(csv([header, ...rows])));
    const moved = (await list('larger')).filter(({ kind }) => kind === 'pindah');
    expect(moved.map(({ subject, source, listed }) => [subject, source, listed])).toEqual([
      [larger.members[0]?.name, 'Padan Dukcapil', 'Beralamat di KAMPUNG BALI, KOTA ADM. JAKARTA PUSAT'],
      [larger.members[1]?.name, 'Padan Dukcapil', 'Beralamat di GAMBIR, KOTA BOGOR'],
    ]);
  });
});

describe('a program', () => {
  it('is asked about where the latest register knows nobody, whatever an older one does', async () => {
    const bytes = Buffer.from(
      csv([['NIK', 'NAMA'], ...formerly.members.slice(0, 1).map(({ nik, name }) => [nik, name])]),
    );
    await importList('LAIN', 'Penerima KLJ', '2026-11-01', bytes, {
      sheet: null,
      headerRow: 1,
      columns: [
        { header: 'NIK', role: 'nik' },
        { header: 'NAMA', role: 'name' },
      ],
    });
    const { sources } = await officer.identification.proposal.query({ caseId: caseOf['formerly'] ?? '' });
    expect(sources.map(({ source, members }) => [source, members.some(({ proposes }) => proposes)])).toEqual([
      ['DTKS', false],
      ['BDT2015', true],
    ]);
    const [found] = (await list('formerly')).filter(({ kind }) => kind === 'program_tanpa_daftar');
    expect(found).toMatchObject({ source: 'KLJ', listed: 'Tidak ada di DTKS' });
  });
});
