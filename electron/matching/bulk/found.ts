import { assignOneToOne } from '../assign.ts';
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

/** The best few, each with the probability that it is this one among all, or nobody. */
export function rank(found: Found[], rest: number): FoundRow {
  found.sort((first, second) => second.bits - first.bits);
  const best = found.slice(0, candidatesKept);
  let others = rest;
  for (const { bits } of found.slice(candidatesKept)) others += 2 ** bits;
  let sum = others;
  for (const { bits } of best) sum += 2 ** bits;
  for (const candidate of best) candidate.probability = 2 ** candidate.bits / sum;
  return { best, rest: others };
}

/** One case a reference, where the sum of the evidence is best. @returns reference by case. */
export function assignRows(rows: readonly FoundRow[], fromProbability: number): Map<number, number> {
  const links = rows.flatMap(({ best }, row) =>
    best
      .filter(({ probability }) => probability >= fromProbability)
      .map(({ reference, bits }) => ({ row: String(row), column: String(reference), bits })),
  );
  return new Map(assignOneToOne(links).map((link) => [Number(link.row), Number(link.column)]));
}
