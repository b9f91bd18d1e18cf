import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import type { Register } from '../../electron/services/register.ts';
import { generateKelurahan } from '../../electron/training/generate.ts';
import { dtksColumns, writeCsv } from '../../electron/training/list-files.ts';
import { type Client, kelurahan, openTestOffice, type TestOffice } from '../integration/office.ts';
import { ended, uploadList } from '../integration/reference-office.ts';
import { fillRegister } from './store-register.ts';
import type { Measurement } from './suite.ts';

/** Of a made-up kelurahan, as its DTKS lists them. */
const personsPerHousehold = 2.8;
const families = 400;
const megabyte = 2 ** 20;

/**
 * The growth in the encrypted register: a list of about so many persons comes in and is indexed, one
 * case after the other is compared with it through the office's door, then all that wait in a worker
 * while the main thread's event loop is watched.
 */
export async function measureRegister(persons: number): Promise<Measurement[]> {
  const made = generateKelurahan({
    households: Math.round(persons / personsPerHousehold),
    seed: 17,
    kelurahan,
    areas: loadAreaData(loadAreas('resources'), 'resources'),
    today: '2026-11-22',
    cases: families,
  });
  let register: Register | null = null;
  const office = await openTestOffice({
    startBackground: (opened) => {
      register = opened;
      return { stop: async () => {} };
    },
  });
  try {
    const officer = await office.as('petugas_verifikasi');
    const rows = made.reference.find(({ source }) => source === 'DTKS')?.rows ?? [];
    const built = await importRows(office, officer, rows);
    const clerkId = (await (await office.as('petugas_loket')).session.current.query()).account.id;
    if (register === null) throw new Error('The register is not open.');
    const waiting = fillRegister(register, made.cases, clerkId).filter(({ state }) => state === 'TERDAFTAR');
    const name = `register_${Math.round(rows.length / 1000)}k`;
    return [
      { metric: `${name}_persons`, value: rows.length, unit: 'persons' },
      { metric: `${name}_page_cache`, value: cacheMegabytes(register), unit: 'MB' },
      { metric: `${name}_import_and_index`, value: built / 1000, unit: 's' },
      ...(await oneCase(name, officer, waiting)),
      ...(await everyCase(name, officer)),
      { metric: `${name}_memory`, value: process.memoryUsage().rss / megabyte, unit: 'MB', decimals: 0 },
    ];
  } finally {
    await office.close();
  }
}

/** Of the register's connection; SQLite answers kibibytes as a negative number. */
function cacheMegabytes({ db }: Register): number {
  return -Number(db.pragma('cache_size', { simple: true })) / 1024;
}

async function importRows(
  office: TestOffice,
  officer: Client,
  rows: Parameters<typeof writeCsv>[2],
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-'));
  try {
    const file = join(folder, 'dtks.csv');
    await writeCsv(file, dtksColumns, rows);
    const token = await office.tokenOf('petugas_verifikasi');
    const uploadId = await uploadList(office, token, 'dtks.csv', await readFile(file));
    const from = performance.now();
    const job = await officer.reference.import.mutate({
      uploadId,
      source: 'DTKS',
      areaCodes: null,
      name: 'DTKS',
      listDate: '2025-12-31',
    });
    const { state } = await ended(officer, job);
    if (state !== 'selesai') throw new Error(`The list did not come in: ${state}.`);
    return performance.now() - from;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the screen of one case asks for; the first is asked with nothing warm. */
async function oneCase(
  name: string,
  officer: Client,
  cases: readonly { id: string }[],
): Promise<Measurement[]> {
  const times: number[] = [];
  for (const { id } of cases.slice(0, 120)) {
    const from = performance.now();
    await officer.identification.proposal.query({ caseId: id });
    times.push(performance.now() - from);
  }
  const [first = Number.NaN] = times;
  const warm = times.slice(20).toSorted((left, right) => left - right);
  const at = (share: number) => warm[Math.floor((warm.length - 1) * share)] ?? Number.NaN;
  return [
    { metric: `${name}_one_case_first`, value: first, unit: 'ms', bar: 300 },
    { metric: `${name}_one_case_p50`, value: at(0.5), unit: 'ms', bar: 5 },
    { metric: `${name}_one_case_p95`, value: at(0.95), unit: 'ms', bar: 5 },
  ];
}

/** "Padankan semua", and how long the main thread was held up meanwhile. */
async function everyCase(name: string, officer: Client): Promise<Measurement[]> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const from = performance.now();
  await officer.identification.matchAll.mutate();
  delay.enable();
  let state = await officer.identification.matchAllState.query();
  while (state.job !== null) {
    await pause(400);
    state = await officer.identification.matchAllState.query();
  }
  delay.disable();
  const seconds = (performance.now() - from) / 1000;
  return [
    { metric: `${name}_batch`, value: state.ranked / seconds, unit: 'cases/s' },
    { metric: `${name}_batch_left`, value: state.waiting - state.ranked, unit: 'cases', bar: 0 },
    { metric: `${name}_batch_searched_in_part`, value: state.incomplete, unit: 'cases' },
    { metric: `${name}_event_loop_p95`, value: delay.percentile(95) / 1e6, unit: 'ms', bar: 50 },
  ];
}
