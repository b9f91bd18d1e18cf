import { describe, expect, test } from 'vitest';
import { bdtRow, bdtWorkbook, dtksCsv, dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { csv, table, workbook, zip, type ZipPart } from '../../tests/fixtures/reference-files.ts';
import { AppError } from '../../shared/errors.ts';

const dtks = { source: 'DTKS', areaCodes: null } as const;

/** The error a broken file ends in, as its code and the sentence that the clerk reads. */
async function problemOf(
  bytes: Uint8Array,
  options: Parameters<typeof readList>[1] = {},
): Promise<{ code: string; message: string }> {
  try {
    await readList(bytes, options);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'none', message: '' };
}

/** The parts of a workbook that name `xl/worksheets/sheet1.xml`. */
const namingOneSheet: ZipPart[] = [
  {
    name: 'xl/workbook.xml',
    content: Buffer.from('<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'),
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: Buffer.from(
      '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
  },
];

describe('a file that is no workbook', () => {
  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    [
      'an old .xls or a locked workbook',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    ],
    ['a zip without its end', Buffer.from('PK\u0003\u0004 and nothing more')],
    ['a zip of something else', zip([{ name: 'word/document.xml', content: Buffer.from('<w/>') }])],
  ])('%s', async (_, bytes) => {
    expect(await problemOf(bytes)).toEqual({
      code: 'import_not_workbook',
      message: expect.stringContaining('bukan buku kerja Excel'),
    });
  });

  test('a workbook cut off in the middle', async () => {
    const whole = await bdtWorkbook(
      ...Array.from({ length: 200 }, (_, index) => bdtRow({ 'Nama ART': `ORANG ${index}` })),
    );
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 1000, 3000);
    expect(await problemOf(damaged)).toMatchObject({ code: 'import_not_workbook' });
  });

  test('a workbook whose sheet is not XML', async () => {
    const bytes = zip([
      ...namingOneSheet,
      {
        name: 'xl/worksheets/sheet1.xml',
        content: Buffer.from('<worksheet><sheetData><row r="1"><c r="A1"></row>'),
      },
    ]);
    expect(await problemOf(bytes)).toMatchObject({ code: 'import_not_workbook' });
  });
});

describe('a zip bomb', () => {
  const content = Buffer.alloc(40_000_000, ' ');

  test('that says how big it is, is refused before anything is unpacked', async () => {
    const bytes = zip([{ name: 'xl/worksheets/sheet1.xml', content }]);
    expect(bytes.length).toBeLessThan(100_000);
    expect(await problemOf(bytes)).toEqual({
      code: 'import_zip_bomb',
      message: expect.stringContaining('40 MB'),
    });
  });

  test('that lies about its size, is stopped where it grows beyond it', async () => {
    const bytes = zip([...namingOneSheet, { name: 'xl/worksheets/sheet1.xml', content, claimedSize: 5000 }]);
    expect(await problemOf(bytes)).toMatchObject({ code: 'import_zip_bomb' });
  });

  test('of many parts, is refused by their sum', async () => {
    const bytes = zip([
      { name: 'xl/worksheets/sheet1.xml', content: Buffer.from('<worksheet/>'), claimedSize: 2_000_000_000 },
    ]);
    expect(await problemOf(bytes)).toMatchObject({ code: 'import_zip_bomb' });
  });
});

describe('the wrong content', () => {
  test('no sheet holds the list', async () => {
    const problem = await problemOf(
      await workbook({
        Anggaran: [
          ['Uraian', 'Jumlah'],
          ['Kertas', 10],
        ],
        Kosong: [],
      }),
    );
    expect(problem).toEqual({
      code: 'import_wrong_sheet',
      message: 'Tidak ada lembar yang berisi daftar BDT 2015 (kolom ID rumah tangga, Nama ART, dan NIK).',
    });
  });

  test('it is another list than was said', async () => {
    expect(await problemOf(dtksCsv(dtksRow()))).toEqual({
      code: 'import_other_list',
      message: 'Berkas ini tampaknya daftar DTKS, bukan BDT 2015.',
    });
    expect(await problemOf(await bdtWorkbook(bdtRow()), dtks)).toMatchObject({ code: 'import_other_list' });
  });

  test('the list stands on a later sheet', async () => {
    const bytes = await workbook({
      Petunjuk: Array.from({ length: 50 }, (_, index) => [`Langkah ${index}`]),
      Data: table([bdtRow()]),
    });
    expect((await readList(bytes)).report).toMatchObject({ sheet: 'Data', persons: 1 });
  });

  test('required columns are missing', async () => {
    const { NIK: _nik, HubKRT: _hub, ...row } = bdtRow();
    expect(await problemOf(await bdtWorkbook(row))).toEqual({
      code: 'import_missing_columns',
      message: 'Kolom wajib tidak ada: NIK, HubKRT.',
    });
  });

  test('a header without rows, and an empty file', async () => {
    expect(await problemOf(await workbook({ BDT: table([bdtRow()]).slice(0, 1) }))).toMatchObject({
      code: 'import_no_rows',
    });
    expect(
      await problemOf(dtksCsv(dtksRow()).subarray(0, dtksCsv(dtksRow()).indexOf('\r\n')), dtks),
    ).toMatchObject({ code: 'import_no_rows' });
    expect(await problemOf(Buffer.alloc(0), dtks)).toMatchObject({ code: 'import_no_rows' });
  });
});

describe('a CSV', () => {
  const text = csv(table([dtksRow(), dtksRow({ id_dtks: 'D-2' }), dtksRow({ id_dtks: 'D-3' })]));

  test('with a quote left open names the line where it opens', async () => {
    const open = text.replace('D-2', '"D-2');
    expect(await problemOf(Buffer.from(open), dtks)).toEqual({
      code: 'import_open_quote',
      message: expect.stringContaining('baris 3'),
    });
  });

  test('with a quote left open that a later quote seems to close', async () => {
    const open = text.replace('D-2', '"D-2').replace('D-3', '"D-3"');
    expect(await problemOf(Buffer.from(open), dtks)).toEqual({
      code: 'import_open_quote',
      message: expect.stringContaining('baris 3'),
    });
  });

  test('with a quote left open before a long rest does not swallow it into memory', async () => {
    const open = `${text.replace('D-3', '"D-3')}${`\r\n${text.split('\r\n')[1]}`.repeat(20_000)}`;
    expect(await problemOf(Buffer.from(open), dtks)).toEqual({
      code: 'import_open_quote',
      message: expect.stringContaining('baris 4'),
    });
  });

  test('with a quote in the middle of a value names the line', async () => {
    expect(await problemOf(Buffer.from(text.replace('D-3', 'D"3')), dtks)).toEqual({
      code: 'import_broken_csv',
      message: expect.stringContaining('baris 4'),
    });
  });

  test.each([
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['a byte-order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a first line that names the separator', Buffer.from(`sep=;\r\n${text.replaceAll(',', ';')}`)],
    ['old Mac line ends', Buffer.from(text.replaceAll('\r\n', '\r'))],
  ])('with %s reads the same', async (_, bytes) => {
    expect((await readList(bytes, dtks)).report).toMatchObject({ rows: 3, persons: 3, refusedCount: 0 });
  });

  test('in an old encoding is read as Windows-1252, and that is told', async () => {
    const bytes = Buffer.from(csv(table([dtksRow({ nama: 'RENÉ' })])), 'latin1');
    const { report, households } = await readList(bytes, dtks);
    expect(households[0]?.persons[0]?.name).toBe('RENÉ');
    expect(report.warnings.map((warning) => warning.code)).toContain('encoding_old');
  });
});

describe('cancelling', () => {
  test.each([
    [
      'a workbook',
      () =>
        bdtWorkbook(...Array.from({ length: 3000 }, (_, index) => bdtRow({ 'Nama ART': `ORANG ${index}` }))),
      {},
    ],
    [
      'a CSV',
      () =>
        Promise.resolve(
          dtksCsv(...Array.from({ length: 3000 }, (_, index) => dtksRow({ id_dtks: `D-${index}` }))),
        ),
      dtks,
    ],
  ])('stops %s and hands nothing more out', async (_, make, options) => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number): void => {
      seen.push(done);
      stop.abort();
    };
    expect(await problemOf(await make(), { ...options, signal: stop.signal, onProgress })).toMatchObject({
      code: 'import_cancelled',
    });
    expect(seen.length).toBeGreaterThan(0);
  });
});
