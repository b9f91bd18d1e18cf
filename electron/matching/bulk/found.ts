import { assignOneToOne, type PossibleLink } from '../assign.ts';
import type { Evidence } from './evidence.ts';

/** A person of the reference that one of the cases may be. */
export interface Found {
  reference: number;
  bits: number;
  probability: number;
  evidence: Evidence;
  /** Lives elsewhere, and nobody of the case's family is found there. */
  missed: boolean;
}

/** What was found for one case: the best few, and the weight of everyone else (2^bits, nobody included). */
export interface FoundRow {
  best: Found[];
  rest: number;
}

export const candidatesKept = 5;

/**
 * The best few, each with the probability that it is this one among all, or nobody.
 *
 * @param contents of the reference, which tell two that are as likely apart, however their file is sorted.
 */
export function rank(found: Found[], rest: number, contents: Int32Array): FoundRow {
  found.sort(
    (first, second) =>
      second.bits - first.bits || (contents[first.reference] ?? 0) - (contents[second.reference] ?? 0),
  );
  const best = found.slice(0, candidatesKept);
  let others = rest;
  for (const { bits } of found.slice(candidatesKept)) others += 2 ** bits;
  let sum = others;
  for (const { bits } of best) sum += 2 ** bits;
  for (const candidate of best) candidate.probability = 2 ** candidate.bits / sum;
  return { best, rest: others };
}

/**
 * One case a reference, where the sum of the evidence is best. Whoever likes one whom nobody else likes has
 * that one, which is nearly everybody: only the others have to be assigned.
 *
 * @param contents of the cases. @returns reference by case.
 */
export function assignRows(
  rows: readonly FoundRow[],
  fromProbability: number,
  contents: Int32Array,
): Map<number, number> {
  const claims = new Map<number, number>();
  for (const { best } of rows)
    for (const { reference, probability } of best)
      if (probability >= fromProbability) claims.set(reference, (claims.get(reference) ?? 0) + 1);
  const assigned = new Map<number, number>();
  const contested: PossibleLink[] = [];
  for (const [row, { best }] of rows.entries()) {
    const likely = best.filter(({ probability }) => probability >= fromProbability);
    const [only] = likely;
    if (only !== undefined && likely.length === 1 && claims.get(only.reference) === 1)
      assigned.set(row, only.reference);
    else
      for (const { reference, bits } of likely)
        contested.push({ row: String(row), column: String(reference), bits });
  }
  // Of assignments that are worth as much one follows from the order in which links come; of a case they stand ranked.
  contested.sort((one, other) => (contents[Number(one.row)] ?? 0) - (contents[Number(other.row)] ?? 0));
  for (const link of assignOneToOne(contested)) assigned.set(Number(link.row), Number(link.column));
  return assigned;
}
