import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { csvLine, dtksColumns } from '../../electron/training/list-files.ts';
import { type City, makeCity } from './linkage-city.ts';
import { quantile } from './linkage-one.ts';
import { besideLookup, Lookup, type LookedUp } from './linkage-peer.ts';
import { calibration } from './linkage-sets.ts';
import type { Measurement } from './suite.ts';

const run = promisify(execFile);

/** What `linkage-register-child.ts` prints. */
export const RegisterMeasured = z.object({
  persons: z.number(),
  cacheMb: z.number(),
  fileMb: z.number(),
  importSeconds: z.number(),
  importPeakMb: z.number(),
  peakMb: z.number(),
  firstMs: z.number(),
  restlessMs: z.array(z.number()),
  caseMs: z.array(z.number()),
  engineMs: z.array(z.number()),
  personMs: z.array(z.number()),
  hintFirstMs: z.number(),
  hintMs: z.array(z.number()),
  amongFive: z.number(),
  /** Everyone who was looked for. */
  outcomes: z.array(
    z.object({
      id: z.string(),
      family: z.string(),
      wanted: z.string().nullable(),
      linked: z.string().nullable(),
    }),
  ),
  leftToAPerson: z.number(),
  expectedMatches: z.number(),
  casesSearchedInPart: z.number(),
  /** Looked at for all these cases, and what that took. */
  pairs: z.number(),
  pairsMs: z.number(),
  batch: z.object({ cases: z.number(), seconds: z.number(), left: z.number(), loopP95: z.number() }),
});
export type RegisterMeasured = z.infer<typeof RegisterMeasured>;

/**
 * The growth in the encrypted register: the list of a city of so many persons comes in and is indexed;
 * the office starts anew, and one case after the other is compared with it, in the engine and through the
 * office's door, as is what the counter types; then all that wait are compared in a worker while the main thread's event loop is
 * watched. The office is a process of its own, so that its memory is its own.
 */
export async function measureRegister(persons: number): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-'));
  try {
    const list = join(folder, 'dtks.csv');
    const { city, lookedUp } = await writeCity(list, persons);
    const cases = join(folder, 'cases.json');
    await writeFile(cases, JSON.stringify(city.cases));
    const child = join(import.meta.dirname, 'linkage-register-child.ts');
    const { stdout } = await run(process.execPath, [child, list, cases]);
    return asMeasurements(RegisterMeasured.parse(JSON.parse(stdout)), city, lookedUp);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The list as a file, and what a spreadsheet's lookup finds in it for each member of the cases. */
async function writeCity(
  path: string,
  persons: number,
): Promise<{ city: City; lookedUp: Map<string, string | null> }> {
  const file = createWriteStream(path);
  await once(file, 'open');
  file.write(csvLine(dtksColumns.map((column) => column.header)));
  const lookup = new Lookup();
  const city = await makeCity(persons, async (row) => {
    const at = (field: string): string | null => (row[field] == null ? null : String(row[field]));
    lookup.add({
      id: at('id_dtks') ?? '',
      nik: at('nomor_nik'),
      name: at('nama'),
      birth: at('tanggal_lahir'),
    });
    if (!file.write(csvLine(dtksColumns.map(({ field }) => String(row[field] ?? '')))))
      await once(file, 'drain');
  });
  file.end();
  await finished(file);
  const members = city.cases.flatMap(({ household }) => household.members);
  const lookedUp = new Map(
    members.map(({ id, nik, name, birthDate }) => [
      id,
      lookup.find({ id, nik, name, birth: birthDate } satisfies LookedUp),
    ]),
  );
  return { city, lookedUp };
}

function asMeasurements(
  measured: RegisterMeasured,
  { kelurahan }: City,
  lookedUp: ReadonlyMap<string, string | null>,
): Measurement[] {
  const { outcomes } = measured;
  const members = outcomes.length;
  const truePersons = outcomes.filter(({ wanted }) => wanted !== null).length;
  const linked = outcomes.filter((one) => one.linked !== null).length;
  const linkedRightly = outcomes.filter((one) => one.linked !== null && one.linked === one.wanted).length;
  const name = `register_${Math.round(measured.persons / 1000)}k`;
  const { batch } = measured;
  const figures = [
    { metric: 'persons', value: measured.persons, unit: 'persons' },
    { metric: 'kelurahan', value: kelurahan, unit: 'kelurahan' },
    { metric: 'page_cache', value: measured.cacheMb, unit: 'MB' },
    { metric: 'file', value: measured.fileMb, unit: 'MB', decimals: 0 },
    // A million persons in 45 s.
    {
      metric: 'build_time',
      value: measured.importSeconds,
      unit: 's',
      bar: Math.max(5, (45 * measured.persons) / 1e6),
    },
    { metric: 'build_memory', value: measured.importPeakMb, unit: 'MB', decimals: 0, bar: 1024 },
    // Through the door, first and as soon as it has started; then warm, after so many others and a quiet moment.
    { metric: 'one_case_first', value: measured.firstMs, unit: 'ms', bar: 300 },
    { metric: 'one_case_restless_p50', value: quantile(measured.restlessMs, 0.5), unit: 'ms' },
    { metric: 'one_case_restless_p95', value: quantile(measured.restlessMs, 0.95), unit: 'ms' },
    { metric: 'one_person_engine_p50', value: quantile(measured.personMs, 0.5), unit: 'ms', bar: 5 },
    { metric: 'one_person_engine_p95', value: quantile(measured.personMs, 0.95), unit: 'ms', bar: 5 },
    { metric: 'one_case_engine_p50', value: quantile(measured.engineMs, 0.5), unit: 'ms', bar: 5 },
    { metric: 'one_case_engine_p95', value: quantile(measured.engineMs, 0.95), unit: 'ms', bar: 5 },
    { metric: 'one_case_p50', value: quantile(measured.caseMs, 0.5), unit: 'ms', bar: 5 },
    { metric: 'one_case_p95', value: quantile(measured.caseMs, 0.95), unit: 'ms', bar: 5 },
    { metric: 'hint_first', value: measured.hintFirstMs, unit: 'ms', bar: 300 },
    { metric: 'hint_p50', value: quantile(measured.hintMs, 0.5), unit: 'ms', bar: 50 },
    { metric: 'hint_p95', value: quantile(measured.hintMs, 0.95), unit: 'ms', bar: 50 },
    { metric: 'pairs', value: measured.pairs, unit: 'pairs' },
    {
      metric: 'pairs_per_s',
      value: (1000 * measured.pairs) / measured.pairsMs,
      unit: 'pairs/s',
      decimals: 0,
    },
    { metric: 'true_persons', value: truePersons, unit: 'persons' },
    percent('true_one_among_five', measured.amongFive / truePersons),
    percent('precision', linkedRightly / Math.max(1, linked)),
    percent('recall', linkedRightly / truePersons),
    percent('f1', (2 * linkedRightly) / (linked + truePersons)),
    percent('automatic_rate', linked / members),
    percent('review_share', measured.leftToAPerson / members),
    { metric: 'cases_searched_in_part', value: measured.casesSearchedInPart, unit: 'cases' },
    { metric: 'batch', value: batch.cases / batch.seconds, unit: 'cases/s' },
    { metric: 'batch_left', value: batch.left, unit: 'cases', bar: 0 },
    { metric: 'event_loop_p95', value: batch.loopP95, unit: 'ms', bar: 50 },
    { metric: 'memory', value: measured.peakMb, unit: 'MB', decimals: 0, bar: 1024 },
  ].map((one): Measurement => ({ ...one, metric: `${name}_${one.metric}` }));
  return [
    ...figures,
    ...calibration(name, measured.expectedMatches, truePersons),
    ...besideLookup(name, outcomes, (id) => lookedUp.get(id) ?? null),
  ];
}

function percent(metric: string, share: number): Measurement {
  return { metric, value: 100 * share, unit: '%', decimals: 3 };
}
