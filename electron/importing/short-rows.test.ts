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

test('of Regsosek no line that ends early comes in where its assets stand: one that slid cannot be seen there', async () => {
  const columns = ['No KK', '402 Nama', '403 NIK'];
  const person = ['3171010101200001', 'ANI', '3171014101800001'];
  const read = (headers: string[], cells: string[]) =>
    readList(Buffer.from(`${headers.join(',')}\n${cells.join(',')}`), {
      source: 'REGSOSEK',
      areaCodes: null,
    });
  const plain = await read([...columns, '405 Jenis Kelamin'], person);
  expect(plain.report).toMatchObject({ persons: 1, refused: [] });
  const withAssets = await read([...columns, '502i', '502j'], [...person, '1']);
  expect(withAssets.report).toMatchObject({ persons: 0, refused: [{ reason: 'row_shifted' }] });
});
