import { readPersons, wordsFor } from '../../electron/link-files/read-persons.ts';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import { type LinkReport, linkFiles } from '../../electron/matching/bulk/link.ts';
import {
  asPersonFile,
  fullMap,
  type KelurahanFiles,
  makeKelurahanFiles,
  mapWithoutNumbers,
} from './linkage-kelurahan.ts';
import { linkByLookup } from './linkage-peer.ts';
import { measureBatch } from './linkage-batch.ts';
import { measureRegister } from './linkage-register.ts';
import { calibration, measureSets, memory } from './linkage-sets.ts';
import type { Measurement, Suite } from './suite.ts';

const households = 6_000;
const families = 1_500;

/**
 * How well and how fast persons are linked: a made-up kelurahan with dirty numbers, with NIK and KK
 * and without; the public sets where they are at hand; whole lists as a batch; registers that grow; and what
 * an office's lookup by NIK, then by name and birth date, finds on the same work.
 */
export const linkageSuite: Suite = {
  name: 'linkage',
  runs: 1,
  prepare: async ({ sets, persons, batch }) => {
    const made = makeKelurahanFiles(households, families, 11);
    return {
      run: async () => [
        ...(await measureKelurahan('kelurahan', made, fullMap)),
        ...(await measureKelurahan('without_numbers', made, mapWithoutNumbers)),
        ...(sets === null ? [] : await measureSets(sets)),
        ...(await measureEach(batch, measureBatch)),
        ...(await measureEach(persons, measureRegister)),
      ],
      cleanUp: async () => {},
    };
  },
};

async function measureEach(
  sizes: readonly number[],
  measure: (persons: number) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const measured = [];
  for (const persons of sizes) measured.push(...(await measure(persons)));
  return measured;
}

/** A case's links: the first candidate, whether it stands by itself, and all that are offered. */
interface Outcome {
  id: string;
  linked: string | null;
  offered: string[];
  review: boolean;
}

async function measureKelurahan(name: string, made: KelurahanFiles, map: ColumnMap): Promise<Measurement[]> {
  const words = wordsFor(map);
  const references = await readPersons(asPersonFile(made.references, map), map, words);
  const cases = await readPersons(asPersonFile(made.cases, map), map, words);
  const { links, report } = linkFiles(cases, references);
  const outcomes = links.map((candidates, row): Outcome => {
    const offered = candidates.map(({ reference }) => references.ids[reference] ?? '');
    const decision = candidates[0]?.decision;
    return {
      id: cases.ids[row] ?? '',
      linked: decision === 'auto' ? (offered[0] ?? null) : null,
      offered,
      review: decision === 'review',
    };
  });
  const withNumbers = map.nik !== undefined;
  return [
    ...qualityOf(name, outcomes, made, report, withNumbers),
    ...(withNumbers ? besideLookup(outcomes, made) : []),
  ];
}

function qualityOf(
  name: string,
  outcomes: readonly Outcome[],
  { truth }: KelurahanFiles,
  report: LinkReport,
  withNumbers: boolean,
): Measurement[] {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
  const right = count(({ id, linked }) => linked !== null && linked === truth.get(id));
  const linked = count((outcome) => outcome.linked !== null);
  const strangers = outcomes.length - truth.size;
  const wrongStrangers = count((outcome) => outcome.linked !== null && !truth.has(outcome.id));
  const offered = count(({ id, offered: five }) => five.includes(truth.get(id) ?? '?'));
  const [precision, recall] = [right / Math.max(1, linked), right / truth.size];
  const percent = (metric: string, share: number, bar?: number, better?: 'higher'): Measurement => ({
    metric: `${name}_${metric}`,
    value: 100 * share,
    unit: '%',
    decimals: 3,
    ...(bar === undefined ? {} : { bar }),
    ...(better === undefined ? {} : { better }),
  });
  return [
    { metric: `${name}_true_persons`, value: truth.size, unit: 'persons' },
    percent('linked_automatically', recall, withNumbers ? 97 : 80, 'higher'),
    percent('precision', precision, withNumbers ? 99.97 : 99.95, 'higher'),
    percent('f1', (2 * precision * recall) / Math.max(1e-9, precision + recall)),
    percent('strangers_linked', wrongStrangers / Math.max(1, strangers), 0.02),
    percent('left_to_a_person', count(({ review }) => review) / outcomes.length),
    percent('true_one_among_five', offered / truth.size, 98.5, 'higher'),
    ...calibration(name, report.expectedMatches, truth.size),
    // Too few pairs for the rate of scoring: `linkage-batch.ts` measures it.
    { metric: `${name}_pairs`, value: report.pairs, unit: 'pairs' },
    memory(name),
    { metric: `${name}_index`, value: report.spent.index, unit: 'ms', decimals: 0 },
    { metric: `${name}_learning`, value: report.spent.learn, unit: 'ms', decimals: 0 },
  ];
}

/** The same work by lookup: how many more true persons and families are found, how many wrong links avoided. */
function besideLookup(outcomes: readonly Outcome[], made: KelurahanFiles): Measurement[] {
  const looked = linkByLookup(made.cases, made.references);
  const familyOf = new Map(made.cases.map(({ id, family }) => [id, family]));
  const found = { engine: new Set<string | null>(), lookup: new Set<string | null>() };
  const counts = { engine: 0, engineWrong: 0, lookup: 0, lookupWrong: 0 };
  for (const { id, linked } of outcomes) {
    const wanted = made.truth.get(id);
    const other = looked.get(id);
    const family = familyOf.get(id) ?? null;
    if (linked !== null && linked === wanted) {
      counts.engine += 1;
      found.engine.add(family);
    } else if (linked !== null) counts.engineWrong += 1;
    if (other !== undefined && other === wanted) {
      counts.lookup += 1;
      found.lookup.add(family);
    } else if (other !== undefined) counts.lookupWrong += 1;
  }
  return [
    { metric: 'lookup_found', value: (100 * counts.lookup) / made.truth.size, unit: '%' },
    { metric: 'lookup_wrong', value: counts.lookupWrong, unit: 'persons' },
    { metric: 'more_true_persons_than_lookup', value: counts.engine - counts.lookup, unit: 'persons' },
    {
      metric: 'more_true_families_than_lookup',
      value: found.engine.size - found.lookup.size,
      unit: 'families',
    },
    {
      metric: 'wrong_links_avoided',
      value: counts.lookupWrong - counts.engineWrong,
      unit: 'persons',
    },
  ];
}
