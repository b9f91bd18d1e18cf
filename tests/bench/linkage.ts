import { readPersons, wordsFor } from '../../electron/link-files/read-persons.ts';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import { linkFiles } from '../../electron/matching/bulk/link.ts';
import {
  asPersonFile,
  type FilePerson,
  fullMap,
  type KelurahanFiles,
  makeKelurahanFiles,
  mapWithoutNumbers,
} from './linkage-kelurahan.ts';
import { lookUpEach, timesOfOne } from './linkage-one.ts';
import { besideLookup, type LinkOutcome, type LookedUp, Lookup } from './linkage-peer.ts';
import { measureBatch } from './linkage-batch.ts';
import { measureLearnt } from './linkage-learnt.ts';
import { measureRegister } from './linkage-register.ts';
import { calibration, measureSets, memory, speed } from './linkage-sets.ts';
import type { Measurement, Suite } from './suite.ts';

const households = 6_000;
const families = 1_500;
/** Of the list in which a register's learnt model is held against the shipped one. */
const personsLearntFrom = 31_000;

/**
 * How well and how fast persons are linked: a made-up kelurahan with dirty numbers, with NIK and KK
 * and without; the public sets where they are at hand; what learning of a list is worth; whole lists as a batch; registers that grow; and what
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
        ...(await measureLearnt(personsLearntFrom)),
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

/** A case's links: who is linked by itself, all that are offered, whether a person has to look. */
interface Outcome extends LinkOutcome {
  offered: string[];
  review: boolean;
}

async function measureKelurahan(name: string, made: KelurahanFiles, map: ColumnMap): Promise<Measurement[]> {
  const words = wordsFor(map);
  const references = await readPersons(asPersonFile(made.references, map), map, words);
  const cases = await readPersons(asPersonFile(made.cases, map), map, words);
  const { links, report } = linkFiles(cases, references);
  const outcomes = links.map((candidates, row): Outcome => {
    // As the command writes them.
    const offered = candidates.flatMap(({ reference, decision: one }) =>
      one === 'none' ? [] : [references.ids[reference] ?? ''],
    );
    const decision = candidates[0]?.decision;
    const id = cases.ids[row] ?? '';
    return {
      id,
      family: made.cases[row]?.family ?? null,
      wanted: made.truth.get(id) ?? null,
      linked: decision === 'auto' ? (offered[0] ?? null) : null,
      offered,
      review: decision === 'review',
    };
  });
  const withNumbers = map.nik !== undefined;
  return [
    ...qualityOf(name, outcomes, made, withNumbers),
    ...calibration(name, report.expectedMatches, made.truth.size),
    ...speed(name, report),
    ...timesOfOne(name, lookUpEach(cases, references).times),
    memory(name),
    ...besideLookup(name, outcomes, lookupIn(made, withNumbers)),
  ];
}

function qualityOf(
  name: string,
  outcomes: readonly Outcome[],
  { truth }: KelurahanFiles,
  withNumbers: boolean,
): Measurement[] {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
  const right = count(({ wanted, linked }) => linked !== null && linked === wanted);
  const linked = count((outcome) => outcome.linked !== null);
  const strangers = outcomes.length - truth.size;
  const wrongStrangers = count((outcome) => outcome.linked !== null && outcome.wanted === null);
  const offered = count(({ wanted, offered: five }) => wanted !== null && five.includes(wanted));
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
    percent('precision', precision, withNumbers ? 99.97 : 99.95, 'higher'),
    percent('recall', recall, withNumbers ? 97 : 80, 'higher'),
    percent('f1', (2 * precision * recall) / Math.max(1e-9, precision + recall)),
    percent('automatic_rate', linked / outcomes.length),
    percent('review_share', count(({ review }) => review) / outcomes.length),
    percent('strangers_linked', wrongStrangers / Math.max(1, strangers), 0.02),
    percent('true_one_among_five', offered / truth.size, 98.5, 'higher'),
  ];
}

/** What a lookup in the made-up list finds for a case; without numbers it has names and birth dates alone. */
function lookupIn(made: KelurahanFiles, withNumbers: boolean): (id: string) => string | null {
  const asLookedUp = ({ id, nik, nama, lahir }: FilePerson): LookedUp => ({
    id: id ?? '',
    nik: withNumbers ? nik : undefined,
    name: nama,
    birth: lahir,
  });
  const lookup = new Lookup();
  for (const person of made.references) lookup.add(asLookedUp(person));
  const found = new Map(made.cases.map((person) => [person.id, lookup.find(asLookedUp(person))]));
  return (id) => found.get(id) ?? null;
}
