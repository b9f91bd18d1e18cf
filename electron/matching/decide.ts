import type { BirthLevel, Comparison, NikLevel } from './compare.ts';
import type { Model } from './model.ts';
import type { MatchPerson } from './normalise.ts';
import { mayBeKin, slipOfPair, worstSlip } from './siblings.ts';
import type { Weight } from './weigh.ts';

/** `auto`: sure enough to confirm in one stroke; `review`: a person looks; `none`: not found. */
export type Outcome = 'auto' | 'review' | 'none';

/** Why the engine does not decide alone. */
export type Doubt =
  | 'probability'
  | 'runner_up'
  | 'one_kind_of_evidence'
  | 'namesake'
  | 'sex_conflict'
  | 'nik_conflict'
  | 'name_conflict'
  | 'birth_conflict'
  | 'deceased'
  | 'twin'
  | 'sibling'
  | 'generation'
  | 'nik_swapped'
  | 'assigned_elsewhere'
  | 'said_not_same'
  | 'said_other'
  | 'linked_elsewhere';

export interface Decision {
  outcome: Outcome;
  doubts: Doubt[];
}

export interface Standing {
  comparison: Comparison;
  weight: Weight;
  /** Bits of the next best candidate for the same person, or null where there is none. */
  runnerUp: number | null;
  /** Facts about the surroundings that the pair alone does not show. */
  circumstances: readonly Doubt[];
}

/** Sure only if everything is: probability, distance to the runner-up, two kinds of evidence, no conflict. */
export function decide(standing: Standing, model: Model): Decision {
  const { weight } = standing;
  const { decision } = model;
  if (weight.probability < decision.reviewProbability) return { outcome: 'none', doubts: [] };
  const doubts: Doubt[] = [];
  if (weight.probability < decision.autoProbability) doubts.push('probability');
  else if (mayBeNamesake(standing, model)) doubts.push('namesake');
  if (standing.runnerUp !== null && weight.bits - standing.runnerUp < decision.gapBits)
    doubts.push('runner_up');
  if (weight.groups.length < decision.groups) doubts.push('one_kind_of_evidence');
  doubts.push(...conflictsOf(standing.comparison), ...standing.circumstances);
  const kin = kinOf(standing);
  if (kin !== null) doubts.push(kin);
  return { outcome: doubts.length === 0 ? 'auto' : 'review', doubts: [...new Set(doubts)] };
}

/**
 * Whether nothing but name and birth date agrees, and those not rarely enough. Who is of an age bears the names of that
 * age, so that namesakes of one day are more than either says by itself. Namesakes have other mothers.
 */
function mayBeNamesake({ comparison, weight }: Standing, { decision }: Model): boolean {
  const { probability, groups } = weight;
  if (probability >= decision.namesakeProbability || comparison.mother === 'equal') return false;
  return !groups.includes('id') && !groups.includes('household');
}

/** In what two persons contradict each other. */
export function conflictsOf(comparison: Comparison): Doubt[] {
  const found: Doubt[] = [];
  if (comparison.sex === 'different') found.push('sex_conflict');
  if (comparison.nik === 'different') found.push('nik_conflict');
  if (comparison.name !== null && comparison.name.pairs.some((pair) => pair.level === 'conflict'))
    found.push('name_conflict');
  if (comparison.birth === 'generation' || comparison.birth === 'age_generation') found.push('generation');
  if (comparison.birth === 'different' || comparison.birth === 'age_different') found.push('birth_conflict');
  return found;
}

/**
 * Twins share birth date, KK, area and most of the NIK: whatever else agrees, a person looks, save
 * where NIK and name are both quite the same.
 */
export function isTwinRisk(left: MatchPerson, right: MatchPerson, comparison: Comparison): boolean {
  if (comparison.nik === 'equal' && comparison.name?.identical) return false;
  const nikOfTwins =
    comparison.nik !== 'equal' &&
    left.nik.digits !== null &&
    right.nik.digits !== null &&
    left.nik.digits.slice(0, 12) === right.nik.digits.slice(0, 12) &&
    left.nik.digits.length === 16 &&
    right.nik.digits.length === 16;
  return nikOfTwins && comparison.name?.identical !== true;
}

/** As what kin of each other the two of a pair may be two people. */
function kinOf({ comparison, weight }: Standing): 'twin' | 'sibling' | null {
  const { nik, birth, name } = comparison;
  return mayBeKin({
    numberAgrees: nik === 'equal' || nearNiks.has(nik),
    home: weight.groups.includes('household'),
    slip: worstSlip(name?.own.map(slipOfPair) ?? []),
    born: bornAlike.has(birth) ? 'alike' : birth === 'one_digit' ? 'one_digit' : 'other',
  });
}

const nearNiks: ReadonlySet<NikLevel> = new Set([
  'transposed',
  'one_digit',
  'one_digit_in_date',
  'one_missing',
]);
const bornAlike: ReadonlySet<BirthLevel> = new Set(['equal', 'equal_round', 'swapped']);

/** Whether one of the others was born on the same day (or, where only ages are known, in the same year) with the same KK. */
export function hasTwin(person: MatchPerson, others: readonly MatchPerson[]): boolean {
  return others.some(
    (other) =>
      other !== person &&
      areBornTogether(person, other) &&
      (person.kk.digits === null || other.kk.digits === null || person.kk.digits === other.kk.digits),
  );
}

/** Who is of one age may be a spouse; only of those of one sex does an age take the one for the other. */
function areBornTogether(one: MatchPerson, other: MatchPerson): boolean {
  if (one.birthDate !== null || other.birthDate !== null) return one.birthDate === other.birthDate;
  if (one.birthYear === null || one.birthYear !== other.birthYear) return false;
  return one.sex === null || other.sex === null || one.sex === other.sex;
}
