import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadAreas } from '../../electron/areas.ts';
import { type FolderTemplate, makeFolderTemplate } from '../faults/office-template.ts';
import { RealProvince } from '../faults/real-province.ts';
import { kelurahan } from '../integration/area.ts';
import { freePort, startPostgres } from '../provincial-server/postgres.ts';
import type { Measurement, Suite } from './suite.ts';
import { fillOutbox, type Samples } from './sync-goods.ts';
import { OfficesMeasured, type OfficesOrder, SyncMeasured, type SyncOrder } from './sync-wire.ts';

const queued = 10_000;
const casesOfOffice = 100;
/** How often the cable is taken out and put back in. */
const reconnects = 4;

/**
 * What the exchange with the province costs: an office with 10,000 cases in its outbox in a process of
 * its own, whose memory is measured; and as many offices as the province has kelurahan, all at once.
 * The province's server and its PostgreSQL run in processes of their own, on this machine.
 */
export const syncSuite: Suite = {
  name: 'sync',
  runs: 3,
  prepare: async () => {
    const postgres = await startPostgres(join(tmpdir(), `mutakhir-bench-${randomUUID()}`), {
      persistent: false,
    });
    const template = await makeFolderTemplate(0);
    const { laterIds, samples } = fillOutbox(template, queued, reconnects);
    return {
      run: async () => {
        const province = await RealProvince.create(postgres.url, await freePort());
        try {
          await province.start();
          // The crowd first: the province that one office comes to holds others' records, and its database knows how many.
          const crowd = await measureOffices(province, samples);
          return [...(await measureOffice(province, template, laterIds)), ...crowd];
        } finally {
          await province.close();
        }
      },
      cleanUp: async () => {
        template.close();
        await postgres.stop();
      },
    };
  },
};

async function measureOffice(
  province: RealProvince,
  template: Pick<FolderTemplate, 'folder'>,
  later: string[],
): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-bench-'));
  try {
    cpSync(template.folder, folder, { recursive: true });
    const { address } = province;
    const code = await province.enrolmentCode(kelurahan);
    const measured = SyncMeasured.parse(
      await ask('sync-child.ts', { folder, address, code, later } satisfies SyncOrder),
    );
    const told = `${measured.confirmed.join(', then ')} were confirmed; the proof says ${measured.proof}.`;
    if (measured.confirmed[0] !== queued || measured.confirmed[1] !== queued + later.length)
      throw new Error(told);
    if (measured.proof !== 'cocok') throw new Error(told);
    return [
      { metric: 'push_10k', value: measured.pushSeconds, unit: 's', bar: 30 },
      { metric: 'push_10k_peak_memory', value: measured.peakMb, unit: 'MB', bar: 300 },
      { metric: 'push_10k_with_files', value: measured.filesSeconds, unit: 's' },
      { metric: 'push_10k_with_files_peak_memory', value: measured.filesPeakMb, unit: 'MB' },
      { metric: 'second_push', value: measured.secondSeconds, unit: 's', bar: 3 },
      {
        metric: 'cable_in_to_first_record',
        value: Math.max(...measured.reconnectSeconds),
        unit: 's',
        bar: 5,
      },
      {
        metric: 'cable_in_hanging_to_first_record',
        value: Math.max(...measured.hangingSeconds),
        unit: 's',
        bar: 5,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOffices(province: RealProvince, samples: Samples): Promise<Measurement[]> {
  const offices: OfficesOrder['offices'] = [];
  for (const { code: area, level } of loadAreas('resources').all)
    if (level === 'kelurahan') offices.push({ area, code: await province.enrolmentCode(area) });
  const order = { address: province.address, offices, cases: casesOfOffice, samples } satisfies OfficesOrder;
  const measured = OfficesMeasured.parse(await ask('sync-offices-child.ts', order));
  if (measured.confirmed !== offices.length * casesOfOffice)
    throw new Error(`${measured.confirmed} of all offices were confirmed.`);
  const errors = Object.values(measured.errors).reduce((sum, times) => sum + times, 0);
  if (errors > 0) console.error(`sync: ${JSON.stringify(measured.errors)}`);
  return [
    { metric: `${offices.length}_offices_at_once`, value: measured.seconds, unit: 's', bar: 180 },
    // With their photos, what came down, and the proof.
    { metric: `${offices.length}_offices_all_done`, value: measured.allSeconds, unit: 's' },
    { metric: `${offices.length}_offices_errors`, value: errors, unit: '', bar: 0, judged: 'worst' },
    // A crowd at which the server asks nobody to wait would measure another server than the one it is for.
    {
      metric: `${offices.length}_offices_told_to_wait`,
      value: measured.askedToWait,
      unit: '',
      bar: 1,
      better: 'higher',
    },
  ];
}

/** Runs a process of the bench to its end; what it printed last is its answer. */
async function ask(file: string, order: unknown): Promise<unknown> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`${JSON.stringify(order)}\n`);
  const printed = await text(child.stdout);
  if (printed === '') throw new Error(`${file} ended without an answer.`);
  return JSON.parse(printed);
}
