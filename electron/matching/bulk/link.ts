import { BlockIndex, type CappedBlocks } from './block-index.ts';
import { BlockKeys } from './block-keys.ts';
import { Candidates } from './candidates.ts';
import { withCompanions } from './companions.ts';
import { evidenceOf } from './evidence.ts';
import { assignRows, type Found, type FoundRow, rank } from './found.ts';
import { Households } from './households.ts';
import { learn } from './learn.ts';
import { PairComparer } from './pair-comparer.ts';
import { PairOdds, type Prior } from './pair-odds.ts';
import type { PersonTable } from './person-table.ts';
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
}

export const linkLimits = {
  autoProbability: 0.995,
  /** Wrong links among the automatic ones: at most one in so many is expected. */
  oneWrongIn: 4000,
  reviewProbability: 0.05,
  groups: 2,
} as const;

/** Links the persons of one file with those of another: at most one each, and what is not sure is left to a person. */
export function linkFiles(
  cases: PersonTable,
  references: PersonTable,
  onProgress: (done: number, total: number) => void = () => {},
): { links: LinkCandidate[][]; report: LinkReport } {
  const { words } = cases;
  const left = cases.columns();
  const right = references.columns();
  const index = new BlockIndex(right, words);
  const candidates = new Candidates(index, new BlockKeys(left, words), right.size);
  const comparer = new PairComparer(left, right, words);
  const counted = findTextParents([left, right]);
  const { parameters, parents, prior, note } = learn({
    comparer,
    candidates,
    words,
    parents: counted,
    lefts: left.size,
    rights: right.size,
    within: false,
  });
  const odds = new PairOdds(parameters, parents, words, prior.expected);
  const found: FoundRow[] = [];
  let pairs = 0;
  for (let one = 0; one < left.size; one += 1) {
    const others = candidates.of(one);
    pairs += others.length;
    found.push(best(one, others, comparer, odds, prior));
    if (one % 256 === 0) onProgress(one, left.size);
  }
  const households = { cases: new Households(left), references: new Households(right) };
  const rows = withCompanions({ rows: found, ...households, comparer, odds, areApart: () => false });
  const links = decide(rows, households);
  const report = {
    cases: left.size,
    references: right.size,
    pairs,
    learning: note,
    capped: candidates.capped,
    ...countsOf(links),
  };
  return { links, report };
}

/** The best five of a person, each with the probability that it is this one among all, or nobody. */
function best(
  one: number,
  others: readonly number[],
  comparer: PairComparer,
  odds: PairOdds,
  prior: Prior,
): FoundRow {
  const found: Found[] = [];
  let rest = 1 - prior.expected;
  for (const other of others) {
    comparer.compare(one, other);
    const bits = odds.bits(comparer, prior);
    if (bits < -12) rest += 2 ** bits;
    else found.push({ reference: other, bits, probability: 0, evidence: evidenceOf(comparer) });
  }
  return rank(found, rest);
}

function decide(
  rows: readonly FoundRow[],
  households: { cases: Households; references: Households },
): LinkCandidate[][] {
  const assigned = assignRows(rows, linkLimits.reviewProbability);
  const order = rows
    .map(({ best }, row) => ({ row, first: best[0] }))
    .flatMap(({ row, first }) => (first === undefined ? [] : [{ row, first }]))
    .sort((one, other) => other.first.probability - one.first.probability);
  const auto = new Set<number>();
  let wrong = 0;
  for (const { row, first } of order) {
    const { probability, reference, evidence } = first;
    if (probability < linkLimits.autoProbability) break;
    if (!evidence.sound || evidence.groups < linkLimits.groups) continue;
    if (evidence.twinLike && !(households.cases.hasNoTwin(row) && households.references.hasNoTwin(reference)))
      continue;
    if (assigned.get(row) !== reference) continue;
    if ((wrong + 1 - probability) * linkLimits.oneWrongIn > auto.size + 1 && auto.size > 0) break;
    wrong += 1 - probability;
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
