import { describe, expect, it } from 'vitest';
import { bdtRow, bdtWorkbook, dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { csv, rowsOfWorkbook, someAreas, table, workbook } from '../../tests/fixtures/reference-files.ts';
import type { ReadOptions } from '../importing/read-reference.ts';
import { readReference } from '../importing/read-reference.ts';
import { memorySource } from '../importing/source.ts';
import { WorkbookFile } from './protected-workbook.ts';
import { RefusedBook } from './refused-table.ts';

/** The refused rows of a list as the workbook in which they leave. */
async function sentBack(bytes: Uint8Array, options: Partial<ReadOptions> = {}): Promise<Buffer> {
  const file = new WorkbookFile();
  const book = new RefusedBook(file);
  await readReference(
    memorySource(bytes),
    { source: 'BDT2015', areaCodes: 'bps', areas: someAreas, today: '2026-11-22', ...options },
    { household: () => {}, person: () => {}, refused: (sheet, row) => book.add(sheet, row) },
  );
  return file.finish([['Isi', 'Baris ditolak']]);
}

type Cells = (string | null)[];

/** A sheet of such a workbook with some cells changed: `mend` is given each row and its header. */
async function mended(
  bytes: Buffer,
  sheet: string,
  mend: (row: Record<string, string | null>) => Record<string, string | null>,
): Promise<Buffer> {
  const [headers = [], ...rows] = await rowsOfWorkbook(bytes, sheet);
  const names = headers.map((header) => header ?? '');
  const changed = rows.map((cells) => {
    const row = mend(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? null])));
    return names.map((name) => row[name] ?? null);
  });
  return workbook({ [sheet]: [names, ...changed] });
}

const reasonsOf = (report: { refused: { reason: string }[] }): string[] =>
  report.refused.map(({ reason }) => reason);

describe('rows that were refused, as they leave for whoever sent the list', () => {
  const broken = [
    bdtRow({ NIK: 3_171_014_101_800_010, 'Nama ART': 'NIK SEBAGAI ANGKA' }),
    bdtRow({ 'ID rumah tangga': 3_173_050_003_000_120, 'Nama ART': 'ID SEBAGAI ANGKA' }),
    bdtRow({ 'Nama ART': null, NIK: '3171014101800001' }),
    bdtRow({ 'ID rumah tangga': null, NIK: '3.17101E+15', 'Nama ART': 'DUA SALAH' }),
  ];

  it('say their row, everything that is wrong and what to do, and hold all their cells as text', async () => {
    const left = await sentBack(await bdtWorkbook(bdtRow(), ...broken));
    const [headers = [], ...rows] = await rowsOfWorkbook(left, 'BDT');
    const column = (header: string) => rows.map((cells) => cells[headers.indexOf(header)]);
    expect(headers.slice(0, 4)).toEqual([
      'Baris di berkas asal',
      'Yang salah',
      'Yang perlu dilakukan',
      'ID rumah tangga',
    ]);
    expect(column('Baris di berkas asal')).toEqual(['3', '4', '5', '6']);
    expect(column('Yang salah')[3]).toBe(
      'ID rumah tangga kosong, sehingga rumah tangganya tidak dapat dikenali. NIK tertulis "3.17101E+15": lembar sebar membulatkannya menjadi notasi ilmiah, angka aslinya hilang.',
    );
    expect(column('Yang perlu dilakukan')[3]).toBe(
      'Isi nomor yang mengenali keluarganya, sama di semua baris anggotanya. Tulis NIK lengkap 16 angka menurut KTP atau KK.',
    );
    expect(column('NIK')).toEqual([
      '3.17101410180001e+15',
      '3171014101800001',
      '3171014101800001',
      '3.17101E+15',
    ]);
    expect(column('Umur')).toEqual(['35', '35', '35', '35']);
    expect(column('Alamat')[0]).toBe('JL. KEBON SIRIH NO. 12');
  });

  it('are refused again for the same where nobody mended them', async () => {
    const { report } = await readList(await sentBack(await bdtWorkbook(...broken)));
    expect(report).toMatchObject({ persons: 0, refusedCount: 4, unknownColumns: [], sheet: 'BDT' });
    expect(reasonsOf(report)).toEqual([
      'nik_damaged',
      'household_id_damaged',
      'name_missing',
      'household_id_missing',
    ]);
  });

  it('come in once they are mended', async () => {
    const left = await sentBack(await bdtWorkbook(...broken));
    const whole = await mended(left, 'BDT', (row) => ({
      ...row,
      'ID rumah tangga': '3173050003000120',
      'Nama ART': row['Nama ART'] ?? 'SITI AMINAH',
      NIK: '3171014101800001',
    }));
    const { report, households } = await readList(whole);
    expect(report).toMatchObject({ rows: 4, persons: 4, refusedCount: 0, unknownColumns: [] });
    expect(households[0]?.household).toMatchObject({ sourceId: '3173050003000120', rt: 3, rw: 2 });
    expect(households[0]?.persons.map(({ age, sex }) => [age, sex])).toEqual(
      households.flatMap(({ persons }) => persons.map(() => [35, 'P'])),
    );
  });

  it('a number that is lost by its whole column is not taken for whole among the few that come back', async () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      dtksRow({
        nomor_nik: `31710141018${String(at + 10).padStart(4, '0')}0`,
        nama: at < 2 ? `BUDI ${at}` : `SITI ${at}`,
      }),
    );
    const rows = Buffer.from(csv(table(many)));
    const left = await sentBack(rows, { source: 'DTKS', areaCodes: null });
    const few = await mended(left, 'Baris ditolak', (row) =>
      row['nama']?.startsWith('BUDI') ? row : { ...row, nomor_nik: `${row['nomor_nik']?.slice(0, 1)}` },
    );
    const { report } = await readList(few, { source: 'DTKS', areaCodes: null });
    expect(report).toMatchObject({ refusedCount: 2 });
    expect(new Set(reasonsOf(report))).toEqual(new Set(['nik_damaged']));
  });

  it('a birth date that a spreadsheet counted in days comes back as a date', async () => {
    const bytes = await workbook({ A: table([dtksRow({ nama: null, tanggal_lahir: 29_221 })]) });
    const left = await sentBack(bytes, { source: 'DTKS', areaCodes: null });
    const whole = await mended(left, 'A', (row) => ({ ...row, nama: 'SITI' }));
    const { households } = await readList(whole, { source: 'DTKS', areaCodes: null });
    expect(households[0]?.persons[0]?.birthDate).toBe('1980-01-01');
  });

  it('a row that slid stands in one cell, since in a workbook nobody would see that it slid', async () => {
    const [header = [], row = []] = table([dtksRow()]);
    const shifted: Cells = [null, ...row.map((cell) => cell?.toString() ?? null)];
    const left = await sentBack(Buffer.from(csv([header, shifted])), { source: 'DTKS', areaCodes: null });
    const { report } = await readList(left, { source: 'DTKS', areaCodes: null });
    expect(report).toMatchObject({ persons: 0, refusedCount: 1, unknownColumns: [] });
    const [headers = [], cells = []] = await rowsOfWorkbook(left, 'Baris ditolak');
    expect(cells[headers.indexOf('Isi baris asal')]).toContain('3171014101800001 | SITI AMINAH');
    const whole = await mended(left, 'Baris ditolak', (cells) => ({ ...cells, ...textsOf(dtksRow()) }));
    expect((await readList(whole, { source: 'DTKS', areaCodes: null })).report).toMatchObject({
      persons: 1,
      refusedCount: 0,
      warnings: [],
    });
  });

  it('keep their sheets, also one that is called as the note about the workbook is', async () => {
    const rows = table([dtksRow({ nama: null })]);
    const bytes = await workbook({ 'RW 01': rows, Keterangan: rows });
    const left = await sentBack(bytes, { source: 'DTKS', areaCodes: null });
    const { report } = await readList(left, { source: 'DTKS', areaCodes: null });
    expect(report).toMatchObject({ refusedCount: 2, sheet: 'RW 01, Keterangan' });
  });

  it('of a family’s own row ask for the rows of its members too', async () => {
    const kk = '3171010101200001';
    const bytes = await workbook({
      Keluarga: table([{ nomor_kartu_keluarga: '3.17101E+15', alamat: 'Jl. A', rt: 3, rw: 2, desil: 4 }]),
      Individu: table([{ nomor_kartu_keluarga: kk, nomor_induk_kependudukan: kk, nama: 'SITI' }]),
    });
    const left = await sentBack(bytes, { source: 'DTSEN', areaCodes: null });
    const [, cells] = await rowsOfWorkbook(left, 'Keluarga');
    expect(cells?.[2]).toBe(
      'Tulis No KK lengkap 16 angka menurut KK. Sertakan pula baris semua anggotanya pada lembar anggota.',
    );
  });

  it('come in by what was said of the columns of their list', async () => {
    const mapping = {
      sheet: 'Data',
      headerRow: 1,
      columns: [
        { header: 'Orang', at: 0, role: 'name' as const },
        { header: 'No', at: 1, role: 'nik' as const },
        { header: 'Kartu', at: 2, role: 'kk' as const },
      ],
    };
    const how = { source: 'LAIN' as const, areaCodes: null, mapping };
    const bytes = await workbook({
      Data: [
        ['Orang', 'No', 'Kartu'],
        ['SITI', 3_171_014_101_800_010, '3171010101200001'],
      ],
    });
    const left = await sentBack(bytes, how);
    const whole = await mended(left, 'Data', (row) => ({ ...row, No: '3171014101800001' }));
    const { report, households } = await readList(whole, how);
    expect(report).toMatchObject({ persons: 1, refusedCount: 0, unknownColumns: [] });
    expect(households[0]?.persons[0]).toMatchObject({ name: 'SITI', nik: '3171014101800001' });
  });
});

function textsOf(row: ReturnType<typeof dtksRow>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell?.toString() ?? null]));
}
