import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Instrument } from '../../shared/domain/instrument.ts';
import { bdtRow, bdtWorkbook, readList } from '../../tests/fixtures/read-list.ts';

const instrument = Instrument.parse(
  JSON.parse(readFileSync('resources/instruments/bdt-2015-1.json', 'utf8')),
);

test('ranges, skips and rules of the instrument are told by row, and everybody comes in', async () => {
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
