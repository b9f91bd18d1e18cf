import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type BatchFiles, writeBatch } from './linkage-batch-files.ts';
import { timesOfOne } from './linkage-one.ts';
import { besideLookup, type LinkOutcome } from './linkage-peer.ts';
import { calibration } from './linkage-sets.ts';
import type { Measurement } from './suite.ts';

const run = promisify(execFile);

/** What `linkage-batch-child.ts` prints. */
export const BatchMeasured = z.object({
  pairs: z.number(),
  expectedMatches: z.number(),
  uncovered: z.number(),
  /** Milliseconds of processor time. */
  spent: z.object({
    index: z.number(),
    learn: z.number(),
    search: z.number(),
    score: z.number(),
    decide: z.number(),
  }),
  processorSeconds: z.number(),
  seconds: z.number(),
  peakMb: z.number(),
  /** Of one case against the whole list, after the batch. */
  oneCaseMs: z.array(z.number()),
});
export type BatchMeasured = z.infer<typeof BatchMeasured>;

/**
 * A batch as a kecamatan has it: so many persons of one list linked with as many of another by the command,
 * in a process of its own, so that its memory is its own. `pairs_per_s` is the rate of scoring: pairs
 * compared and weighed over the processor time of comparing and weighing them, on enough pairs for the
 * compiler's warm-up to count for nothing. Reading files, finding candidates and deciding are rates of
 * their own, in persons.
 */
export async function measureBatch(persons: number): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-'));
  try {
    const files = await writeBatch(folder, persons);
    const out = join(folder, 'links.csv');
    const child = join(import.meta.dirname, 'linkage-batch-child.ts');
    const { stdout } = await run(process.execPath, [child, files.reference, files.cases, files.map, out]);
    const measured = BatchMeasured.parse(JSON.parse(stdout));
    return asMeasurements(measured, files, await judge(out, files), persons);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Judged {
  linked: number;
  right: number;
  strangersLinked: number;
  review: number;
  amongFive: number;
  /** Who is linked with whom by itself; ids of cases. */
  links: Map<string, string>;
}

/** Whoever is one person bears one id in both files. */
async function judge(out: string, { strangers }: BatchFiles): Promise<Judged> {
  const judged: Judged = {
    linked: 0,
    right: 0,
    strangersLinked: 0,
    review: 0,
    amongFive: 0,
    links: new Map(),
  };
  for (const line of (await readFile(out, 'utf8')).trim().split('\n').slice(1)) {
    const [id = '', reference = '', , decision, place] = line.split(',');
    if (id === reference) judged.amongFive += 1;
    if (decision === 'review' && place === '1') judged.review += 1;
    if (decision !== 'auto') continue;
    judged.links.set(id, reference);
    judged.linked += 1;
    if (id === reference) judged.right += 1;
    if (strangers.has(id)) judged.strangersLinked += 1;
  }
  return judged;
}

function asMeasurements(
  { pairs, spent, processorSeconds, seconds, peakMb, expectedMatches, uncovered, oneCaseMs }: BatchMeasured,
  { references, wanted, known, strangers, lookedUp }: BatchFiles,
  { linked, right, strangersLinked, review, amongFive, links }: Judged,
  persons: number,
): Measurement[] {
  const inStages = Object.values(spent).reduce((sum, ms) => sum + ms, 0) / 1000;
  const name = `batch_${Math.round(persons / 1000)}k`;
  const measured = [
    { metric: 'references', value: references, unit: 'persons' },
    { metric: 'cases', value: wanted, unit: 'persons' },
    { metric: 'pairs_per_case', value: pairs / wanted, unit: 'pairs' },
    { ...rate('pairs_per_s', pairs, spent.score, 'pairs/s'), bar: 500_000, better: 'higher' as const },
    rate('searched_per_s', wanted, spent.search, 'persons/s'),
    rate('indexed_per_s', references, spent.index, 'persons/s'),
    { metric: 'build_time', value: spent.index / 1000, unit: 's' },
    rate('decided_per_s', wanted, spent.decide, 'persons/s'),
    { metric: 'learning', value: spent.learn / 1000, unit: 's' },
    rate('read_and_written_per_s', references + wanted, 1000 * (processorSeconds - inStages), 'persons/s'),
    { metric: 'processor_time', value: processorSeconds, unit: 's' },
    { metric: 'elapsed', value: seconds, unit: 's' },
    { metric: 'memory', value: peakMb, unit: 'MB', decimals: 0 },
    { metric: 'blocks_not_covered', value: uncovered, unit: 'blocks' },
    percent('precision', right / Math.max(1, linked)),
    percent('recall', right / known),
    percent('f1', (2 * right) / Math.max(1, linked + known)),
    percent('automatic_rate', linked / wanted),
    percent('review_share', review / wanted),
    percent('strangers_linked', strangersLinked / Math.max(1, strangers.size)),
    percent('true_one_among_five', amongFive / known),
  ].map((one): Measurement => ({ ...one, metric: `${name}_${one.metric}` }));
  const outcomes = [...lookedUp].map(([id, { family }]): LinkOutcome => ({
    id,
    family,
    wanted: strangers.has(id) ? null : id,
    linked: links.get(id) ?? null,
  }));
  return [
    ...measured,
    ...timesOfOne(name, oneCaseMs),
    ...calibration(name, expectedMatches, known),
    ...besideLookup(name, outcomes, (id) => lookedUp.get(id)?.found ?? null),
  ];
}

function rate(metric: string, count: number, ms: number, unit: string): Measurement {
  return { metric, value: (1000 * count) / ms, unit, decimals: 0 };
}

function percent(metric: string, share: number): Measurement {
  return { metric, value: 100 * share, unit: '%', decimals: 3 };
}
