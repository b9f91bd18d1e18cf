import { readFileSync } from 'node:fs';
import { assert, expect, test } from 'vitest';
import { Instrument } from '../../shared/domain/instrument.ts';
import type { CellValue } from '../../tests/fixtures/reference-files.ts';
import { table, workbook } from '../../tests/fixtures/reference-files.ts';
import { bdtRow, bdtWorkbook, readList } from '../../tests/fixtures/read-list.ts';

const [instrument, regsosek] = ['bdt-2015-1', 'regsosek22k-2'].map((name) =>
  Instrument.parse(JSON.parse(readFileSync(`resources/instruments/${name}.json`, 'utf8'))),
);

/** `row: sentence`, of what a report says about rules between answers. */
function contradictions({ report }: Awaited<ReturnType<typeof readList>>): string[] {
  return report.warnings
    .filter(({ code }) => code === 'answers_contradict')
    .map(({ message, rows }) => `${rows.join(',')}: ${message}`);
}

test('ranges, skips and rules of the instrument are told by row, and everybody comes in', async () => {
  assert(instrument);
  const bytes = await bdtWorkbook(
    bdtRow({ 'Luas lantai': 10, 'Kamar tidur': 8, BAB: 4, Kloset: 1 }),
    bdtRow({
      'ID rumah tangga': '3173050003000121',
      'Nama ART': 'JOKO',
      NIK: '3171010303700003',
      'Kamar tidur': 99,
    }),
  );
  const { report } = await readList(bytes, { instrument });
  expect(report).toMatchObject({ households: 2, persons: 2, refusedCount: 0 });
  const told = report.warnings
    .filter(({ code }) => code === 'answer_odd' || code === 'answers_contradict')
    .map(({ message, rows }) => `${rows.join(',')}: ${message}`);
  const end = 'Isinya masuk apa adanya; pastikan saat kunjungan.';
  expect(told).toContain(
    `2: 4.7 Jumlah kamar tidur: Luas lantai kurang dari 3 m² tiap kamar. Periksa keduanya. ${end}`,
  );
  expect(told).toContain(`3: 4.7 Jumlah kamar tidur: Paling besar 20. ${end}`);
  expect(told.some((line) => /^2: .*loset.*dilewati menurut jawaban lain/.test(line))).toBe(true);
  // The same file without an instrument is read, and nothing is said of its answers.
  expect((await readList(bytes)).report.warnings.map(({ code }) => code)).not.toContain('answer_odd');
});

test('rules between a household and its members are told at its first row, once all its rows are read', async () => {
  assert(instrument);
  let nik = 3_171_014_101_800_000;
  const row = (household: string, own: Record<string, CellValue>) =>
    bdtRow({ 'ID rumah tangga': household, NIK: String((nik += 1)), ...own });
  const business = { 'ART usaha': 1 };
  const bytes = await bdtWorkbook(
    row('A', { ...business, Bekerja: 1, 'Status pekerjaan': 4 }),
    row('B', { ...business, Bekerja: 1, 'Status pekerjaan': 4 }),
    // One of whom the file does not say it, and one nobody works in.
    row('C', { ...business, Bekerja: 1 }),
    row('D', { ...business, Bekerja: 2 }),
    row('E', { 'ART usaha': 2, Bekerja: 2 }),
    // Of B, far below its first row.
    row('B', { ...business, Bekerja: 1, 'Status pekerjaan': 1 }),
    row('E', { 'ART usaha': 2, Bekerja: 1, 'Status pekerjaan': 2 }),
  );
  const end = 'Isinya masuk apa adanya; pastikan saat kunjungan.';
  expect(contradictions(await readList(bytes, { instrument }))).toEqual([
    `2,5: 5.4 Ada anggota punya usaha: Tercatat ada usaha, tetapi tidak ada anggota yang berusaha (kedudukan 1, 2, atau 3). ${end}`,
    `6: 5.4 Ada anggota punya usaha: Ada anggota yang berusaha (kedudukan 1, 2, atau 3), tetapi tercatat tidak ada usaha. ${end}`,
  ]);
});

test('rules speak of answers whose own gate the list does not have: BDT knows no 6.1', async () => {
  assert(instrument);
  const bytes = await bdtWorkbook(bdtRow({ 'Partisipasi sekolah': 1, Jenjang: '07', Kelas: 8, Umur: 17 }));
  expect(contradictions(await readList(bytes, { instrument }))).toEqual([
    expect.stringMatching(/^2: 6\.11 .*Masih sekolah, tetapi kelasnya tamat\./),
  ]);
});

test('a family of which nobody lives there any more is told, and not one of which the file is silent', async () => {
  assert(regsosek);
  const member = (kk: string, nik: string, presence: number | null) => ({
    'No KK': kk,
    '401': 1,
    '402 Nama': 'SITI',
    '403 NIK': nik,
    '404': presence,
    '409': 3,
  });
  const bytes = await workbook({
    'Anggota Keluarga': table([
      member('3171010101200001', '3171014101800001', 3),
      member('3171010101200001', '3171014101800002', 2),
      member('3171010101200002', '3171014101800003', 3),
      member('3171010101200002', '3171014101800004', 1),
      member('3171010101200003', '3171014101800005', 3),
      member('3171010101200003', '3171014101800006', null),
    ]),
  });
  const read = await readList(bytes, { source: 'REGSOSEK', areaCodes: null, instrument: regsosek });
  expect(contradictions(read)).toEqual([
    expect.stringMatching(/^2: 301a .*Tidak ada anggota yang tinggal \(404 berisi 1 atau 5\)\./),
  ]);
});
