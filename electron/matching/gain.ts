import type { Doubt } from './decide.ts';

/** A pair that a person has to judge, as the engine left it. */
export interface OpenPair {
  probability: number;
  doubts: readonly Doubt[];
}

export interface OpenCase {
  pairs: readonly OpenPair[];
  /** Whether the result of the identification becomes another if the doubtful pairs are refused. */
  turns: boolean;
  members: number;
}

export interface Gain {
  /** Persons who would on average be recorded wrongly if nobody looked. */
  persons: number;
  /** What the most of it comes from; the queue says it in one phrase. */
  from: 'other_case' | 'result' | 'pair' | 'none';
}

/**
 * Doubts that the probability knows nothing of: twins and swapped NIKs agree in nearly everything
 * that is weighed. Whatever the model says, one in four of them is taken to be wrong.
 */
const besideTheModel: readonly Doubt[] = [
  'twin',
  'sibling',
  'generation',
  'nik_swapped',
  'sex_conflict',
  'nik_conflict',
  'name_conflict',
  'birth_conflict',
  'deceased',
  'assigned_elsewhere',
  'linked_elsewhere',
];
const leastRisk = 0.25;

/**
 * Expected value of deciding a case: the chance that the program's own proposal for each pair is
 * wrong, and, where the result hangs on it, everyone of the household with it. A decision on a person
 * who is already linked with another case settles two.
 */
export function gainOf({ pairs, turns, members }: OpenCase): Gain {
  const doubtful = pairs.filter((pair) => pair.doubts.length > 0);
  const risks = doubtful.map(riskOf);
  const own = risks.reduce((sum, risk) => sum + risk, 0);
  const anyWrong = 1 - risks.reduce((right, risk) => right * (1 - risk), 1);
  const household = turns ? anyWrong * members : 0;
  const elsewhere = doubtful.filter((pair) => pair.doubts.includes('linked_elsewhere')).length;
  const persons = own + household + elsewhere;
  if (persons === 0) return { persons, from: 'none' };
  if (elsewhere > 0) return { persons, from: 'other_case' };
  return { persons, from: household > own ? 'result' : 'pair' };
}

function riskOf({ probability, doubts }: OpenPair): number {
  const risk = Math.min(probability, 1 - probability);
  return doubts.some((doubt) => besideTheModel.includes(doubt)) ? Math.max(leastRisk, risk) : risk;
}
