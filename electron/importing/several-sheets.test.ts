import { describe, expect, test } from 'vitest';
import { dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { table, withParts, withWorkbookXml, workbook } from '../../tests/fixtures/reference-files.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import { previewList } from './preview.ts';
import { memorySource } from './source.ts';

const dtks = { source: 'DTKS', areaCodes: null } as const;

/** A family of one, told apart by a digit. */
const person = (digit: number, own = {}) =>
  dtksRow({
    id_dtks: `D-${digit}`,
    nomor_kk: `317101010120000${digit}`,
    nomor_nik: `317101410180000${digit}`,
    nama: `ORANG ${'SATU DUA TIGA EMPAT LIMA'.split(' ')[digit - 1]}`,
    ...own,
  });

const hide = (name: string) => (xml: string) =>
  xml.replace(new RegExp(`(<sheet [^>]*name="${name}" state=")visible`), '$1hidden');

async function read(bytes: Uint8Array, options: Parameters<typeof readList>[1] = dtks) {
  const { report, households } = await readList(bytes, options);
  return { report, names: households.flatMap(({ persons }) => persons.map(({ name }) => name)) };
}

const mappedTo = (sheet: string | null): ListMapping => ({
  sheet,
  headerRow: 1,
  columns: [
    { header: 'NAMA', role: 'name' },
    { header: 'NIK', role: 'nik' },
    { header: 'RW', role: 'rw' },
  ],
});

describe('a workbook with one sheet an RW', () => {
  test('is read whole; what is told names the sheet', async () => {
    const { report, names } = await read(
      await workbook({
        'RW 01': table([person(1), person(2)]),
        'RW 02': table([person(3), person(4, { nama: null }), person(5, { jenis_kelamin: 'X' })]),
        'RW 03': table([person(1)]).slice(0, 1),
      }),
    );
    expect(names).toEqual(['ORANG SATU', 'ORANG DUA', 'ORANG TIGA', 'ORANG LIMA']);
    expect(report).toMatchObject({ sheet: 'RW 01, RW 02', rows: 5, households: 4, persons: 4 });
    expect(report.refused).toEqual([
      expect.objectContaining({ row: 3, message: expect.stringMatching(/^Lembar "RW 02": Nama kosong/) }),
    ]);
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'sex_unreadable',
        rows: [4],
        message: expect.stringMatching(/^Lembar "RW 02": /),
      }),
    ]);
  });

  test('makes nobody one family with who stands in the same row of another sheet', async () => {
    const rows = (name: string) => [
      ['NAMA', 'NIK', 'RW'],
      [name, null, '1'],
    ];
    const bytes = await workbook({ A: rows('SITI'), B: rows('BUDI') });
    const options = { source: 'LAIN', areaCodes: null, mapping: mappedTo(null) } as const;
    const { households } = await readList(bytes, options);
    expect(households.map(({ household }) => household.sourceId)).toEqual(['baris 2', 'baris 2 lembar 2']);
  });

  test('calls two by name and birth date once only, also where they stand on two sheets', async () => {
    const rows = [
      ['NAMA', 'NIK', 'RW', 'LAHIR'],
      ['SITI', null, '1', '1980-01-01'],
    ];
    const mapping = mappedTo(null);
    const columns = [...mapping.columns, { header: 'LAHIR', role: 'birth_date' } as const];
    const { households } = await readList(await workbook({ A: rows, B: rows }), {
      source: 'LAIN',
      areaCodes: null,
      mapping: { ...mapping, columns },
    });
    expect(households.map(({ household }) => household.sourceId)).toEqual([
      'orang SITI 1980-01-01',
      'baris 2 lembar 2',
    ]);
  });

  test('tells of each sheet that holds persons and is not read, with its rows', async () => {
    const { nomor_nik: _nik, ...withoutNik } = person(3);
    const { report, names } = await read(
      await workbook({
        Petunjuk: [['Isi dengan lengkap'], ['Jangan diubah']],
        'RW 01': table([person(1)]),
        'RW 02': table([withoutNik, withoutNik]),
        Sisa: [
          ['Orang', 'Nomor'],
          ['ORANG LIMA', '3171014101800005'],
        ],
      }),
    );
    expect(names).toEqual(['ORANG SATU']);
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'sheet_left_out',
        message: expect.stringMatching(/^Lembar "RW 02" \(2 baris\) .*kolom wajibnya tidak ada: nomor_nik/),
      }),
      expect.objectContaining({
        code: 'sheet_left_out',
        message: expect.stringMatching(/^Lembar "Sisa" \(2 baris\) memuat nomor 16 angka/),
      }),
    ]);
  });

  test('is left where somebody mapped one of its sheets, and that is told', async () => {
    const rows = (name: string) => [
      ['NAMA', 'NIK', 'RW'],
      [name, null, '1'],
    ];
    const { report, names } = await read(await workbook({ A: rows('SITI'), B: rows('BUDI') }), {
      source: 'LAIN',
      areaCodes: null,
      mapping: mappedTo('B'),
    });
    expect(names).toEqual(['BUDI']);
    expect(report.warnings).toContainEqual(
      expect.objectContaining({
        code: 'sheet_left_out',
        message: expect.stringMatching(/^Lembar "A" \(1 baris\) .*yang dipetakan lembar "B"/),
      }),
    );
  });
});

describe('a hidden sheet', () => {
  const book = () => workbook({ Lama: table([person(1)]), Baru: table([person(2)]) });

  test('is left out and told', async () => {
    const { report, names } = await read(await withWorkbookXml(await book(), hide('Lama')));
    expect(names).toEqual(['ORANG DUA']);
    expect(report.sheet).toBe('Baru');
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'sheet_hidden',
        message: expect.stringMatching(/^Lembar "Lama" \(1 baris\) disembunyikan/),
      }),
    ]);
  });

  test('is named where no other holds the list', async () => {
    const bytes = await withWorkbookXml(
      await workbook({ Sampul: [['Daftar DTKS']], Data: table([person(1)]) }),
      hide('Data'),
    );
    await expect(readList(bytes, dtks)).rejects.toMatchObject({
      code: 'import_sheet_hidden',
      message: 'Lembar yang berisi daftar ini disembunyikan: Data.',
    });
  });

  test('is not offered for mapping beside others, and read where somebody mapped it', async () => {
    const rows = (name: string) => [
      ['NAMA', 'NIK', 'RW'],
      [name, null, '1'],
    ];
    const both = await workbook({ Lama: rows('SITI'), Baru: rows('BUDI') });
    const offered = async (bytes: Buffer) =>
      (await previewList(memorySource(bytes), null, {}, {})).map(({ name }) => name);
    const one = await withWorkbookXml(both, hide('Lama'));
    expect(await offered(one)).toEqual(['Baru']);
    expect(await offered(await withWorkbookXml(one, hide('Baru')))).toEqual(['Lama', 'Baru']);
    const options = { source: 'LAIN', areaCodes: null, mapping: mappedTo('Lama') } as const;
    expect((await read(one, options)).names).toEqual(['SITI']);
  });
});

describe('the parts of a workbook', () => {
  const family = {
    nomor_kartu_keluarga: '3171010101200001',
    nama_kelurahan: 'GAMBIR',
    alamat: 'JL. A',
    desil: '3',
  };
  const member = {
    nomor_kartu_keluarga: '3171010101200001',
    nomor_induk_kependudukan: '3171014101800001',
    nama: 'SITI AMINAH',
  };

  test('are read in the order of the tabs, whatever their numbers', async () => {
    // Whoever drags a tab to the front changes no number.
    const bytes = await withWorkbookXml(
      await workbook({ Individu: table([member]), Keluarga: table([family]) }),
      (xml) => xml.replace(/(<sheet [^>]*name="Individu"[^>]*>)(<sheet [^>]*>)/, '$2$1'),
    );
    const { report, households } = await readList(bytes, { source: 'DTSEN', areaCodes: null });
    expect(report.sheet).toBe('Individu');
    expect(report.warnings).toEqual([]);
    expect(households[0]?.household).toMatchObject({ desil: 3, kelurahan: '31.71.01.1001' });
  });

  test.each([
    ['a name of its own', 'xl/worksheets/lembar satu.xml', 'worksheets/lembar satu.xml'],
    ['another letter case', 'xl/worksheets/Sheet1.xml', 'worksheets/sheet1.xml'],
    ['a place told from the root', 'xl/worksheets/sheet1.xml', '/xl/worksheets/sheet1.xml'],
    ['another folder', 'data/sheet1.xml', '../data/sheet1.xml'],
  ])('are found by %s', async (_, part, target) => {
    const bytes = await withParts(await workbook({ 'RW 01 & 02': table([person(1)]) }), (name, text) => ({
      name: name === 'xl/worksheets/sheet1.xml' ? part : name,
      text: name === 'xl/_rels/workbook.xml.rels' ? text.replace('worksheets/sheet1.xml', target) : text,
    }));
    const { report, names } = await read(bytes);
    expect(names).toEqual(['ORANG SATU']);
    expect(report.sheet).toBe('RW 01 & 02');
  });

  test('that name other parts than a program would are refused before they are unpacked', async () => {
    const bytes = await withWorkbookXml(await workbook({ A: table([person(1)]) }), (xml) =>
      xml.padEnd(20_000_001, ' '),
    );
    await expect(readList(bytes, dtks)).rejects.toMatchObject({ code: 'import_zip_bomb' });
  });
});
