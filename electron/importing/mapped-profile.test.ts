import { expect, test } from 'vitest';
import { readList } from '../../tests/fixtures/read-list.ts';
import { csv, type CellValue } from '../../tests/fixtures/reference-files.ts';
import { ListMapping, type MappedColumn } from '../../shared/domain/list-mapping.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { previewList } from './preview.ts';
import { memorySource } from './source.ts';

/** What is read of each person where the columns were mapped. */
async function read(rows: CellValue[][], columns: MappedColumn[], source: ReferenceSource = 'LAIN') {
  const { report, households } = await readList(Buffer.from(csv(rows)), {
    source,
    areaCodes: null,
    mapping: { sheet: null, headerRow: 1, columns },
  });
  const persons = households.flatMap(({ household: { street }, persons: all }) =>
    all.map(({ name, answers }) => ({ name, street, answers })),
  );
  return { report, persons };
}

const both: CellValue[][] = [
  ['Nama', 'Nama', 'NIK'],
  ['BANK DKI', 'SITI', '3171014101800001'],
];

test.each([[[0, 1, 2]], [[undefined, undefined, undefined]]])(
  'of two headers that are alike the one that was mapped is read; places %j',
  async (places) => {
    const columns = (['skip', 'name', 'nik'] as const).map((role, at) => ({
      header: String(both[0]?.[at]),
      role,
      ...(places[at] === undefined ? {} : { at: places[at] }),
    }));
    const { report, persons } = await read(both, columns);
    expect(persons).toEqual([{ name: 'SITI', street: null, answers: {} }]);
    expect(report).toMatchObject({ unknownColumns: [], warnings: [{ code: 'kelurahan_unknown' }] });
  },
);

/** A list whose headers stand in this row, below titles. */
function headedIn(row: number): Buffer {
  const titles = Array.from({ length: row - 1 }, (_, no): CellValue[] => [`Keterangan ${no}`, null]);
  return Buffer.from(csv([...titles, ['Nama', 'NIK'], ['SITI', '3171014101800001']]));
}

test.each([1, 31, 40])('headers that are offered for mapping in row %i are read there', async (row) => {
  const [sheet] = await previewList(memorySource(headedIn(row)), null, {}, {});
  const columns = sheet?.columns.map(({ header, role }) => ({ header, role }));
  expect(columns).toEqual([
    { header: 'Nama', role: 'name' },
    { header: 'NIK', role: 'nik' },
  ]);
  const mapping = ListMapping.parse({ sheet: null, headerRow: sheet?.headerRow, columns });
  const { households } = await readList(headedIn(row), { source: 'LAIN', areaCodes: null, mapping });
  expect(households.map(({ persons }) => persons[0]?.name)).toEqual(['SITI']);
});

test('headers further down are not offered', async () => {
  expect(await previewList(memorySource(headedIn(41)), null, {}, {})).toEqual([]);
});

test('two that are kept as remarks are kept both', async () => {
  const columns = (['answer', 'answer', 'name'] as const).map((role, at) => ({
    header: ['Nama', 'Nama', 'NIK'][at] ?? '',
    role,
    at,
  }));
  const { persons } = await read(both, columns);
  expect(persons[0]?.answers).toEqual({ nama: 'BANK DKI', nama_2: 'SITI' });
});

test.each<[source: ReferenceSource, headers: string[], fields: string[]]>([
  ['SIKS', ['Hubkel', 'Hubungan dengan KK', 'Hubkel'], ['Hubkel', 'Hubkel_2', 'Hubkel_3']],
  ['LAIN', ['Umur', 'Umur', 'Umur 2'], ['umur', 'umur_2', 'umur_2_2']],
  ['LAIN', ['Umur 2', 'Umur', 'Umur'], ['umur_2', 'umur', 'umur_3']],
])('no remark of a list of %s is written over another: %j', async (source, headers, fields) => {
  const columns: MappedColumn[] = headers.map((header, at) => ({ header, role: 'answer', at }));
  const { persons } = await read(
    [
      [...headers, 'Nama', 'NIK'],
      [...headers.map((_, at) => String(at + 1)), 'SITI', '3171014101800001'],
    ],
    [...columns, { header: 'Nama', role: 'name' }, { header: 'NIK', role: 'nik' }],
    source,
  );
  expect(persons[0]?.answers).toEqual(Object.fromEntries(fields.map((field, at) => [field, String(at + 1)])));
});

test('a header that was left out is not read for one that is like it but for its parentheses', async () => {
  const { persons } = await read(
    [
      ['Alamat (KTP)', 'Alamat', 'Nama'],
      ['Jl. Lama', 'Jl. Baru', 'SITI'],
    ],
    [
      { header: 'Alamat', role: 'street' },
      { header: 'Alamat (KTP)', role: 'skip' },
      { header: 'NAMA', role: 'name' },
    ],
  );
  expect(persons).toEqual([{ name: 'SITI', street: 'Jl. Baru', answers: {} }]);
});

test('a result of padan keeps its verdict, why, and the city of the address under the source’s names', async () => {
  const rows: CellValue[][] = [
    ['Nama', 'Hasil Padan', 'Keterangan', 'Kota'],
    ['SITI', 'TIDAK PADAN', 'NIK tidak ditemukan', 'KOTA BOGOR'],
  ];
  const roles = ['name', 'answer', 'answer', 'kabkota'] as const;
  const columns = roles.map((role, at) => ({ header: String(rows[0]?.[at]), role, at }));
  const { households } = await readList(Buffer.from(csv(rows)), {
    source: 'DUKCAPIL',
    areaCodes: null,
    mapping: { sheet: null, headerRow: 1, columns },
  });
  expect(households[0]?.household.answers).toEqual({ KAB_NAME: 'KOTA BOGOR' });
  expect(households[0]?.persons[0]?.answers).toEqual({
    flag_pemadanan: '2',
    status_nik: 'tidak_ditemukan',
  });
});

test.each([
  ['BDT2015', '3', undefined],
  ['DTKS', null, '3'],
  ['LAIN', null, '3'],
] as const)('of a mapped %s a relation in numbers is read as %j', async (source, relation, kept) => {
  const rows = [
    ['Nama', 'Hub'],
    ['SITI', 3],
  ];
  const columns = (['name', 'relation'] as const).map((role, at) => ({
    header: String(rows[0]?.[at]),
    role,
    at,
  }));
  const { households } = await readList(Buffer.from(csv(rows)), {
    source,
    areaCodes: null,
    mapping: { sheet: null, headerRow: 1, columns },
  });
  expect(households[0]?.persons[0]?.relation).toBe(relation);
  expect(households[0]?.persons[0]?.answers['hubungan_asal']).toBe(kept);
});
