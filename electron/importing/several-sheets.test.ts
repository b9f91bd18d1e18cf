import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { table, withParts, withWorkbookXml, workbook } from '../../tests/fixtures/reference-files.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import { previewList } from './preview.ts';
import { memorySource } from './source.ts';
import { workbookSheets } from './workbook-rows.ts';

const dtks = { source: 'DTKS', areaCodes: null } as const;

/** A family of one, told apart by a digit. */
const person = (digit: number, own = {}) =>
  dtksRow({
    id_dtks: `D-${digit}`,
    nomor_kk: `317101010120000${digit}`,
    nomor_nik: `317101410180000${digit}`,
    nama: `ORANG ${'SATU DUA TIGA EMPAT LIMA ENAM'.split(' ')[digit - 1]}`,
    ...own,
  });

const unnumbered = (digit: number) => person(digit, { nomor_nik: null });

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

describe('a sheet of everybody beside one an RW', () => {
  const sheet = (...digits: number[]) => table(digits.map((digit) => person(digit)));
  const repeated = (message: RegExp) =>
    expect.objectContaining({ code: 'sheet_repeated', message: expect.stringMatching(message) });
  const everybody = ['SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA'].map((word) => `ORANG ${word}`);

  test('is not read where it comes last, and it is told first, with who is lost', async () => {
    const { report, names } = await read(
      await workbook({
        'RW 01': sheet(1, 2),
        'RW 02': table([person(3), person(4, { jenis_kelamin: 'X' }), person(6, { jenis_kelamin: 'X' })]),
        SEMUA: [...sheet(1, 2, 3, 4, 5), ...table([unnumbered(6), unnumbered(5)]).slice(1)],
      }),
    );
    expect(names).toEqual([...everybody.slice(0, 4), 'ORANG ENAM']);
    expect(report).toMatchObject({ sheet: 'RW 01, RW 02', rows: 5, persons: 5 });
    expect(report.warnings.map(({ code }) => code)).toEqual(['sheet_repeated', 'sex_unreadable']);
    expect(report.warnings[0]).toEqual(
      repeated(
        /^Lembar "SEMUA" \(7 baris\) .*4 dari 5 NIK-nya dan 1 orang menurut No KK dan nama .*"RW 01", "RW 02"\. .*: 1 NIK lain dan 1 baris tanpa NIK utuh\./,
      ),
    );
  });

  test('is read where it comes first, and the others are not', async () => {
    const { report, names } = await read(
      await workbook({ SEMUA: sheet(1, 2, 3, 4, 5), 'RW 01': sheet(1, 2, 3), 'RW 02': sheet(3, 4, 5) }),
    );
    expect(names).toEqual(everybody);
    expect(report.warnings).toEqual([
      repeated(/^Lembar "RW 01" \(3 baris\) .*3 dari 3 NIK-nya sudah ada di lembar "SEMUA"\. Bila/),
      repeated(/^Lembar "RW 02" /),
    ]);
  });

  test('takes nobody along who stands on it alone and on a sheet after it', async () => {
    const { report, names } = await read(
      await workbook({ 'RW 01': sheet(1, 2, 3), SEMUA: sheet(1, 2, 3, 4, 5), 'RW 02': sheet(4, 5) }),
    );
    expect(names).toEqual(everybody);
    expect(report.warnings).toEqual([repeated(/^Lembar "SEMUA" .*"RW 01"\. .*: 2 NIK lain\./)]);
  });

  test.each([
    ['two of a few', sheet(1, 2), sheet(1, 2)],
    ['half of them', sheet(1, 2, 3), sheet(1, 2, 3, 4, 5, 6)],
    ['one NIK that is written three times', sheet(1), sheet(1, 1, 1)],
    ['two without NIK', table([1, 2].map(unnumbered)), table([1, 2].map(unnumbered))],
  ])('is read where it repeats %s', async (_, first, second) => {
    const { report } = await read(await workbook({ A: first, B: second }));
    expect(report.persons).toBe(first.length + second.length - 2);
    expect(report.warnings.filter(({ code }) => code.startsWith('sheet_'))).toEqual([]);
  });

  test.each([
    ['both', [1, 2, 3].map(unnumbered), [1, 2, 3].map(unnumbered)],
    ['the first', [1, 2, 3].map(unnumbered), [1, 2, 3].map((digit) => person(digit))],
    ['the second', [1, 2, 3].map((digit) => person(digit)), [1, 2, 3].map(unnumbered)],
  ])('is known by No KK and name where %s has no NIK', async (_, first, second) => {
    const { report } = await read(await workbook({ A: table(first), B: table(second) }));
    expect(report.persons).toBe(3);
    expect(report.warnings).toContainEqual(
      repeated(/^Lembar "B" .*: 3 orang menurut No KK dan nama sudah ada di lembar "A"\. Bila/),
    );
  });

  test('is read where the others are hidden, or somebody mapped it', async () => {
    const rows = (...digits: number[]) => [
      ['NAMA', 'NIK', 'RW'],
      ...digits.map((digit) => [`ORANG ${digit}`, `317101410180000${digit}`, '1']),
    ];
    const book = await workbook({ 'RW 01': rows(1, 2, 3), SEMUA: rows(1, 2, 3, 4) });
    const as = (mapping: ListMapping) => ({ source: 'LAIN', areaCodes: null, mapping }) as const;
    const four = ['ORANG 1', 'ORANG 2', 'ORANG 3', 'ORANG 4'];
    expect((await read(book, as(mappedTo('SEMUA')))).names).toEqual(four);
    expect((await read(book, as(mappedTo(null)))).names).toEqual(four.slice(0, 3));
    expect((await read(await withWorkbookXml(book, hide('RW 01')), as(mappedTo(null)))).names).toEqual(four);
  });

  test('is looked for while progress is told and the clerk may stop', async () => {
    const book = await workbook({ A: sheet(1, 2, 3), B: sheet(1, 2, 3) });
    const told: [number, number][] = [];
    await read(book, { ...dtks, onProgress: (done, total) => told.push([done, total]) });
    expect(told.every(([done, total]) => done <= total)).toBe(true);
    expect(told.at(-1)?.[1]).toBe(2 * (told[0]?.[1] ?? 0));
    const stop = new AbortController();
    const onProgress = (_: number, total: number) => {
      if (total > (told[0]?.[1] ?? 0)) stop.abort();
    };
    await expect(readList(book, { ...dtks, onProgress, signal: stop.signal })).rejects.toMatchObject({
      code: 'import_cancelled',
    });
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

  test.each([0, 1, 2, 3])('are all read, though who reads them pauses at sheet %i', async (at) => {
    const one = table([person(1)]);
    const read: string[] = [];
    for await (const sheet of workbookSheets(
      memorySource(await workbook({ A: one, B: one, C: one, D: one })),
    )) {
      for await (const row of sheet.rows) {
        // Longer than the rest of the file takes to be read.
        if (read.length === 2 * at) await pause(100);
        read.push(`${sheet.name}${row.number}`);
      }
    }
    expect(read).toEqual(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'D1', 'D2']);
  });

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
