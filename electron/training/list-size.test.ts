import { expect, test } from 'vitest';
import { uploadLimit } from '../../shared/contract/reference.ts';
import { loadAreaData } from '../area-names.ts';
import { loadAreas } from '../areas.ts';
import { generateKelurahan } from './generate.ts';
import { csvLine, dtksColumns } from './list-files.ts';

test('a list of a million persons is small enough to be taken in', () => {
  const areas = loadAreaData(loadAreas('resources'), 'resources');
  const { reference } = generateKelurahan({
    households: 200,
    seed: 1,
    kelurahan: '31.71.01.1001',
    areas,
    today: '2026-11-22',
  });
  const rows = reference.find(({ source }) => source === 'DTKS')?.rows ?? [];
  expect(rows.length).toBeGreaterThan(100);
  const bytes = rows.reduce(
    (sum, row) => sum + Buffer.byteLength(csvLine(dtksColumns.map(({ field }) => String(row[field] ?? '')))),
    0,
  );
  expect((1_000_000 * bytes) / rows.length).toBeLessThan(uploadLimit);
});
