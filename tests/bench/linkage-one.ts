import { BlockIndex } from '../../electron/matching/bulk/block-index.ts';
import { BlockKeys } from '../../electron/matching/bulk/block-keys.ts';
import { Candidates } from '../../electron/matching/bulk/candidates.ts';
import { learn } from '../../electron/matching/bulk/learn.ts';
import { linkLimits } from '../../electron/matching/bulk/link.ts';
import { PairComparer } from '../../electron/matching/bulk/pair-comparer.ts';
import { PairList } from '../../electron/matching/bulk/pair-list.ts';
import { PairOdds } from '../../electron/matching/bulk/pair-odds.ts';
import type { PersonTable } from '../../electron/matching/bulk/person-table.ts';
import { findTextParents } from '../../electron/matching/bulk/text-parents.ts';
import type { Measurement } from './suite.ts';

/** Calls that are compiled as they run. */
const warmUp = 20;

/** Of one record after the other: its look-up in milliseconds, and how likely the best of those found is the same person. */
interface OneByOne {
  times: number[];
  bestProbability: number[];
}

/**
 * One record against a list that is at hand, indexed and learnt from: found, compared and weighed, as when somebody
 * is looked for alone. Within one file each record is laid against all the others.
 *
 * @param most so many of them, the first.
 */
export function lookUpEach(
  cases: PersonTable,
  references: PersonTable,
  most = Number.POSITIVE_INFINITY,
): OneByOne {
  const { words } = cases;
  const within = cases === references;
  const left = cases.columns();
  const right = within ? left : references.columns();
  const keys = new BlockKeys(left, words, true);
  const candidates = new Candidates(new BlockIndex(right, words), keys, right.size, within);
  const comparer = new PairComparer(left, right, words);
  const { parameters, parents, prior } = learn({
    comparer,
    candidates,
    words,
    parents: findTextParents(within ? [left] : [left, right]),
    lefts: left.size,
    rights: right.size,
    within,
  });
  const odds = new PairOdds(parameters, parents, words, prior.expected);
  const ceiling = odds.ceiling(prior, left, right);
  const pairs = new PairList();
  const found: OneByOne = { times: [], bestProbability: [] };
  for (let one = 0; one < Math.min(most, left.size); one += 1) {
    const from = performance.now();
    pairs.clear();
    candidates.addPairs(one, pairs);
    let best = Number.NEGATIVE_INFINITY;
    for (const other of pairs.rights) {
      comparer.compareValues(one, other);
      if (!odds.mayReach(linkLimits.compareFrom, comparer, ceiling)) continue;
      comparer.compareNames();
      best = Math.max(best, odds.bits(comparer, prior));
    }
    found.times.push(performance.now() - from);
    found.bestProbability.push(1 / (1 + 2 ** -best));
  }
  return found;
}

export function timesOfOne(name: string, times: readonly number[]): Measurement[] {
  const warm = times.slice(warmUp);
  return [
    { metric: `${name}_one_case_p50`, value: quantile(warm, 0.5), unit: 'ms', decimals: 3 },
    { metric: `${name}_one_case_p95`, value: quantile(warm, 0.95), unit: 'ms', decimals: 3 },
  ];
}

export function quantile(times: readonly number[], share: number): number {
  return times.toSorted((left, right) => left - right)[Math.floor((times.length - 1) * share)] ?? Number.NaN;
}
