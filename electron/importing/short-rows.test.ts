import { describe, expect, test } from 'vitest';
import { dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { csv, table } from '../../tests/fixtures/reference-files.ts';

const options = { source: 'DTKS', areaCodes: null } as const;

describe('a line that ends early', () => {
  const [header = '', whole = ''] = csv(
    table([dtksRow({ id_dtks: '', nama_ibu_kandung: '', hubungan_keluarga: '' })]),
  ).split('\r\n');
  /** As Excel writes it, whose last cells are blank. */
  const early = whole.replace(/,,$/, '').replace('SITI AMINAH', 'ANI');
  const readLines = (...lines: string[]) => readList(Buffer.from([header, ...lines].join('\r\n')), options);

  test('comes in with its last cells blank, and all of them are told once', async () => {
    const { report, households } = await readLines(whole, early, early.replace('ANI', 'TUTI'));
    expect(report).toMatchObject({ persons: 3, refused: [] });
    expect(report.warnings.filter(({ code }) => code === 'row_short')).toMatchObject([
      { count: 2, rows: [3, 4] },
    ]);
    expect(households[0]?.persons[1]).toMatchObject({ name: 'ANI', motherName: null, relation: null });
  });

  test('comes in where the month stands first in the dates of the file', async () => {
    const american = (line: string) => line.replace('1980-01-01', '8/17/1980');
    const { report } = await readLines(american(whole), american(early));
    expect(american(early)).not.toBe(early);
    expect(report).toMatchObject({ persons: 2, refused: [] });
  });

  test.each([
    ['a value under the header before its own', early.replace(',003,002,', ',002,')],
    ['a NIK under the No KK', early.replace(/,3171010101200001,/, ',')],
    ['a word in the column of the sex', early.replace(',JAKARTA,', ',')],
    ['nothing that tells a person', 'D-9,DKI JAKARTA'],
    ['no name', early.split(',').slice(0, 11).join(',')],
  ])('is refused with %s', async (_, line) => {
    const { report } = await readLines(whole, line);
    expect(report.refused.map(({ row, reason }) => [row, reason])).toEqual([[3, 'row_shifted']]);
    expect(report.persons).toBe(1);
  });
});

describe('a line that ends early among answers side by side, where one that slid cannot be seen', () => {
  const person = ['3171010101200001', '3171014101800001', 'ANI'];
  const read = (source: 'DTSEN' | 'REGSOSEK', headers: string[], cells: string[]) =>
    readList(Buffer.from(`${headers.join(',')}\n${cells.join(',')}`), { source, areaCodes: null });
  const dtsen = ['nomor_kartu_keluarga', 'nomor_induk_kependudukan', 'nama'];
  const regsosek = ['No KK', '403 NIK', '402 Nama'];

  test.each([
    ['DTSEN', 'counts of assets', [...dtsen, 'tabung_gas', 'lemari_es', 'ac', 'televisi'], ['1', '0', '2']],
    ['DTSEN', 'its last asset', [...dtsen, 'tabung_gas', 'lemari_es'], ['1']],
    ['DTSEN', 'answers of a member', [...dtsen, 'status_kawin', 'pendidikan', 'pekerjaan'], ['S1', 'Guru']],
    ['DTSEN', 'a column that is not read', [...dtsen, 'tabung_gas', 'catatan petugas'], ['1']],
    ['DTSEN', 'assets before a sex', [...dtsen, 'ac', 'televisi', 'jenis_kelamin', 'usia'], ['1', '', 'P']],
    ['REGSOSEK', 'assets of the same codes', [...regsosek, '502i', '502j'], ['1']],
  ] as const)('is refused: %s, %s', async (source, _, headers, cells) => {
    const { report } = await read(source, [...headers], [...person, ...cells]);
    expect(report).toMatchObject({ persons: 0, refused: [{ reason: 'row_shifted' }] });
  });

  test.each([
    ['DTSEN', 'before them', [...dtsen, 'jenis_kelamin', 'tabung_gas', 'lemari_es'], []],
    ['DTSEN', 'where the first of them is missing', [...dtsen, 'tabung_gas', 'lemari_es'], []],
    ['REGSOSEK', 'where none stand', [...regsosek, '405 Jenis Kelamin'], []],
  ] as const)('comes in: %s, %s', async (source, _, headers, cells) => {
    const { report } = await read(source, [...headers], [...person, ...cells]);
    expect(report).toMatchObject({ persons: 1, refused: [] });
  });
});
