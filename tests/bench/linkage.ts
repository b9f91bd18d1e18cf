import { readPersons, wordsFor } from '../../electron/link-files/read-persons.ts';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import { linkFiles } from '../../electron/matching/bulk/link.ts';
import {
  asPersonFile,
  fullMap,
  type KelurahanFiles,
  makeKelurahanFiles,
  mapWithoutNumbers,
} from './linkage-kelurahan.ts';
import { lookUpEach, timesOfOne } from './linkage-one.ts';
import { besideLookup } from './linkage-peer.ts';
import { barsWithNumbers, barsWithoutNumbers, lookupIn, type Outcome, qualityOf } from './linkage-quality.ts';
import { measureBatch } from './linkage-batch.ts';
import { measureKelurahanInRegister } from './linkage-kelurahan-register.ts';
import { measureLearnt } from './linkage-learnt.ts';
import { measureRegister } from './linkage-register.ts';
import { calibration, measureSets, memory, speed } from './linkage-sets.ts';
import { withTwins } from './linkage-twins.ts';
import type { Measurement, Suite } from './suite.ts';

const households = 6_000;
const families = 1_500;
/** Of the list in which a register's learnt model is held against the shipped one. */
const personsLearntFrom = 31_000;

/**
 * How well and how fast persons are linked: a made-up kelurahan with dirty numbers, with NIK and KK
 * and without, by the engine of files and by the register's; the same with twins of near names; the public sets where they are at hand; what learning of a list is worth; whole lists as a batch; registers that grow; and what
 * an office's lookup by NIK, then by name and birth date, finds on the same work.
 */
export const linkageSuite: Suite = {
  name: 'linkage',
  runs: 1,
  prepare: async ({ sets, persons, batch }) => {
    const made = makeKelurahanFiles(households, families, 11);
    const twins = withTwins(made, 13);
    return {
      run: async () => [
        ...(await measureKelurahan('kelurahan', made, fullMap)),
        ...(await measureKelurahan('without_numbers', made, mapWithoutNumbers)),
        ...measureKelurahanInRegister('register_kelurahan', made, 'numbers'),
        ...measureKelurahanInRegister('register_without_numbers', made, 'households'),
        ...measureKelurahanInRegister('register_single_persons', made, 'persons'),
        ...(await measureKelurahan('twins', twins, fullMap)),
        ...measureKelurahanInRegister('register_twins', twins, 'numbers'),
        ...measureKelurahanInRegister('register_single_twins', twins, 'persons'),
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
    ...qualityOf(name, outcomes, made, withNumbers ? barsWithNumbers : barsWithoutNumbers),
    ...calibration(name, report.expectedMatches, made.truth.size),
    ...speed(name, report),
    ...timesOfOne(name, lookUpEach(cases, references).times),
    memory(name),
    ...besideLookup(name, outcomes, lookupIn(made, withNumbers)),
  ];
}
