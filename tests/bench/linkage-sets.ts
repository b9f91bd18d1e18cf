import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csvSheet } from '../../electron/importing/csv-rows.ts';
import { textOf } from '../../electron/importing/cell.ts';
import { fileSource } from '../../electron/importing/source.ts';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import { openPersonFile } from '../../electron/link-files/person-file.ts';
import { readPersons, wordsFor } from '../../electron/link-files/read-persons.ts';
import { clusterFile } from '../../electron/matching/bulk/cluster.ts';
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
  const persona = await truthOf(path, map.id, truth);
  const counted = countPairs(
    persons.ids.map((id) => persona.get(id) ?? id),
    [...clusters],
  );
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
    { metric: `${name}_pairs`, value: report.pairs, unit: 'pairs' },
    { metric: `${name}_index`, value: report.spent.index, unit: 'ms', decimals: 0 },
    memory(name),
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

async function truthOf(
  path: string,
  idColumn: string,
  truth: PublicSet['truth'],
): Promise<Map<string, string>> {
  const sheet = await csvSheet(await fileSource(path), { knownColumns: (header) => header.length });
  const found = new Map<string, string>();
  let header: string[] | null = null;
  for await (const { cells } of sheet.rows) {
    const texts = cells.map((cell) => textOf(cell) ?? '');
    if (header === null) {
      header = texts;
      continue;
    }
    const id = texts[header.indexOf(idColumn)] ?? '';
    found.set(
      id,
      'column' in truth ? (texts[header.indexOf(truth.column)] ?? '') : (truth.idPrefix.exec(id)?.[0] ?? ''),
    );
  }
  return found;
}

/** Precision, recall and F1 over pairs, and the number of true pairs. */
export function countPairs(
  truth: readonly string[],
  clusters: readonly number[],
): { precision: number; recall: number; f1: number; true: number } {
  const all = pairsIn(truth);
  const joined = pairsIn(clusters);
  const right = pairsIn(truth.map((person, row) => `${person} ${clusters[row]}`));
  const [precision, recall] = [right / Math.max(1, joined), right / Math.max(1, all)];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), true: all };
}

/** Pairs within groups of the same key. */
function pairsIn(keys: readonly (string | number)[]): number {
  const sizes = new Map<string | number, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
