import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { dtksCsv, dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { csv, table, withWorkbookXml, workbook } from '../../tests/fixtures/reference-files.ts';

const options = { source: 'DTKS', areaCodes: null } as const;

test('persons are grouped to families by their No KK', async () => {
  const bytes = dtksCsv(
    dtksRow(),
    dtksRow({
      id_dtks: 'D-2',
      nomor_nik: '3171010202050002',
      nama: 'BUDI',
      jenis_kelamin: 'LAKI-LAKI',
      tanggal_lahir: '02/02/2005',
      hubungan_keluarga: 'ANAK',
    }),
    dtksRow({
      id_dtks: 'D-3',
      nomor_kk: '3171010101200002',
      nomor_nik: '3171010303700003',
      nama: 'JOKO',
      jenis_kelamin: 'L',
      hubungan_keluarga: 'FAMILI LAIN',
    }),
  );
  const { report, households } = await readList(bytes, options);
  expect(report).toMatchObject({
    sheet: null,
    rows: 3,
    households: 2,
    persons: 3,
    refusedCount: 0,
    warnings: [],
  });
  expect(households[0]?.household).toMatchObject({
    sourceId: '3171010101200001',
    kk: '3171010101200001',
    rt: 3,
    rw: 2,
    kelurahan: '31.71.01.1001',
  });
  expect(households[0]?.persons).toEqual([
    {
      sourceId: 'D-1',
      order: 1,
      name: 'SITI AMINAH',
      nik: '3171014101800001',
      kk: '3171010101200001',
      sex: 'P',
      birthPlace: 'JAKARTA',
      birthDate: '1980-01-01',
      age: null,
      relation: '1',
      familyNo: null,
      motherName: 'FATIMAH',
      answers: {},
    },
    expect.objectContaining({ order: 2, name: 'BUDI', sex: 'L', birthDate: '2005-02-02', relation: '3' }),
  ]);
  expect(households[1]?.persons[0]?.relation).toBe('8');
});

test('the same list as a workbook reads the same, dates as serial numbers included', async () => {
  const bytes = await workbook({ Data: table([dtksRow({ tanggal_lahir: 29221, rt: 3, rw: 2 })]) });
  const { households } = await readList(bytes, options);
  expect(households[0]?.persons[0]?.birthDate).toBe('1980-01-01');
  expect(households[0]?.household).toMatchObject({ rt: 3, rw: 2 });
});

test.each(['1', 'true'])(
  'a workbook whose days count from 1904 (%j) says so, and is believed',
  async (said) => {
    const bytes = await workbook({ Data: table([dtksRow({ tanggal_lahir: 29221 - 1462 })]) });
    const shifted = await withWorkbookXml(bytes, (xml) =>
      xml.replace(/<workbookPr[^>]*>/, `<workbookPr date1904="${said}"/>`),
    );
    const { households } = await readList(shifted, options);
    expect(households[0]?.persons[0]?.birthDate).toBe('1980-01-01');
  },
);

test('a year of two digits is read and told; a year in place of a date is emptied and told', async () => {
  const rows = [dtksRow({ tanggal_lahir: '17/08/80' }), dtksRow({ nomor_nik: '', tanggal_lahir: 1980 })];
  const { report, households } = await readList(await workbook({ Data: table(rows) }), options);
  expect(households[0]?.persons.map(({ birthDate }) => birthDate)).toEqual(['1980-08-17', null]);
  expect(report.warnings.map(({ code, rows: at }) => [code, at])).toEqual([
    ['birth_year_short', [2]],
    ['birth_date_unreadable', [3]],
  ]);
});

test('RT and RW are read as they are written in their columns; what stays unread is told', async () => {
  const rows = [
    ['RT 003', 'RW 05'],
    ['003/005', ''],
    ['III', '-'],
  ].map(([rt, rw], at) =>
    dtksRow({
      nomor_kk: `317101010120000${at + 1}`,
      nomor_nik: '',
      alamat: 'Jl. A',
      rt: rt ?? '',
      rw: rw ?? '',
    }),
  );
  const { report, households } = await readList(dtksCsv(...rows), options);
  expect(households.map(({ household: { rt, rw } }) => [rt, rw])).toEqual([
    [3, 5],
    [3, 5],
    [null, null],
  ]);
  expect(report.warnings).toEqual([
    { code: 'rt_unreadable', message: expect.stringContaining('"III"'), count: 1, rows: [4] },
  ]);
});

describe('NIK and No KK', () => {
  test.each([
    ['scientific notation', '3.17E+15', 'notasi ilmiah'],
    ['scientific notation with a comma', '3,17101E+15', 'notasi ilmiah'],
    ['zeros at the end', '3171014101800000', '000'],
  ])('%s refuses the row and says why', async (_, nik, why) => {
    const { report } = await readList(dtksCsv(dtksRow({ nomor_nik: nik }), dtksRow()), options);
    expect(report).toMatchObject({ rows: 2, persons: 1, refusedCount: 1 });
    expect(report.refused).toEqual([
      { row: 2, reason: 'nik_damaged', message: expect.stringContaining(why), columns: ['nomor_nik'] },
    ]);
  });

  test('a damaged No KK refuses the row: families would run into each other', async () => {
    const { report } = await readList(dtksCsv(dtksRow({ nomor_kk: '3.17E+15' }), dtksRow()), options);
    expect(report.refused).toEqual([
      expect.objectContaining({ reason: 'kk_damaged', columns: ['nomor_kk'] }),
    ]);
  });

  const lastDigits = (count: number, from: number, digitOf: (at: number) => number) =>
    Array.from({ length: count }, (_, at) => {
      const no = from + at;
      const tail = [
        1 + (Math.floor(no / 81) % 9),
        1 + (Math.floor(no / 9) % 9),
        1 + (no % 9),
        digitOf(at),
      ].join('');
      return dtksRow({
        id_dtks: `D-${from + at}`,
        nomor_kk: `31710101${String(1 + (at % 28)).padStart(2, '0')}12${tail}`,
        nomor_nik: `31710101${String(1 + (at % 28)).padStart(2, '0')}80${tail}`,
      });
    });

  test('a column of which nearly every number ends in 0 has lost its last digit: those are refused, the rest is read', async () => {
    const rows = lastDigits(30, 0, (at) => (at === 7 ? 4 : 0));
    const { report } = await readList(dtksCsv(...rows), options);
    expect(report).toMatchObject({ rows: 30, persons: 1, refusedCount: 29 });
    expect(report.refused[0]).toMatchObject({
      row: 2,
      reason: 'kk_damaged',
      message: expect.stringContaining('kolom bertipe teks'),
    });
    const onlyNik = rows.map((row, at) => ({ ...row, nomor_kk: `31710101011200${String(11 + at)}` }));
    const niks = await readList(dtksCsv(...onlyNik), options);
    expect(niks.report.refused.map(({ reason }) => reason)).toEqual(Array(29).fill('nik_damaged'));
  });

  test('one in ten, a short list, and one family ending in 0 are chance', async () => {
    const tenth = await readList(dtksCsv(...lastDigits(60, 0, (at) => at % 10)), options);
    expect(tenth.report.refusedCount).toBe(0);
    expect((await readList(dtksCsv(...lastDigits(23, 0, () => 0)), options)).report.refusedCount).toBe(0);
    const family = lastDigits(30, 0, (at) => at % 10).map((row) => ({
      ...row,
      nomor_kk: '3171010101200010',
    }));
    expect((await readList(dtksCsv(...family), options)).report.refusedCount).toBe(0);
  });

  test('a part that was pasted behind good rows is told by itself, what is left over as well', async () => {
    const rows = [...lastDigits(1_000, 0, (at) => at % 10), ...lastDigits(1_010, 1_000, () => 0)];
    const { report } = await readList(dtksCsv(...rows), options);
    expect(report).toMatchObject({ persons: 1_000, refusedCount: 1_010 });
  });

  test('each part of a list that was pasted together is told by itself, not by its first rows', async () => {
    const [good, bad] = [(at: number) => at % 10, () => 0];
    const between = [
      ...lastDigits(400, 0, good),
      ...lastDigits(400, 400, bad),
      ...lastDigits(410, 800, good),
    ];
    const { report } = await readList(dtksCsv(...between), options);
    expect(report).toMatchObject({ persons: 810, refusedCount: 400 });
    const before = [...lastDigits(200, 0, bad), ...lastDigits(300, 200, good)];
    expect((await readList(dtksCsv(...before), options)).report).toMatchObject({
      persons: 300,
      refusedCount: 200,
    });
  });

  test('blank and filler NIK come in without one', async () => {
    const { report, households } = await readList(
      dtksCsv(
        dtksRow({ nomor_nik: '' }),
        dtksRow({ nomor_nik: '0' }),
        dtksRow({ nomor_nik: '-' }),
        dtksRow({ nomor_nik: '9999999999999999' }),
      ),
      options,
    );
    expect(households[0]?.persons.map((person) => person.nik)).toEqual([null, null, null, null]);
    expect(report).toMatchObject({ withoutNik: 4, refusedCount: 0 });
    expect(report.warnings).toEqual([
      expect.objectContaining({ code: 'nik_filler', count: 3, rows: [3, 4, 5] }),
    ]);
  });

  test('a NIK of another length comes in without one; what was written is kept', async () => {
    const { report, households } = await readList(dtksCsv(dtksRow({ nomor_nik: '31710141018001' })), options);
    expect(households[0]?.persons[0]).toMatchObject({ nik: null, answers: { nik_asal: '31710141018001' } });
    expect(report.warnings[0]?.code).toBe('nik_odd');
  });

  test('an apostrophe before the number and blanks in it do no harm', async () => {
    const { households } = await readList(dtksCsv(dtksRow({ nomor_nik: "'3171 0141 0180 0001" })), options);
    expect(households[0]?.persons[0]?.nik).toBe('3171014101800001');
  });

  test('the same NIK twice is told, and both come in', async () => {
    const { report } = await readList(dtksCsv(dtksRow(), dtksRow({ nomor_kk: '3171010101200002' })), options);
    expect(report).toMatchObject({ persons: 2 });
    expect(report.warnings).toEqual([expect.objectContaining({ code: 'nik_repeated', rows: [3] })]);
  });

  test('without No KK each person is a family of its own; without any ID the row is refused', async () => {
    const { report, households } = await readList(
      dtksCsv(dtksRow({ nomor_kk: '' }), dtksRow({ nomor_kk: '', id_dtks: '' })),
      options,
    );
    expect(households.map(({ household }) => household.sourceId)).toEqual(['D-1']);
    expect(report.refused).toEqual([expect.objectContaining({ row: 3, reason: 'household_id_missing' })]);
  });
});

test('a word in No KK makes no household of those who share it; a number that lacks digits does', async () => {
  const { report, households } = await readList(
    dtksCsv(
      ...['BELUM PUNYA KK', 'PROSES', 'PROSES', '-', '31710101012000', '31710101012000'].map((kk, at) =>
        dtksRow({ id_dtks: `D-${at}`, nomor_nik: '', nomor_kk: kk }),
      ),
      dtksRow({ id_dtks: '-', nomor_nik: '', nomor_kk: 'PROSES' }),
    ),
    options,
  );
  expect(households.map(({ household: { sourceId }, persons }) => [sourceId, persons.length])).toEqual([
    ['D-0', 1],
    ['D-1', 1],
    ['D-2', 1],
    ['D-3', 1],
    ['31710101012000', 2],
  ]);
  expect(report.refused.map(({ row, reason }) => [row, reason])).toEqual([[8, 'household_id_missing']]);
  expect(Object.fromEntries(report.warnings.map(({ code, count }) => [code, count]))).toMatchObject({
    kk_no_number: 4,
    kk_odd: 2,
  });
});

test.each(['CSV', 'workbook'])(
  'the error of a formula in a %s is a blank cell, and told by its column',
  async (kind) => {
    const rows = table([
      dtksRow({ alamat: '#N/A', nomor_kk: ' #REF! ', catatan: '#N/A' }),
      dtksRow({ id_dtks: 'D-2', nomor_nik: '', alamat: '#1 Jl. A' }),
    ]);
    const bytes = kind === 'CSV' ? Buffer.from(csv(rows)) : await workbook({ Data: rows });
    const { report, households } = await readList(bytes, options);
    expect(households.map(({ household: { sourceId, street } }) => [sourceId, street])).toEqual([
      ['D-1', null],
      ['3171010101200001', '#1 Jl. A'],
    ]);
    expect(report.warnings.filter(({ code }) => code === 'cell_error')).toEqual([
      expect.objectContaining({ rows: [2], message: expect.stringContaining('alamat') }),
      expect.objectContaining({ rows: [2], message: expect.stringContaining('nomor_kk') }),
    ]);
  },
);

test('an error cell of a workbook, of a formula or alone, is blank too', async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Data');
  sheet.addRows(table([dtksRow()]));
  const at = Object.keys(dtksRow()).indexOf('alamat') + 1;
  for (const value of [{ error: '#N/A' }, { formula: 'NA()', result: { error: '#N/A' } }] as const) {
    sheet.getRow(2).getCell(at).value = value;
    const { report, households } = await readList(Buffer.from(await book.xlsx.writeBuffer()), options);
    expect(households[0]?.household.street).toBeNull();
    expect(report.warnings.map(({ code }) => code)).toEqual(['cell_error']);
  }
});

test('a formula that is filled down is read in every row, not in the first alone', async () => {
  const niks = ['3171014101800001', '3171014101800002', '3171014101800003'];
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Data');
  sheet.addRows(table(niks.map((_, at) => dtksRow({ id_art: `A-${at}` }))));
  const at = Object.keys(dtksRow()).indexOf('nomor_nik') + 1;
  const [first, last] = [2, niks.length + 1].map((row) => sheet.getRow(row).getCell(at).address);
  sheet.fillFormula(`${first}:${last}`, 'Z2', (row) => niks[row - 2] ?? '');
  const { households } = await readList(Buffer.from(await book.xlsx.writeBuffer()), options);
  expect(households.flatMap(({ persons }) => persons.map(({ nik }) => nik))).toEqual(niks);
});

test('a header with more in parentheses is read only where the plain one is not there', async () => {
  const named = (name: string, family: string) => ({
    'Nama (Kepala Keluarga)': family,
    ...dtksRow({ nama: name }),
  });
  const { report, households } = await readList(dtksCsv(named('SITI', 'BUDI')), options);
  expect(households[0]?.persons[0]?.name).toBe('SITI');
  expect(report).toMatchObject({ unknownColumns: ['Nama (Kepala Keluarga)'], warnings: [] });
  const { nama, ...rest } = dtksRow();
  const alone = await readList(dtksCsv({ ...rest, 'Nama (sesuai KTP)': nama ?? '' }), options);
  expect(alone.households[0]?.persons[0]?.name).toBe('SITI AMINAH');
});

test('a name that is blank refuses the row', async () => {
  const { report } = await readList(dtksCsv(dtksRow({ nama: '  ' }), dtksRow()), options);
  expect(report.refused).toEqual([
    expect.objectContaining({ row: 2, reason: 'name_missing', columns: ['nama'] }),
  ]);
});

test('what cannot be read is emptied and told, never turned round', async () => {
  const { report, households } = await readList(
    dtksCsv(dtksRow({ tanggal_lahir: '12/31/1980', jenis_kelamin: '?', hubungan_keluarga: 'TETANGGA' })),
    options,
  );
  expect(households[0]?.persons[0]).toMatchObject({ birthDate: null, sex: null, relation: null });
  expect(report.warnings.map((warning) => warning.code).sort()).toEqual([
    'birth_date_month_first',
    'relation_unreadable',
    'sex_unreadable',
  ]);
});

test('a line with too few or too many values is refused', async () => {
  const text = csv(table([dtksRow(), dtksRow({ id_dtks: 'D-2' })]));
  const lines = text.split('\r\n');
  const broken = [lines[0], lines[1], 'D-9,DKI JAKARTA', `${lines[2]},lebih`, `${lines[2]},`].join('\r\n');
  const { report } = await readList(Buffer.from(broken), options);
  expect(report.refused.map(({ row, reason }) => [row, reason])).toEqual([
    [3, 'row_shifted'],
    [4, 'row_shifted'],
  ]);
  expect(report.persons).toBe(2);
});

describe('rows of one household that follow each other', () => {
  const said = async (...rows: Record<string, string>[]) => {
    const { report, households } = await readList(
      dtksCsv(...rows.map((row, at) => dtksRow({ id_dtks: `D-${at}`, nomor_nik: '', ...row }))),
      options,
    );
    const warned = report.warnings.map(({ code, count }) => [code, count]);
    return { warned, streets: households.map(({ household }) => household.street) };
  };

  test('tell what is odd about it each', async () => {
    expect(
      (await said({ kecamatan: 'TEBET' }, { kecamatan: 'TEBET' }, { kecamatan: 'TEBET' })).warned,
    ).toEqual([['kecamatan_differs', 3]]);
  });

  test('are read for themselves where they say something else, or stand under another card', async () => {
    const moved = { alamat: 'JL. LAIN 1' };
    expect((await said({}, {}, moved, moved, {})).warned).toEqual([['household_differs', 2]]);
    expect((await said({}, { ...moved, nomor_kk: '3171010101200009' })).streets).toEqual([
      'Jl. Kebon Sirih No. 12',
      'JL. LAIN 1',
    ]);
  });
});

test('an ID that a workbook rounded is none: two people would be one', async () => {
  const row = (id: number | string, nama: string) => dtksRow({ id_dtks: id, nama, nomor_nik: null });
  const { report, households } = await readList(
    await workbook({
      DTKS: table([
        row(3.171_010_000_123_45e17, 'ANI'),
        row(3.171_010_000_123_45e17, 'BUDI'),
        row(120_034, 'TUTI'),
      ]),
    }),
    options,
  );
  expect(households[0]?.persons.map(({ name, sourceId }) => [name, sourceId])).toEqual([
    ['ANI', null],
    ['BUDI', null],
    ['TUTI', '120034'],
  ]);
  expect(report.warnings).toEqual([
    expect.objectContaining({
      code: 'person_id_damaged',
      count: 2,
      message: expect.stringMatching(/^ID orang/),
    }),
  ]);
});
