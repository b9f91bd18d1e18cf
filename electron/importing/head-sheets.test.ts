import { describe, expect, test } from 'vitest';
import { dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { table, workbook } from '../../tests/fixtures/reference-files.ts';

const dtks = { source: 'DTKS', areaCodes: null } as const;
const kk = (family: number) => `317101010120000${family}`;

const row = (family: number, at: number, own = {}) =>
  dtksRow({
    id_dtks: `D-${family}${at}`,
    nomor_kk: kk(family),
    nomor_nik: `31710141018000${family}${at}`,
    nama: `${['KEPALA', 'ISTRI'][at - 1] ?? `ANAK ${at}`} ${['SATU', 'DUA', 'TIGA', 'EMPAT'][family - 1]}`,
    ...own,
  });
const heads = [1, 2, 3, 4].map((family) => row(family, 1));
const noNik = { nomor_nik: null };
/** Three families of two and one of one: most of these stand among the heads. */
const members = [row(1, 1), row(1, 2), row(2, 1), row(2, 2), row(3, 1), row(3, 2), row(4, 1)];

async function read(sheets: Parameters<typeof workbook>[0]) {
  const { report, households } = await readList(await workbook(sheets), dtks);
  const families = households.map(({ household, persons }) => [
    household.kk,
    ...persons.map(({ name }) => name),
  ]);
  return { report, families };
}

const whole = [
  [kk(1), 'KEPALA SATU', 'ISTRI SATU'],
  [kk(2), 'KEPALA DUA', 'ISTRI DUA'],
  [kk(3), 'KEPALA TIGA', 'ISTRI TIGA'],
  [kk(4), 'KEPALA EMPAT'],
];

describe('a sheet of heads and one of members', () => {
  test('make families in which each head stands once, and that is told', async () => {
    const { report, families } = await read({ Kepala: table(heads), Anggota: table(members) });
    expect(families).toEqual(whole);
    expect(report).toMatchObject({ sheet: 'Kepala, Anggota', rows: 7, persons: 7, households: 4 });
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'sheet_joined',
        message: expect.stringMatching(/^Lembar "Anggota": 4 baris tidak dimasukkan lagi.*"Kepala"/),
      }),
    ]);
  });

  test('make the same families the other way round, where the heads say nothing new', async () => {
    const { report, families } = await read({ Anggota: table(members), Kepala: table(heads) });
    expect(families).toEqual(whole);
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'sheet_repeated',
        message: expect.stringMatching(/^Lembar "Kepala" \(4 baris\) .*"Anggota"/),
      }),
    ]);
  });

  test('double no head either where most members are none, or of few families', async () => {
    const children = members.flatMap((member, at) => [member, row(1 + (at % 4), 3 + at)]);
    const { report, families } = await read({ Kepala: table(heads), Anggota: table(children) });
    expect(report).toMatchObject({ persons: 14, households: 4 });
    expect(families.flat().filter((name) => name?.startsWith('KEPALA'))).toHaveLength(4);
    expect(report.warnings.map(({ code }) => code)).toEqual(['sheet_joined']);
    const one = await read({ Kepala: table(heads.slice(0, 1)), Anggota: table(members.slice(0, 2)) });
    expect(one.families).toEqual(whole.slice(0, 1));
  });

  test('lose no head who stands on their own sheet alone, and no member without NIK', async () => {
    const others = [...members.slice(1, 6), row(4, 2, { nomor_nik: null })];
    const { report, families } = await read({ Kepala: table(heads), Anggota: table(others) });
    expect(families).toEqual([...whole.slice(0, 3), [kk(4), 'KEPALA EMPAT', 'ISTRI EMPAT']]);
    expect(report.persons).toBe(8);
  });

  test('lose no wife who is listed with the number of the head: both come in, and it is told', async () => {
    const others = [row(1, 1), row(1, 2, { nomor_nik: '3171014101800011' }), ...members.slice(2)];
    const { report, families } = await read({ Kepala: table(heads), Anggota: table(others) });
    expect(families).toEqual(whole);
    expect(report.warnings.map(({ code }) => code)).toEqual(['sheet_joined', 'nik_repeated']);
  });

  test.each<[string, object, object, RegExp]>([
    [
      'on neither sheet',
      noNik,
      noNik,
      /4 baris .*\. 1 di antaranya tanpa NIK .* dari No KK dan nama\. Anggota/,
    ],
    ['on theirs', noNik, {}, /4 baris .* 1 di antaranya .* nama; NIK 1 orang, .*, tidak ikut\. Anggota/],
    ['on that of the members', {}, { nomor_nik: '-' }, /4 baris .* 1 di antaranya .* nama\. Anggota/],
  ])('know a head whose NIK stands %s by No KK and name', async (_, there, here, told) => {
    const { report, families } = await read({
      Kepala: table([row(1, 1, there), ...heads.slice(1)]),
      Anggota: table([row(1, 1, { ...here, nama: 'H. KEPALA SATU' }), row(1, 2), ...members.slice(2)]),
    });
    expect(families).toEqual(whole);
    expect(report.warnings).toContainEqual(
      expect.objectContaining({ code: 'sheet_joined', message: expect.stringMatching(told) }),
    );
  });

  test('know every head by No KK and name where no head has a NIK', async () => {
    const { families } = await read({
      Kepala: table([1, 2, 3, 4].map((family) => row(family, 1, noNik))),
      Anggota: table(members),
    });
    expect(families).toEqual(whole);
  });

  test('take two heads of one card and name with two NIKs for two, as father and son are', async () => {
    const son = row(1, 3, { nama: 'KEPALA SATU' });
    const { families } = await read({ Kepala: table(heads), Anggota: table([...members, son]) });
    expect(families[0]).toEqual([kk(1), 'KEPALA SATU', 'ISTRI SATU', 'KEPALA SATU']);
  });

  const child = { nama: 'KEPALA SATU', ...noNik, hubungan_keluarga: 'ANAK' };
  const undated = { ...child, tanggal_lahir: null };

  test.each<[string, object, object]>([
    ['of another birth', {}, { ...child, tanggal_lahir: '2026-05-01' }],
    [
      'of another birth, whatever his place',
      {},
      { ...child, tanggal_lahir: '01/05/2026', hubungan_keluarga: null },
    ],
    [
      'of another birth than the NIK says',
      { tanggal_lahir: null },
      { ...child, tanggal_lahir: '2026-05-01' },
    ],
    ['of no birth, who is a child', {}, undated],
    ['of no birth, who is a child, where the heads say no place', { hubungan_keluarga: null }, undated],
  ])('take a newborn son without NIK who bears the head’s name for another: %s', async (_, there, here) => {
    const { families, report } = await read({
      Kepala: table(heads.map((one) => ({ ...one, ...there }))),
      Anggota: table([...members, row(1, 3, here)]),
    });
    expect(families[0]).toEqual([kk(1), 'KEPALA SATU', 'ISTRI SATU', 'KEPALA SATU']);
    expect(report.persons).toBe(8);
  });

  test.each<[string, object]>([
    ['is some years off', { tanggal_lahir: '1985-01-01', hubungan_keluarga: 'ANAK' }],
    ['is not known', { tanggal_lahir: null }],
    ['is not known, nor their place', { tanggal_lahir: null, hubungan_keluarga: null }],
  ])('know a head without NIK by No KK and name where the birth %s', async (_, here) => {
    const { families } = await read({
      Kepala: table(heads),
      Anggota: table([row(1, 1, { ...noNik, ...here }), ...members.slice(1)]),
    });
    expect(families).toEqual(whole);
  });

  test('let a head in with the members who was refused on their own sheet', async () => {
    const damaged = row(1, 1, { nomor_nik: 3171014101800010 });
    const { report, families } = await read({
      Kepala: table([damaged, ...heads.slice(1)]),
      Anggota: table(members),
    });
    expect(families).toContainEqual(whole[0]);
    expect(report.persons).toBe(7);
  });

  test('are joined over several sheets of members', async () => {
    const { families } = await read({
      Kepala: table(heads),
      'Anggota RW 01': table(members.slice(0, 4)),
      'Anggota RW 02': table(members.slice(4)),
    });
    expect(families).toEqual(whole);
  });

  test('are no such sheets where families of others stand on the second', async () => {
    const strangers = [5, 6, 7].map((family) => row(family, 1, { nama: `LAIN ${family}` }));
    const { report } = await read({
      Kepala: table(heads),
      SEMUA: table([...heads, ...strangers]),
    });
    expect(report.persons).toBe(4);
    expect(report.warnings.map(({ code }) => code)).toEqual(['sheet_repeated']);
  });

  test('are no such sheets where whole families stand on the first, as in an older list beside a newer', async () => {
    const { report } = await read({ Lama: table(members), Baru: table([...members, row(1, 3), row(2, 3)]) });
    expect(report.persons).toBe(7);
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'sheet_repeated',
        message: expect.stringMatching(/^Lembar "Baru" .*: 2 NIK lain\./),
      }),
    ]);
  });
});
