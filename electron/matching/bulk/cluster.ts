import { BlockIndex, type CappedBlocks } from './block-index.ts';
import { BlockKeys } from './block-keys.ts';
import { Candidates } from './candidates.ts';
import { areTwoPeople } from './evidence.ts';
import { mix } from './hash.ts';
import { nothingKept } from './kept.ts';
import { learn } from './learn.ts';
import { PairBits } from './pair-bits.ts';
import { PairComparer } from './pair-comparer.ts';
import { PairOdds } from './pair-odds.ts';
import type { PersonTable } from './person-table.ts';
import type { PairDecision } from './decided.ts';
import type { LinkOptions } from './link.ts';
import { PairList } from './pair-list.ts';
import { personsAtOnce, type Spent, Stages } from './stages.ts';
import { findTextParents } from './text-parents.ts';

export interface ClusterReport {
  persons: number;
  clusters: number;
  pairs: number;
  /** Expected number of pairs that are one person: those of a group as likely as the group, the others by themselves. */
  expectedMatches: number;
  learning: string;
  capped: CappedBlocks[];
  spent: Spent;
}

export const clusterLimits = {
  /** A pair below this says nothing for a cluster. */
  noticeProbability: 0.01,
  /** In bits: a pair that cannot reach this is not compared to its end; a million of them count as one. */
  compareFrom: -20,
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
  options: LinkOptions = {},
): { clusters: Int32Array; report: ClusterReport } {
  const { words } = persons;
  const { kept = nothingKept } = options;
  const columns = persons.columns();
  const stages = new Stages();
  const index = new BlockIndex(columns, words);
  stages.end('index');
  const candidates = new Candidates(index, new BlockKeys(columns, words, true), columns.size, true);
  const comparer = new PairComparer(columns, columns, words);
  const counted = findTextParents([columns]);
  const { parameters, parents, prior, note } = kept.piece(() =>
    learn({
      comparer,
      candidates,
      words,
      parents: counted,
      lefts: columns.size,
      rights: columns.size,
      within: true,
    }),
  );
  stages.end('learn');
  const odds = new PairOdds(parameters, parents, words, prior.expected);
  const said = new Map(
    (options.decisions ?? []).map(({ left, right, same }) => [keyOf(left, right), { left, right, same }]),
  );
  const bitsOfCompared = (): number =>
    areTwoPeople(comparer) ? Number.NEGATIVE_INFINITY : odds.bits(comparer, prior);
  const weigh = (one: number, other: number): number => {
    comparer.compare(one, other);
    return bitsOfCompared();
  };
  const likely: LikelyPair[] = [];
  const ceiling = odds.ceiling(prior, columns, columns);
  const pairs = new PairList();
  /** Those of `pairs` that are noticed, and how many of the others are expected to be one person. */
  const likelyPairs = () => {
    const found = { likely: [] as LikelyPair[], unnoticed: 0 };
    const { lefts, rights, size } = pairs;
    for (let at = 0; at < size; at += 1) {
      const [one, other] = [lefts[at] ?? 0, rights[at] ?? 0];
      comparer.compareValues(one, other);
      if (!odds.mayReach(clusterLimits.compareFrom, comparer, ceiling)) continue;
      comparer.compareNames();
      const bits = bitsOfCompared();
      const probability = probabilityOf(bits);
      if (probability >= clusterLimits.noticeProbability) found.likely.push({ one, other, bits });
      else found.unnoticed += probability;
    }
    return found;
  };
  let compared = 0;
  let unnoticed = 0;
  for (let from = 0; from < columns.size; from += personsAtOnce) {
    pairs.clear();
    const to = Math.min(columns.size, from + personsAtOnce);
    for (let one = from; one < to; one += 1) candidates.addPairs(one, pairs, one);
    stages.end('search');
    const noticed = kept.piece(likelyPairs);
    for (const pair of noticed.likely) likely.push(pair);
    unnoticed += noticed.unnoticed;
    compared += pairs.size;
    stages.end('score');
    options.onProgress?.(to, columns.size);
  }
  const { clusters, expected } = joinGroups(columns.contents, likely, [...said.values()], weigh);
  return {
    clusters,
    report: {
      persons: columns.size,
      clusters: new Set(clusters).size,
      pairs: compared,
      expectedMatches: expected + unnoticed,
      learning: note,
      capped: candidates.capped,
      spent: stages.spent,
    },
  };
}

/** A number for a pair in any order; rows below 2²⁶. */
function keyOf(one: number, other: number): number {
  return Math.max(one, other) * 0x4000000 + Math.min(one, other);
}

function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits);
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
  contents: Int32Array,
  likely: LikelyPair[],
  said: readonly PairDecision[],
  weigh: (one: number, other: number) => number,
): { clusters: Int32Array; expected: number } {
  const clusterOf = contents.map((_, person) => person);
  /** However the file is sorted, two pairs that are as likely come in the same order. */
  const orderOf = ({ one, other }: LikelyPair) => {
    const [left, right] = [contents[one] ?? 0, contents[other] ?? 0];
    return mix(Math.min(left, right), Math.max(left, right));
  };
  const members = new Map<number, number[]>();
  const membersOf = (cluster: number) => members.get(cluster) ?? [cluster];
  const known = new PairBits();
  for (const { one, other, bits } of likely) known.set(one, other, bits);
  const bitsOf = (one: number, other: number): number => {
    const found = known.get(one, other);
    if (found !== undefined) return found;
    const bits = weigh(one, other);
    known.set(one, other, bits);
    return bits;
  };
  let expected = 0;
  const join = (one: number, other: number, probability: number) => {
    const [left, right] = [membersOf(one), membersOf(other)];
    // What speaks for the groups speaks for each of their pairs, beside what the pair says itself.
    expected += sumOverPairs(left, right, (person, mate) =>
      Math.max(probability, probabilityOf(known.get(person, mate) ?? Number.NEGATIVE_INFINITY)),
    );
    members.set(one, [...left, ...right]);
    members.delete(other);
    for (const person of right) clusterOf[person] = one;
  };
  const groupsOf = (one: number, other: number) => [clusterOf[one] ?? 0, clusterOf[other] ?? 0] as const;
  for (const { left, right, same } of said) {
    const [one, other] = groupsOf(left, right);
    if (same && one !== other) join(one, other, 1);
  }
  const apart = new Map<number, number[]>();
  for (const { left, right, same } of said) {
    if (same) continue;
    apart.set(left, [...(apart.get(left) ?? []), right]);
    apart.set(right, [...(apart.get(right) ?? []), left]);
  }
  likely.sort((first, second) => second.bits - first.bits || orderOf(first) - orderOf(second));
  // How large two groups were when they were not joined: while they are, they will not be.
  const refused = new PairBits();
  for (const pair of likely) {
    const [one, other] = groupsOf(pair.one, pair.other);
    if (one === other) continue;
    const [left, right] = [membersOf(one), membersOf(other)];
    if (refused.get(one, other) === left.length + right.length) continue;
    const toldApart = left.some((person) =>
      apart.get(person)?.some((stranger) => clusterOf[stranger] === other),
    );
    const bits = toldApart ? Number.NEGATIVE_INFINITY : support(left, right, bitsOf);
    if (bits >= clusterLimits.joinFrom) join(one, other, probabilityOf(bits));
    else refused.set(one, other, left.length + right.length);
  }
  for (const { one, other, bits } of likely)
    if (clusterOf[one] !== clusterOf[other]) expected += probabilityOf(bits);
  return { clusters: clusterOf, expected };
}

/** Average of the bits between two groups, each pair's cut to `pairMost`; two people who cannot be one forbid it. */
function support(
  left: readonly number[],
  right: readonly number[],
  bitsOf: (one: number, other: number) => number,
): number {
  const { pairMost } = clusterLimits;
  const sum = sumOverPairs(left, right, (one, other) => {
    const bits = bitsOf(one, other);
    return bits === Number.NEGATIVE_INFINITY ? bits : Math.max(-pairMost, Math.min(pairMost, bits));
  });
  return sum / (left.length * right.length);
}

/**
 * Of groups with more than `pairsAtMost` pairs, some stand for all: every so many, a step that shares no factor with
 * the left group, for then each of the left has its turn.
 */
export function sumOverPairs(
  left: readonly number[],
  right: readonly number[],
  valueOf: (one: number, other: number) => number,
): number {
  const all = left.length * right.length;
  let step = Math.max(1, Math.floor(all / clusterLimits.pairsAtMost));
  while (commonFactor(step, left.length) > 1) step += 1;
  let sum = 0;
  let count = 0;
  for (let at = 0; at < all; at += step) {
    sum += valueOf(left[at % left.length] ?? 0, right[Math.floor(at / left.length)] ?? 0);
    count += 1;
  }
  return (sum / count) * all;
}

function commonFactor(one: number, other: number): number {
  return other === 0 ? one : commonFactor(other, one % other);
}
