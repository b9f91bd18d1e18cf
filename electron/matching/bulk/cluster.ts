import { BlockIndex, type CappedBlocks } from './block-index.ts';
import { BlockKeys } from './block-keys.ts';
import { Candidates } from './candidates.ts';
import { evidenceOf } from './evidence.ts';
import { learn } from './learn.ts';
import { PairComparer } from './pair-comparer.ts';
import { PairOdds } from './pair-odds.ts';
import type { PersonTable } from './person-table.ts';
import { findTextParents } from './text-parents.ts';

export interface ClusterReport {
  persons: number;
  clusters: number;
  pairs: number;
  /** Expected number of pairs that are one person. */
  expectedMatches: number;
  learning: string;
  capped: CappedBlocks[];
}

export const clusterLimits = {
  /** A pair below this says nothing for a cluster. */
  noticeProbability: 0.01,
  /** In bits: two groups become one while their pairs, on average, speak for it as much as this. */
  joinFrom: 0,
  /** No single pair decides for a group: its bits count only up to this, in either direction. */
  pairMost: 12,
  /** Pairs of two groups that are looked at, at most. */
  pairsAtMost: 400,
} as const;

/** Finds who stands in a file more than once. @returns for each person the number of the cluster. */
export function clusterFile(
  persons: PersonTable,
  onProgress: (done: number, total: number) => void = () => {},
): { clusters: Int32Array; report: ClusterReport } {
  const { words } = persons;
  const columns = persons.columns();
  const index = new BlockIndex(columns, words);
  const candidates = new Candidates(index, new BlockKeys(columns, words), columns.size);
  const comparer = new PairComparer(columns, columns, words);
  const counted = findTextParents([columns]);
  const { parameters, parents, prior, note } = learn({
    comparer,
    candidates,
    words,
    parents: counted,
    lefts: columns.size,
    rights: columns.size,
    within: true,
  });
  const odds = new PairOdds(parameters, parents, words, prior.expected);
  const weigh = (one: number, other: number): number => {
    comparer.compare(one, other);
    return evidenceOf(comparer).apart ? Number.NEGATIVE_INFINITY : odds.bits(comparer, prior);
  };
  const likely: LikelyPair[] = [];
  let pairs = 0;
  let expectedMatches = 0;
  for (let one = 0; one < columns.size; one += 1) {
    for (const other of candidates.of(one)) {
      if (other >= one) continue;
      pairs += 1;
      const bits = weigh(one, other);
      const probability = 1 / (1 + 2 ** -bits);
      expectedMatches += probability;
      if (probability >= clusterLimits.noticeProbability) likely.push({ one, other, bits });
    }
    if (one % 256 === 0) onProgress(one, columns.size);
  }
  const clusters = joinGroups(columns.size, likely, weigh);
  return {
    clusters,
    report: {
      persons: columns.size,
      clusters: new Set(clusters).size,
      pairs,
      expectedMatches,
      learning: note,
      capped: candidates.capped,
    },
  };
}

interface LikelyPair {
  one: number;
  other: number;
  bits: number;
}

/**
 * The strongest pair first, two groups become one if all their pairs together speak for it: a chain
 * of likenesses, or one wrong pair, does not join two persons whose other records contradict.
 */
function joinGroups(
  size: number,
  likely: LikelyPair[],
  weigh: (one: number, other: number) => number,
): Int32Array {
  const clusterOf = Int32Array.from({ length: size }, (_, person) => person);
  const members = new Map<number, number[]>();
  const membersOf = (cluster: number) => members.get(cluster) ?? [cluster];
  const known = new Map<number, number>();
  const keyOf = (one: number, other: number) => Math.max(one, other) * size + Math.min(one, other);
  for (const { one, other, bits } of likely) known.set(keyOf(one, other), bits);
  const bitsOf = (one: number, other: number): number => {
    const key = keyOf(one, other);
    const found = known.get(key);
    if (found !== undefined) return found;
    const bits = weigh(one, other);
    known.set(key, bits);
    return bits;
  };
  likely.sort((first, second) => second.bits - first.bits);
  for (const pair of likely) {
    const [one, other] = [clusterOf[pair.one] ?? 0, clusterOf[pair.other] ?? 0];
    if (one === other) continue;
    const [left, right] = [membersOf(one), membersOf(other)];
    if (support(left, right, bitsOf) < clusterLimits.joinFrom) continue;
    const joined = [...left, ...right];
    members.set(one, joined);
    members.delete(other);
    for (const person of right) clusterOf[person] = one;
  }
  return clusterOf;
}

/** Average of the bits between two groups, each pair's cut to `pairMost`; two people who cannot be one forbid it. */
function support(
  left: readonly number[],
  right: readonly number[],
  bitsOf: (one: number, other: number) => number,
): number {
  const step = Math.max(1, Math.floor((left.length * right.length) / clusterLimits.pairsAtMost));
  let sum = 0;
  let count = 0;
  for (let at = 0; at < left.length * right.length; at += step) {
    const one = left[at % left.length] ?? 0;
    const other = right[Math.floor(at / left.length)] ?? 0;
    const bits = bitsOf(one, other);
    if (bits === Number.NEGATIVE_INFINITY) return bits;
    sum += Math.max(-clusterLimits.pairMost, Math.min(clusterLimits.pairMost, bits));
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
