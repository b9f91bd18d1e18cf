import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csvSheet } from '../../electron/importing/csv-rows.ts';
import { textOf } from '../../electron/importing/cell.ts';
import { fileSource } from '../../electron/importing/source.ts';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import { openPersonFile } from '../../electron/link-files/person-file.ts';
import { readPersons, wordsFor } from '../../electron/link-files/read-persons.ts';
import { clusterFile } from '../../electron/matching/bulk/cluster.ts';
import { linkLimits } from '../../electron/matching/bulk/link.ts';
import { lookUpEach, timesOfOne } from './linkage-one.ts';
import { groupByLookup, type LookedUp } from './linkage-peer.ts';
import type { Measurement } from './suite.ts';

/** A public set of persons who stand in it more than once, with its truth. */
interface PublicSet {
  name: string;
  file: string;
  map: ColumnMap;
  /** Which persons are one: a column, or what a record's id says. */
  truth: { column: string } | { idPrefix: RegExp };
  bar?: number;
}

const febrl: ColumnMap = {
  id: 'rec_id',
  name: ['given_name', 'surname'],
  dob: ['date_of_birth'],
  nik: ['soc_sec_id'],
  address: ['street_number', 'address_1'],
  other: ['address_2', 'suburb', 'postcode', 'state'],
};
const { nik: _number, ...febrlWithoutNumber } = febrl;
const { dob: _birth, ...febrlWithoutBoth } = febrlWithoutNumber;
const febrlTruth = { idPrefix: /^rec-\d+/ };

const sets: PublicSet[] = [
  { name: 'febrl1', file: 'febrl_1.csv', map: febrl, truth: febrlTruth, bar: 0.9995 },
  { name: 'febrl2', file: 'febrl_2.csv', map: febrl, truth: febrlTruth, bar: 0.9995 },
  { name: 'febrl3', file: 'febrl_3.csv', map: febrl, truth: febrlTruth, bar: 0.9995 },
  { name: 'febrl3_without_id', file: 'febrl_3.csv', map: febrlWithoutNumber, truth: febrlTruth, bar: 0.999 },
  {
    name: 'febrl3_without_id_and_birth',
    file: 'febrl_3.csv',
    map: febrlWithoutBoth,
    truth: febrlTruth,
    bar: 0.993,
  },
  {
    name: 'historical',
    file: 'historical_part.csv',
    map: {
      id: 'unique_id',
      name: ['full_name'],
      sex: ['gender'],
      dob: ['dob'],
      other: ['birth_place', 'postcode_fake', 'occupation'],
    },
    truth: { column: 'cluster' },
    bar: 0.9,
  },
  {
    name: 'fake_1000',
    file: 'fake_1000.csv',
    map: { id: 'unique_id', name: ['first_name', 'surname'], dob: ['dob'], other: ['city', 'email'] },
    truth: { column: 'cluster' },
  },
];

/** Finds who stands twice in each set of the folder; a set that is not there is left out. */
export async function measureSets(folder: string): Promise<Measurement[]> {
  const measured = [];
  for (const set of sets)
    if (existsSync(join(folder, set.file))) measured.push(...(await measureSet(folder, set)));
  return measured;
}

async function measureSet(
  folder: string,
  { name, file, map, truth, bar }: PublicSet,
): Promise<Measurement[]> {
  const path = join(folder, file);
  const persons = await readPersons(await openPersonFile(path, map), map, wordsFor(map));
  const { clusters, report } = clusterFile(persons);
  const rows = await rowsOf(path, map, truth);
  const persona = persons.ids.map((id) => rows.get(id)?.persona ?? id);
  const counted = countPairs(persona, [...clusters]);
  const asked = lookUpEach(persons, persons);
  return [
    { metric: `${name}_precision`, value: counted.precision, unit: '', decimals: 4 },
    { metric: `${name}_recall`, value: counted.recall, unit: '', decimals: 4 },
    {
      metric: `${name}_f1`,
      value: counted.f1,
      unit: '',
      decimals: 4,
      ...(bar === undefined ? {} : { bar, better: 'higher' }),
    },
    ...calibration(name, report.expectedMatches, counted.true),
    ...decidedShares(name, asked.bestProbability),
    ...speed(name, report),
    ...timesOfOne(name, asked.times),
    ...groupsBesideLookup(
      name,
      persona,
      counted,
      persons.ids.flatMap((id) => rows.get(id)?.person ?? []),
    ),
    memory(name),
  ];
}

/** A file laid beside itself asks nobody; these say of how many records somebody would be asked by the limits of two lists. */
function decidedShares(name: string, bestProbability: readonly number[]): Measurement[] {
  const { autoProbability, reviewProbability } = linkLimits;
  const share = (test: (probability: number) => boolean) =>
    (100 * bestProbability.filter(test).length) / bestProbability.length;
  return [
    {
      metric: `${name}_automatic_rate`,
      value: share((probability) => probability >= autoProbability),
      unit: '%',
      decimals: 3,
    },
    {
      metric: `${name}_review_share`,
      value: share((probability) => probability >= reviewProbability && probability < autoProbability),
      unit: '%',
      decimals: 3,
    },
  ];
}

/** Of small sets the rate of scoring is that of code that is still being compiled; `linkage-batch.ts` has the true one. */
export function speed(
  name: string,
  { pairs, spent }: { pairs: number; spent: { index: number; learn: number; score: number } },
): Measurement[] {
  return [
    { metric: `${name}_pairs`, value: pairs, unit: 'pairs' },
    { metric: `${name}_pairs_per_s`, value: (1000 * pairs) / spent.score, unit: 'pairs/s', decimals: 0 },
    { metric: `${name}_build_time`, value: spent.index, unit: 'ms', decimals: 0 },
    { metric: `${name}_learning`, value: spent.learn, unit: 'ms', decimals: 0 },
  ];
}

/** How many more true pairs the program finds than a lookup within the list, and how many wrong ones it avoids. */
function groupsBesideLookup(
  name: string,
  persona: readonly string[],
  engine: CountedPairs,
  people: readonly LookedUp[],
): Measurement[] {
  const lookup = countPairs(persona, groupByLookup(people));
  return [
    { metric: `${name}_lookup_found`, value: 100 * lookup.recall, unit: '%' },
    { metric: `${name}_lookup_wrong`, value: lookup.wrong, unit: 'pairs' },
    { metric: `${name}_more_true_pairs_than_lookup`, value: engine.right - lookup.right, unit: 'pairs' },
    { metric: `${name}_wrong_links_avoided`, value: lookup.wrong - engine.wrong, unit: 'pairs' },
  ];
}

/** What this process holds once a set is done: its persons, and what is left of those before it. */
export function memory(name: string): Measurement {
  return { metric: `${name}_memory`, value: process.memoryUsage.rss() / 2 ** 20, unit: 'MB', decimals: 0 };
}

/** The number of matches that the engine expects over the real one, and how far that is from one. */
export function calibration(name: string, expected: number, real: number): Measurement[] {
  const share = expected / real;
  return [
    { metric: `${name}_calibration`, value: share, unit: '', decimals: 3 },
    { metric: `${name}_calibration_off_by`, value: Math.abs(share - 1), unit: '', decimals: 3, bar: 0.1 },
  ];
}

/** Each row as a spreadsheet has it, with the person it is of. */
async function rowsOf(
  path: string,
  map: ColumnMap,
  truth: PublicSet['truth'],
): Promise<Map<string, { persona: string; person: LookedUp }>> {
  const sheet = await csvSheet(await fileSource(path), { knownColumns: (header) => header.length });
  const found = new Map<string, { persona: string; person: LookedUp }>();
  let header: string[] | null = null;
  for await (const { cells } of sheet.rows) {
    const texts = cells.map((cell) => textOf(cell)?.trim() ?? '');
    if (header === null) {
      header = texts;
      continue;
    }
    const at = (column: string) => texts[header?.indexOf(column) ?? -1] ?? '';
    const joined = (columns: string | readonly string[] | undefined) =>
      columns === undefined ? undefined : [columns].flat().map(at).join(' ').trim();
    const id = at(map.id);
    found.set(id, {
      persona: 'column' in truth ? at(truth.column) : (truth.idPrefix.exec(id)?.[0] ?? ''),
      person: { id, nik: joined(map.nik), name: joined(map.name) ?? '', birth: joined(map.dob) },
    });
  }
  return found;
}

export interface CountedPairs {
  precision: number;
  recall: number;
  f1: number;
  /** Pairs that are one person, those of them that were joined, and others that were. */
  true: number;
  right: number;
  wrong: number;
}

/** Pairs of one person, and what the groups make of them. */
export function countPairs(truth: readonly string[], clusters: readonly number[]): CountedPairs {
  const all = pairsIn(truth);
  const joined = pairsIn(clusters);
  const right = pairsIn(truth.map((person, row) => `${person} ${clusters[row]}`));
  const [precision, recall] = [right / Math.max(1, joined), right / Math.max(1, all)];
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    true: all,
    right,
    wrong: joined - right,
  };
}

/** Pairs within groups of the same key. */
function pairsIn(keys: readonly (string | number)[]): number {
  const sizes = new Map<string | number, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
