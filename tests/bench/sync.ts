import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadAreas } from '../../electron/areas.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import { newId, type Register } from '../../electron/services/register.ts';
import { insertCase } from '../../electron/store/cases.ts';
import { transaction } from '../../electron/store/connection.ts';
import { openBareRegister } from '../faults/bare-register.ts';
import { type FolderTemplate, makeFolderTemplate } from '../faults/office-template.ts';
import { RealProvince } from '../faults/real-province.ts';
import { kelurahan } from '../integration/area.ts';
import { syntheticFamily } from '../integration/families.ts';
import { freePort, startPostgres } from '../provincial-server/postgres.ts';
import type { Measurement, Suite } from './suite.ts';
import { OfficesMeasured, type OfficesOrder, SyncMeasured, type SyncOrder } from './sync-wire.ts';

const queued = 10_000;
const casesOfOffice = 100;
/** How often the cable is taken out and put back in. */
const reconnects = 5;

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
    const later = fillOutbox(template);
    return {
      run: async () => {
        const province = await RealProvince.create(postgres.url, await freePort());
        try {
          await province.start();
          return [...(await measureOffice(province, template, later)), ...(await measureOffices(province))];
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
  template: FolderTemplate,
  later: string[],
): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-bench-'));
  try {
    cpSync(template.folder, folder, { recursive: true });
    const { address } = province;
    const code = await province.enrolmentCode(kelurahan);
    const order = { folder, key: template.key.toString('hex'), address, code, later } satisfies SyncOrder;
    const measured = SyncMeasured.parse(await ask('sync-child.ts', order));
    if (measured.confirmed !== queued + later.length)
      throw new Error(`${measured.confirmed} were confirmed.`);
    return [
      { metric: 'push_10k', value: measured.pushSeconds, unit: 's', bar: 30 },
      { metric: 'push_10k_peak_memory', value: measured.peakMb, unit: 'MB', bar: 300 },
      { metric: 'second_push', value: measured.secondSeconds, unit: 's', bar: 3 },
      {
        metric: 'cable_in_to_first_record',
        value: Math.max(...measured.reconnectSeconds),
        unit: 's',
        bar: 5,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOffices(province: RealProvince): Promise<Measurement[]> {
  const offices: OfficesOrder['offices'] = [];
  for (const { code: area, level } of loadAreas('resources').all)
    if (level === 'kelurahan') offices.push({ area, code: await province.enrolmentCode(area) });
  const order = { address: province.address, offices, cases: casesOfOffice } satisfies OfficesOrder;
  const measured = OfficesMeasured.parse(await ask('sync-offices-child.ts', order));
  if (measured.confirmed !== offices.length * casesOfOffice)
    throw new Error(`${measured.confirmed} of all offices were confirmed.`);
  const errors = Object.values(measured.errors).reduce((sum, times) => sum + times, 0);
  if (errors > 0) console.error(`sync: ${JSON.stringify(measured.errors)}`);
  return [
    { metric: `${offices.length}_offices_at_once`, value: measured.seconds, unit: 's', bar: 180 },
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

/** Legalises 10,000 cases for an office that has not enrolled; answers a few more that only wait for it. */
function fillOutbox({ folder, key }: FolderTemplate): string[] {
  const register = openBareRegister(folder, key);
  register.db.pragma('synchronous = OFF');
  const clerk = String(
    register.db.prepare(`SELECT id FROM account WHERE role = 'petugas_loket'`).pluck().get(),
  );
  const caseIds = transaction(register.db, () =>
    Array.from({ length: queued + reconnects }, (_, index) => insertChecked(register, clerk, index + 1)),
  );
  for (let from = 0; from < queued; from += 500)
    transaction(register.db, () => {
      for (const caseId of caseIds.slice(from, Math.min(from + 500, queued)))
        takeStep(register, { id: null, name: 'Lurah', role: 'lurah' }, { caseId, action: 'sahkan' });
    });
  register.db.pragma('wal_checkpoint(TRUNCATE)');
  register.db.close();
  return caseIds.slice(queued);
}

/** A case whose visit was checked, put down at once instead of step by step. */
function insertChecked(register: Register, clerk: string, serial: number): string {
  const at = register.clock.now().toISOString();
  const id = newId();
  insertCase(register.db, {
    id,
    serial,
    number: `MPM-${serial}`,
    provinceNumber: null,
    mode: 'aktif',
    passive: null,
    state: 'DIPERIKSA',
    result: null,
    // Its numbers have four digits of their own.
    household: syntheticFamily(1 + (serial % 9_999), 1 + (serial % 9), 1 + (serial % 7)),
    periodId: at.slice(0, 7),
    version: 1,
    registeredAt: at,
    registeredBy: clerk,
    updatedAt: at,
  });
  return id;
}
