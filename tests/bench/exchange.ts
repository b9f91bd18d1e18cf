import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { dtsen } from '../../electron/importing/dtsen.ts';
import { writeCsv } from '../../electron/training/list-files.ts';
import type { ListRow } from '../../electron/training/reference-views.ts';
import type { Suite } from './suite.ts';

const run = promisify(execFile);
const persons = 100_000;

/** What `exchange-child.ts` prints. */
export const ExchangeMeasured = z.object({
  persons: z.number(),
  exportedRows: z.number(),
  importSeconds: z.number(),
  stageSeconds: z.number(),
  acceptSeconds: z.number(),
  exportSeconds: z.number(),
  importPeakMb: z.number(),
  peakMb: z.number(),
});
export type ExchangeMeasured = z.infer<typeof ExchangeMeasured>;

/**
 * A DTSEN list of 100,000 persons comes in, its next quarter is laid beside it and accepted, and the
 * result leaves as a locked workbook, in one process whose memory is measured.
 */
export const exchangeSuite: Suite = {
  name: 'exchange',
  runs: 1,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-'));
    const files = [join(folder, 'sebelumnya.csv'), join(folder, 'sekarang.csv')] as const;
    await writeCsv(files[0], columns, rows(0));
    await writeCsv(files[1], columns, rows(1));
    return {
      run: async () => {
        const child = join(import.meta.dirname, 'exchange-child.ts');
        const { stdout } = await run(process.execPath, [child, ...files]);
        const measured = ExchangeMeasured.parse(JSON.parse(stdout));
        if (measured.persons !== persons || measured.exportedRows < persons * 0.9)
          throw new Error(`${measured.persons} came in, ${measured.exportedRows} left.`);
        return [
          { metric: 'import_100k', value: measured.importSeconds, unit: 's' },
          { metric: 'stage_100k', value: measured.stageSeconds, unit: 's' },
          { metric: 'accept_100k', value: measured.acceptSeconds, unit: 's' },
          { metric: 'export_100k', value: measured.exportSeconds, unit: 's' },
          { metric: 'import_peak_memory', value: measured.importPeakMb, unit: 'MB', bar: 500 },
          { metric: 'peak_memory', value: measured.peakMb, unit: 'MB', bar: 500 },
        ];
      },
      cleanUp: () => rm(folder, { recursive: true }),
    };
  },
};

const fields = [
  'nama_kelurahan',
  'alamat',
  'rt',
  'rw',
  'nomor_kartu_keluarga',
  'desil',
  'nomor_induk_kependudukan',
  'nama',
  'tanggal_lahir',
  'jenis_kelamin',
];
const columns = dtsen.columns.filter(({ field }) => fields.includes(field));

/** Four persons a family; in the later quarter some families are new and some moved to another desil. */
function* rows(quarter: 0 | 1): Generator<ListRow> {
  for (let index = 0; index < persons; index += 1) {
    const family = (index >> 2) + quarter * 500;
    const serial = family * 4 + (index & 3);
    const desil = 1 + ((family + (family % 11 === 0 ? quarter : 0)) % 5);
    const day = two(1 + (serial % 28));
    const month = two(1 + (Math.floor(serial / 28) % 12));
    yield {
      nama_kelurahan: 'GAMBIR',
      alamat: `JL. CONTOH NO. ${family % 300}`,
      rt: String(1 + (family % 12)),
      rw: String(1 + (family % 9)),
      nomor_kartu_keluarga: `3171010101${String(family).padStart(5, '0')}7`,
      desil: String(desil),
      nomor_induk_kependudukan: `317101${day}${month}80${String(1 + Math.floor(serial / 336)).padStart(4, '0')}`,
      nama: `ORANG ${String(family)} ${String(index % 4)}`,
      tanggal_lahir: `1980-${month}-${day}`,
      jenis_kelamin: index % 2 === 0 ? 'L' : 'P',
    };
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
