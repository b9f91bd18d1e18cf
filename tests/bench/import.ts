import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import { generateKelurahan } from '../../electron/training/generate.ts';
import { bdtColumns, writeWorkbook } from '../../electron/training/list-files.ts';
import type { ListRow } from '../../electron/training/reference-views.ts';
import type { Suite } from './suite.ts';

const run = promisify(execFile);
const households = 5_000;

/** What `import-child.ts` prints. */
export const ImportMeasured = z.object({
  seconds: z.number(),
  households: z.number(),
  persons: z.number(),
  longestWaitMs: z.number(),
  cpuSeconds: z.number(),
  peakMb: z.number(),
});
export type ImportMeasured = z.infer<typeof ImportMeasured>;

/**
 * A BDT 2015 workbook of 5,000 households through the whole office, upload to snapshot, in a process
 * of its own so that its memory is its own.
 */
export const importSuite: Suite = {
  name: 'import',
  runs: 3,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-'));
    const file = join(folder, 'bdt-2015.xlsx');
    await writeWorkbook(file, 'BDT 2015', bdtColumns, firstHouseholds());
    return {
      run: async () => {
        const child = join(import.meta.dirname, 'import-child.ts');
        const { stdout } = await run(process.execPath, [child, file]);
        const measured = ImportMeasured.parse(JSON.parse(stdout));
        if (measured.households !== households) throw new Error(`${measured.households} households came in.`);
        return [
          { metric: 'bdt_5000_households', value: measured.seconds, unit: 's', bar: 60 },
          { metric: 'peak_memory', value: measured.peakMb, unit: 'MB', bar: 500 },
          { metric: 'cpu_time', value: measured.cpuSeconds, unit: 's' },
          { metric: 'persons', value: measured.persons, unit: 'rows' },
          { metric: 'longest_wait_of_others', value: measured.longestWaitMs, unit: 'ms' },
        ];
      },
      cleanUp: () => rm(folder, { recursive: true }),
    };
  },
};

/** The rows of the first 5,000 households that the list of a synthetic kelurahan knows. */
function firstHouseholds(): ListRow[] {
  const areas = loadAreaData(loadAreas('resources'), 'resources');
  const made = generateKelurahan({
    households: 6_600,
    seed: 1,
    kelurahan: '31.71.01.1001',
    areas,
    today: '2026-11-22',
  });
  const rows = made.reference[0]?.rows ?? [];
  const seen = new Set<unknown>();
  return rows.filter((row) => {
    seen.add(row['id_rumah_tangga']);
    return seen.size <= households;
  });
}
