import { BlockIndex, type CappedBlocks } from './block-index.ts';
import { BlockKeys } from './block-keys.ts';
import { Candidates } from './candidates.ts';
import { withCompanions } from './companions.ts';
import { Decided, type PairDecision } from './decided.ts';
import { evidenceOf } from './evidence.ts';
import { assignRows, type Found, type FoundRow, rank } from './found.ts';
import { Households } from './households.ts';
import { type Kept, nothingKept } from './kept.ts';
import { learn } from './learn.ts';
import { PairComparer } from './pair-comparer.ts';
import { type Ceiling, PairOdds, type Prior } from './pair-odds.ts';
import { PairList } from './pair-list.ts';
import type { PersonTable } from './person-table.ts';
import { personsAtOnce, type Spent, Stages } from './stages.ts';
import { findTextParents } from './text-parents.ts';

export type LinkDecision = 'auto' | 'review' | 'none';

export interface LinkCandidate {
  /** Row of the reference. */
  reference: number;
  probability: number;
  decision: LinkDecision;
}

export interface LinkReport {
  cases: number;
  references: number;
  pairs: number;
  /** Cases with each decision. */
  auto: number;
  review: number;
  none: number;
  /** Expected number of cases that stand in the reference. */
  expectedMatches: number;
  /** Expected number of wrong automatic links. */
  expectedWrong: number;
  learning: string;
  capped: CappedBlocks[];
  spent: Spent;
}

export const linkLimits = {
  autoProbability: 0.995,
  /** Wrong links among the automatic ones: at most one in so many is expected. */
  oneWrongIn: 4000,
  reviewProbability: 0.05,
  /** In bits: a pair that cannot reach this is not compared to its end; a thousand of them come to a millionth. */
  compareFrom: -30,
  groups: 2,
} as const;

export interface LinkOptions {
  onProgress?: (done: number, total: number) => void;
  /** What a person said before: rows of the cases and of the reference. */
  decisions?: readonly PairDecision[];
  /** What an earlier run of the same files, decisions and program left. */
  kept?: Kept;
}

/** Links the persons of one file with those of another: at most one each, and what is not sure is left to a person. */
export function linkFiles(
  cases: PersonTable,
  references: PersonTable,
  options: LinkOptions = {},
): { links: LinkCandidate[][]; report: LinkReport } {
  const { words } = cases;
  const { kept = nothingKept } = options;
  const decided = new Decided(options.decisions ?? []);
  const left = cases.columns();
  const right = references.columns();
  const stages = new Stages();
  const index = new BlockIndex(right, words);
  stages.end('index');
  const candidates = new Candidates(index, new BlockKeys(left, words, true), right.size);
  const comparer = new PairComparer(left, right, words);
  const counted = findTextParents([left, right]);
  const { parameters, parents, prior, note } = kept.piece(() =>
    learn({
      comparer,
      candidates,
      words,
      parents: counted,
      lefts: left.size,
      rights: right.size,
      within: false,
    }),
  );
  const odds = new PairOdds(parameters, parents, words, prior.expected);
  stages.end('learn');
  const contents = { cases: left.contents, references: right.contents };
  const weigher = {
    contents: right.contents,
    comparer,
    odds,
    prior,
    ceiling: odds.ceiling(prior, left, right),
    decided,
  };
  const found: FoundRow[] = [];
  const pairs = new PairList();
  let compared = 0;
  for (let from = 0; from < left.size; from += personsAtOnce) {
    pairs.clear();
    const to = Math.min(left.size, from + personsAtOnce);
    for (let one = from; one < to; one += 1) candidates.addPairs(one, pairs);
    stages.end('search');
    for (const row of kept.piece(() => bestOfEach(from, to, pairs, weigher))) found.push(row);
    compared += pairs.size;
    stages.end('score');
    options.onProgress?.(to, left.size);
  }
  const households = {
    cases: new Households(left, words.placeColumn),
    references: new Households(right, words.placeColumn),
  };
  const rows = withCompanions({ rows: found, contents, ...households, comparer, odds, prior, decided });
  const links = decide(rows, households, decided, left.contents);
  stages.end('decide');
  const report = {
    cases: left.size,
    references: right.size,
    pairs: compared,
    learning: note,
    capped: candidates.capped,
    spent: stages.spent,
    ...countsOf(links),
  };
  return { links, report };
}

/** In bits: what a person said outweighs whatever the columns say. */
const saidSameBits = 60;

interface Weigher {
  /** What the rows of the reference hold. */
  contents: Int32Array;
  comparer: PairComparer;
  odds: PairOdds;
  prior: Prior;
  ceiling: Ceiling;
  decided: Decided;
}

/** What was found for each person from `from` to before `to`, whose pairs stand one person after the other. */
function bestOfEach(from: number, to: number, pairs: PairList, weigher: Weigher): FoundRow[] {
  const { lefts, rights, size } = pairs;
  const rows: FoundRow[] = [];
  let at = 0;
  for (let one = from; one < to; one += 1) {
    const first = at;
    while (at < size && lefts[at] === one) at += 1;
    rows.push(best(one, rights.subarray(first, at), weigher));
  }
  return rows;
}

/** The best five of a person, each with the probability that it is this one among all, or nobody. */
function best(
  one: number,
  others: Int32Array,
  { contents, comparer, odds, prior, ceiling, decided }: Weigher,
): FoundRow {
  const same = decided.sameAs(one);
  if (same !== undefined) {
    comparer.compare(one, same);
    const evidence = evidenceOf(comparer);
    return rank(
      [{ reference: same, bits: saidSameBits, probability: 1, evidence, missed: false }],
      0,
      contents,
    );
  }
  const found: Found[] = [];
  let rest = 1 - prior.expected;
  comparer.readAhead(others);
  for (const other of others) {
    if (decided.areApart(one, other)) continue;
    comparer.compareValues(one, other);
    if (!odds.mayReach(linkLimits.compareFrom, comparer, ceiling)) continue;
    comparer.compareNames();
    if (!odds.mayReachWithNames(linkLimits.compareFrom, comparer, ceiling)) continue;
    const bits = odds.bits(comparer, prior);
    if (bits < -12) rest += 2 ** bits;
    else
      found.push({ reference: other, bits, probability: 0, evidence: evidenceOf(comparer), missed: false });
  }
  return rank(found, rest, contents);
}

/**
 * Who is linked by itself: the likeliest first, while so few are expected to be wrong as `oneWrongIn` allows. What a
 * person said stands beside that: it is no link of the program's, so it earns none.
 *
 * @param contents of the cases, which put those that are as likely in an order of their own.
 */
export function decide(
  rows: readonly FoundRow[],
  households: { cases: Households; references: Households },
  decided: Decided,
  contents: Int32Array,
): LinkCandidate[][] {
  const assigned = assignRows(rows, linkLimits.reviewProbability, contents);
  const auto = new Set<number>();
  const possible: { row: number; probability: number }[] = [];
  for (const [row, { best }] of rows.entries()) {
    const [first] = best;
    if (first === undefined) continue;
    const { probability, reference } = first;
    if (decided.sameAs(row) !== undefined) {
      auto.add(row);
      continue;
    }
    if (probability < linkLimits.autoProbability || assigned.get(row) !== reference) continue;
    if (isDoubtful(first)) continue;
    if (households.references.isNumberOfMate(reference, households.cases.numberOf(row))) continue;
    possible.push({ row, probability });
  }
  possible.sort(
    (one, other) =>
      other.probability - one.probability || (contents[one.row] ?? 0) - (contents[other.row] ?? 0),
  );
  let wrong = 0;
  for (const [linked, { row, probability }] of possible.entries()) {
    wrong += 1 - probability;
    if (linked > 0 && wrong * linkLimits.oneWrongIn > linked + 1) break;
    auto.add(row);
  }
  return rows.map(({ best }, row) =>
    best.map((candidate, index) => ({
      reference: candidate.reference,
      probability: candidate.probability,
      decision: decisionOf(candidate, index, auto.has(row)),
    })),
  );
}

/** What a person has to look at, however likely it is. */
function isDoubtful({ evidence, missed }: Found): boolean {
  const { sound, groups, twinLike, numberAgrees } = evidence;
  return !sound || twinLike || groups < linkLimits.groups || (missed && !numberAgrees);
}

function decisionOf(candidate: Found, place: number, auto: boolean): LinkDecision {
  if (auto) return place === 0 ? 'auto' : 'none';
  return candidate.probability >= linkLimits.reviewProbability ? 'review' : 'none';
}

function countsOf(
  links: readonly LinkCandidate[][],
): Pick<LinkReport, 'auto' | 'review' | 'none' | 'expectedMatches' | 'expectedWrong'> {
  const counts = { auto: 0, review: 0, none: 0, expectedMatches: 0, expectedWrong: 0 };
  for (const candidates of links) {
    const decision = candidates[0]?.decision ?? 'none';
    counts[decision] += 1;
    for (const { probability } of candidates) counts.expectedMatches += probability;
    if (decision === 'auto') counts.expectedWrong += 1 - (candidates[0]?.probability ?? 0);
  }
  return counts;
}
