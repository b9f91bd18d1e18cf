import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Household } from '../../shared/domain/household.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { loadAreaData } from '../area-names.ts';
import { loadAreas } from '../areas.ts';
import { readReference } from '../importing/read-reference.ts';
import { fileSource } from '../importing/source.ts';

const run = promisify(execFile);
const command = join(import.meta.dirname, 'make-kelurahan.ts');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-kelurahan-'));
});
afterAll(() => rm(folder, { recursive: true }));

function make(...args: string[]) {
  return run(process.execPath, [command, ...args]);
}

async function refusal(...args: string[]): Promise<{ code: unknown; stderr: string }> {
  const error = await make(...args).then(
    () => ({}),
    (cause: unknown) => cause,
  );
  return z.object({ code: z.unknown(), stderr: z.string().default('') }).parse(error);
}

const areas = loadAreaData(loadAreas('resources'), 'resources');

function read(file: string, source: ReferenceSource, mapping: ListMapping | null = null) {
  return fileSource(join(folder, file)).then((bytes) =>
    readReference(
      bytes,
      {
        source,
        areaCodes: ['BDT2015', 'REGSOSEK'].includes(source) ? 'bps' : null,
        kelurahan: source === 'REGSOSEK' ? '31.71.01.1001' : null,
        mapping,
        areas,
        today: '2026-11-22',
      },
      { household: () => {}, person: () => {} },
    ),
  );
}

test('writes the files, and the import reads every row of them', async () => {
  const { stdout } = await make('--households', '60', '--seed', '3', '--out', folder, '--date', '2026-11-22');
  expect(stdout).toContain('BDT 2015:');
  const bdt = await read('bdt-2015.xlsx', 'BDT2015');
  expect(bdt).toMatchObject({ refusedCount: 0, warnings: [], unknownColumns: [], absentColumns: [] });
  expect(bdt.households).toBeGreaterThan(35);
  const asCsv = await read('dtks.csv', 'DTKS');
  const asWorkbook = await read('dtks.xlsx', 'DTKS');
  expect(asCsv).toMatchObject({ refusedCount: 0, unknownColumns: [], absentColumns: [] });
  expect({ ...asWorkbook, sheet: null }).toEqual(asCsv);
  const { cases } = z
    .object({ cases: z.array(z.object({ household: Household })) })
    .parse(JSON.parse(await readFile(join(folder, 'cases.json'), 'utf8')));
  expect(cases).toHaveLength(24);
});

test.each([
  ['dtsen-sebelumnya.xlsx', 'DTSEN', []],
  ['dtsen.xlsx', 'DTSEN', []],
  ['siks.xlsx', 'SIKS', ['disability_codes_shifted']],
  ['regsosek.xlsx', 'REGSOSEK', ['assets_shifted']],
  ['ppks.csv', 'PPKS', []],
  ['padan-dukcapil.xlsx', 'DUKCAPIL', []],
] as const)('%s is read whole by its profile', async (file, source, warnings) => {
  const report = await read(file, source);
  expect(report).toMatchObject({ refusedCount: 0, unknownColumns: [] });
  expect(report.rows).toBeGreaterThan(source === 'PPKS' ? 0 : 50);
  expect(report.persons).toBe(report.rows);
  const odd = report.warnings.filter(({ code }) => code !== 'nik_repeated' && code !== 'kelurahan_unknown');
  expect(odd.map(({ code }) => code)).toEqual(warnings);
});

test('carik.csv is read by a mapping', async () => {
  await expect(read('carik.csv', 'CARIK')).rejects.toMatchObject({ code: 'import_mapping_needed' });
  const columns = [
    { header: 'Nama Warga', role: 'name' },
    { header: 'NIK Warga', role: 'nik' },
    { header: 'No. Kartu Keluarga', role: 'kk' },
    { header: 'Tgl. Lahir', role: 'birth_date' },
    { header: 'Kelurahan', role: 'kelurahan' },
    { header: 'Kategori Ekonomi', role: 'answer' },
  ] as const;
  const report = await read('carik.csv', 'CARIK', { sheet: null, headerRow: 1, columns: [...columns] });
  expect(report).toMatchObject({ refusedCount: 0, absentColumns: [] });
  expect(report.unknownColumns).toEqual(['L/P', 'Hub. Keluarga', 'Alamat Domisili', 'RT', 'RW', 'Dasawisma']);
  expect(report.warnings.filter(({ code }) => code.endsWith('_unreadable'))).toEqual([]);
});

test('the same options write the same lists', async () => {
  const before = await readFile(join(folder, 'dtks.csv'), 'utf8');
  await make('--households', '60', '--seed', '3', '--out', folder, '--date', '2026-11-22');
  expect(await readFile(join(folder, 'dtks.csv'), 'utf8')).toBe(before);
});

test('--help says what it does', async () => {
  expect((await make('--help')).stdout).toContain('--households N');
});

describe('what it cannot do ends in one line and exit code 2', () => {
  test.each([
    ['no folder', [], 'folder tujuan'],
    ['a number that is none', ['--out', tmpdir(), '--households', 'banyak'], '--households'],
    ['no household', ['--out', tmpdir(), '--households', '0'], '--households'],
    ['an unknown flag', ['--rumah', '3'], '--rumah'],
    ['an unknown kelurahan', ['--out', tmpdir(), '--kelurahan', '31.99.01.1001'], '31.99.01.1001'],
    ['a date that is none', ['--out', tmpdir(), '--date', '2026-13-01'], '--date'],
  ])('%s', async (_, args, said) => {
    const { code, stderr } = await refusal(...args);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(said)]);
  });

  test('a folder that cannot be made', async () => {
    const file = join(folder, 'berkas');
    await writeFile(file, '');
    const { code, stderr } = await refusal('--out', join(file, 'dalam'));
    expect(code).toBe(2);
    expect(stderr).toContain('ENOTDIR');
  });
});
