import { describe, expect, test } from 'vitest';
import { bdtRow, bdtWorkbook, readList } from '../../tests/fixtures/read-list.ts';
import { workbook } from '../../tests/fixtures/reference-files.ts';
import { bdt2015, bdt2015Width } from './bdt-2015.ts';
import { headerKey } from './profile.ts';

describe('the profile', () => {
  test('names the 101 columns of the source, then what exports add', () => {
    expect(bdt2015Width).toBe(101);
    expect(bdt2015.columns[0]?.header).toBe('ruta_6');
    expect(bdt2015.columns[77]?.header).toBe('percentile');
    expect(bdt2015.columns[80]?.header).toBe('NIK');
    expect(bdt2015.columns[100]?.header).toBe('Status pekerjaan');
  });

  test('no header means two columns', () => {
    const owners = new Map<string, string>();
    for (const column of bdt2015.columns) {
      for (const key of new Set([column.header, column.field, ...column.synonyms].map(headerKey))) {
        expect(owners.get(key) ?? column.field, key).toBe(column.field);
        owners.set(key, column.field);
      }
    }
  });
});

test('rows of one household become a household with its members', async () => {
  const bytes = await bdtWorkbook(
    bdtRow({ Lantai: 6, Atap: '5', percentile: 12, 'No urut ART': 1 }),
    bdtRow({
      Lantai: 6,
      Atap: '5',
      percentile: 12,
      'No urut ART': 2,
      'Nama ART': 'BUDI',
      NIK: '3171010202050002',
      HubKRT: 3,
      JK: 1,
      Umur: 10,
    }),
    bdtRow({ 'ID rumah tangga': '3173050003000121', 'Nama ART': 'JOKO', NIK: '3171010303700003', JK: 1 }),
  );
  const { report, households } = await readList(bytes);
  expect(report).toMatchObject({
    sheet: 'BDT',
    rows: 3,
    households: 2,
    persons: 3,
    refusedCount: 0,
    warnings: [],
  });
  expect(households[0]?.household).toEqual({
    sourceId: '3173050003000120',
    kk: null,
    street: 'JL. KEBON SIRIH NO. 12',
    rt: 3,
    rw: 2,
    kelurahan: '31.71.01.1001',
    kelurahanName: 'GAMBIR',
    percentile: 12,
    desil: null,
    answers: { lantai: '6', atap: '5', nama_sls: 'RT 003 RW 002' },
  });
  expect(
    households[0]?.persons.map(({ name, order, relation, sex, age }) => ({
      name,
      order,
      relation,
      sex,
      age,
    })),
  ).toEqual([
    { name: 'SITI AMINAH', order: 1, relation: '1', sex: 'P', age: 35 },
    { name: 'BUDI', order: 2, relation: '3', sex: 'L', age: 10 },
  ]);
});

test('headers are found whatever their case, blanks, numbers and punctuation, and below title rows', async () => {
  const bytes = await workbook({
    Sheet1: [
      ['DAFTAR RUMAH TANGGA'],
      [],
      ['2. ID Rumah-Tangga', 'NAMA  ART', 'n.i.k', 'Hub_KRT', 'JENIS LANTAI (terluas)', 'sta_bangunan', 'jk'],
      [1, 2, 3, 4, 5, 6, 7],
      ['R1', 'SITI', '3171014101800001', 1, 9, 2, 2],
    ],
  });
  const { report, households } = await readList(bytes, { areaCodes: null });
  expect(report).toMatchObject({ rows: 1, persons: 1, unknownColumns: [] });
  expect(households[0]?.household.answers).toEqual({ lantai: '9', sta_bangunan: '2' });
});

test('asset codes stay as the source has them, 1/2 and 3/4 in turn', async () => {
  const bytes = await bdtWorkbook(
    bdtRow({ 'Tabung gas 5,5 kg': 1, 'Lemari es': 3, AC: 2, 'Pemanas air': 4, Motor: 3, Sepeda: 2 }),
  );
  const { report, households } = await readList(bytes);
  expect(households[0]?.household.answers).toMatchObject({
    ada_tabung_gas: '1',
    ada_lemari_es: '3',
    ada_ac: '2',
    ada_pemanas: '4',
    ada_motor: '3',
    ada_sepeda: '2',
  });
  expect(report.warnings).toEqual([]);
});

test('a code that the instrument does not know is kept and told', async () => {
  const { report, households } = await readList(await bdtWorkbook(bdtRow({ 'Lemari es': 1, Lantai: 11 })));
  expect(households[0]?.household.answers).toMatchObject({ ada_lemari_es: '1', lantai: '11' });
  expect(report.warnings.map((warning) => warning.code)).toEqual(['code_unknown', 'code_unknown']);
  expect(report.warnings.map((warning) => warning.message).join(' ')).toMatch(
    /Lemari es berisi kode "1".*Lantai berisi kode "11"/,
  );
});

test('two-digit codes get back the zero that a spreadsheet ate', async () => {
  const { households } = await readList(await bdtWorkbook(bdtRow({ Cacat: 0, Jenjang: 7 })));
  expect(households[0]?.persons[0]?.answers).toMatchObject({ Jenis_cacat: '00', Pendidikan_tertinggi: '07' });
});

test('unknown columns are listed, and a column given twice is told', async () => {
  const bytes = await workbook({
    BDT: [
      ['ID rumah tangga', 'Nama ART', 'NIK', 'HubKRT', 'Catatan petugas', 'nama lengkap'],
      ['R1', 'SITI', '3171014101800001', 1, 'x', 'TITI'],
    ],
  });
  const { report, households } = await readList(bytes, { areaCodes: null });
  expect(report.unknownColumns).toEqual(['Catatan petugas']);
  expect(report.warnings.map((warning) => warning.code)).toContain('column_repeated');
  expect(households[0]?.persons[0]?.name).toBe('SITI');
  expect(report.absentColumns).toContain('percentile');
  expect(report.absentColumns).not.toContain('Tanggal lahir');
});

test('a household whose rows stand apart stays one; rows that disagree are told', async () => {
  const bytes = await bdtWorkbook(
    bdtRow({ Lantai: 6 }),
    bdtRow({ 'ID rumah tangga': 'lain', NIK: null }),
    bdtRow({ Lantai: 2, 'Nama ART': 'BUDI', NIK: '3171010202050002' }),
  );
  const { report, households } = await readList(bytes);
  expect(households).toHaveLength(2);
  expect(households[0]?.persons).toHaveLength(2);
  expect(households[0]?.household.answers['lantai']).toBe('6');
  expect(report.warnings).toEqual([
    expect.objectContaining({ code: 'household_differs', count: 1, rows: [4] }),
  ]);
});

test('a damaged or missing household ID refuses the row', async () => {
  const bytes = await bdtWorkbook(
    bdtRow({ 'ID rumah tangga': 31730500030001200 }),
    bdtRow({ 'ID rumah tangga': '3.17E+15' }),
    bdtRow({ 'ID rumah tangga': null }),
    bdtRow(),
  );
  const { report } = await readList(bytes);
  expect(report.refused.map(({ row, reason }) => [row, reason])).toEqual([
    [2, 'household_id_damaged'],
    [3, 'household_id_damaged'],
    [4, 'household_id_missing'],
  ]);
  expect(report).toMatchObject({ households: 1, persons: 1 });
});

describe('area codes', () => {
  test('must be declared where the list has them', async () => {
    await expect(readList(await bdtWorkbook(bdtRow()), { areaCodes: null })).rejects.toMatchObject({
      code: 'import_area_code_system',
    });
  });

  test('a declaration that the names contradict is told', async () => {
    const { report, households } = await readList(await bdtWorkbook(bdtRow()), { areaCodes: 'kemendagri' });
    expect(report.warnings).toEqual([
      expect.objectContaining({ code: 'other_code_system', message: expect.stringContaining('3173') }),
    ]);
    expect(households[0]?.household.kelurahan).toBe('31.71.01.1001');
    expect(report.detectedAreas).toEqual([
      {
        code: '31-73-050-003',
        name: 'GAMBIR',
        kelurahan: '31.71.01.1001',
        kelurahanName: 'Gambir',
        households: 1,
      },
    ]);
  });

  test('an unknown kelurahan comes in without a code, and is told', async () => {
    const { report, households } = await readList(
      await bdtWorkbook(bdtRow({ 'Desa/Kelurahan': 'SUKAMAJU' })),
    );
    expect(households[0]?.household).toMatchObject({ kelurahan: null, kelurahanName: 'SUKAMAJU' });
    expect(report.warnings).toEqual([
      expect.objectContaining({ code: 'kelurahan_unknown', message: expect.stringContaining('SUKAMAJU') }),
    ]);
  });
});

test('a list far longer than what the streams hold at once is read to its end', async () => {
  const rows = Array.from({ length: 4000 }, (_, index) =>
    bdtRow({
      'ID rumah tangga': `R${index >> 2}`,
      'Nama ART': `ORANG KE-${index}`,
      NIK: `317101410180${String(index + 1000)}`,
    }),
  );
  const seen: number[] = [];
  const { report, households } = await readList(await bdtWorkbook(...rows), {
    onProgress: (done, total) => seen.push(done / total),
  });
  expect(report).toMatchObject({ rows: 4000, households: 1000, refusedCount: 4 });
  expect(households.at(-1)?.persons.at(-1)?.name).toBe('ORANG KE-3999');
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((left, right) => left - right));
});
