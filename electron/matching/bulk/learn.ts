import { mix } from './hash.ts';
import { text } from './levels.ts';
import type { Candidates } from './candidates.ts';
import {
  type BulkParameters,
  bulkSettings,
  copyOf,
  type LevelOdds,
  shippedParameters,
} from './parameters.ts';
import type { PairComparer } from './pair-comparer.ts';
import { PairList } from './pair-list.ts';
import { PairOdds, type Prior } from './pair-odds.ts';
import type { SharedWords } from './person-table.ts';
import { TrainingPairs } from './training-pairs.ts';
import { lessMatches, type TextParent, type TextParents } from './text-parents.ts';

export interface LearningTask {
  comparer: PairComparer;
  candidates: Candidates;
  words: SharedWords;
  parents: TextParents;
  /** Persons who are looked for, and among whom. */
  lefts: number;
  rights: number;
  /** The same file on both sides. */
  within: boolean;
}

export interface Learnt {
  parameters: BulkParameters;
  parents: TextParents;
  prior: Prior;
  /** False where the shipped parameters stand, and why. */
  learnt: boolean;
  note: string;
}

/**
 * Learns m and u from the files themselves, without labels: u from random pairs, each counted as far
 * as it is no match; m by expectation–maximisation over candidate pairs. The shipped values count as
 * some pairs beforehand, and stand where the outcome is not believable.
 */
export function learn(task: LearningTask): Learnt {
  const { learning } = bulkSettings;
  const numbers = randomNumbers(20_240_613);
  const lefts = drawn(task.comparer.left.contents, numbers);
  const rights = task.within ? lefts : drawn(task.comparer.right.contents, numbers);
  const looked = sampleCandidates(task, lefts);
  const strangers = samplePairs(task, lefts, rights, numbers);
  const start: Prior = {
    persons: task.rights,
    expected: task.within ? 0.2 : 0.7,
    relatives: bulkSettings.othersInHousehold,
  };
  let { parents } = task;
  let parameters = shippedParameters(parents);
  let prior = start;
  const weighed = (known: TrainingPairs | null, of: PairList): TrainingPairs =>
    weighedBy(new PairOdds(parameters, parents, task.words, prior.expected), known, of, task);
  let random: TrainingPairs | null = null;
  let last: TrainingPairs | null = null;
  for (let round = 0; round < learning.rounds; round += 1) {
    random = weighed(random, strangers);
    random.judge(parameters, prior);
    parameters = learnStrangers(parameters, random);
    const pairs = weighed(last, looked.pairs);
    for (let step = 0; step < learning.steps; step += 1) {
      pairs.judge(parameters, prior);
      parameters = learnMatches(parameters, pairs);
      const expected = expectedOf(task, looked, pairs);
      const settled = Math.abs(expected - prior.expected) < 1e-4 * prior.expected;
      prior = { ...prior, expected, relatives: relativesOf(task, looked, pairs) };
      if (settled) break;
    }
    parents = withoutMatches(task, looked, pairs);
    parameters = withChances(parameters, parents);
    last = pairs;
  }
  const problem = last === null ? 'tidak ada calon pasangan' : implausible(parameters, last);
  if (problem === null) return { parameters, parents, prior, learnt: true, note: 'dipelajari dari berkas' };
  return {
    ...asShipped(task, looked, start, last),
    parents: task.parents,
    learnt: false,
    note: `memakai nilai bawaan: ${problem}`,
  };
}

/** Compared once; later rounds weigh them anew. */
function weighedBy(
  odds: PairOdds,
  known: TrainingPairs | null,
  of: PairList,
  { comparer, parents }: LearningTask,
): TrainingPairs {
  if (known === null) return new TrainingPairs(of, comparer, odds, parents.length);
  known.weigh(odds);
  return known;
}

/** The shipped m and u; only how many matches there are comes from the files. */
function asShipped(
  task: LearningTask,
  looked: Looked,
  start: Prior,
  last: TrainingPairs | null,
): { parameters: BulkParameters; prior: Prior } {
  const parameters = shippedParameters(task.parents);
  const odds = new PairOdds(parameters, task.parents, task.words, start.expected);
  const pairs = weighedBy(odds, last, looked.pairs, task);
  let prior = start;
  for (let step = 0; step < bulkSettings.learning.steps; step += 1) {
    pairs.judge(parameters, prior);
    prior = {
      ...prior,
      expected: expectedOf(task, looked, pairs),
      relatives: relativesOf(task, looked, pairs),
    };
  }
  return { parameters, prior };
}

/** Where learning went astray (it learnt "same household", or noise), it says so; else null. */
function implausible(parameters: BulkParameters, pairs: TrainingPairs): string | null {
  const expected = pairs.weights.reduce((sum, weight) => sum + weight, 0);
  if (expected < bulkSettings.learning.matchesAtLeast) return 'terlalu sedikit pasangan untuk belajar';
  const off = offFromNumbers(pairs);
  if (off > bulkSettings.learning.numbersOffAtMost) return notAsNumbersSay(off);
  const { m, u } = parameters.tokens;
  if ((m[0] ?? 0) < (m[8] ?? 0) || (u[8] ?? 0) < (m[8] ?? 0)) return 'hasil belajar tidak membedakan nama';
  return null;
}

/** How far the matches lie from what equal numbers imply, as a share of it; 0 where numbers do not tell. */
function offFromNumbers(pairs: TrainingPairs): number {
  const { expected, implied } = pairs.matchesByNumber();
  return implied === null ? 0 : Math.abs(expected / implied - 1);
}

function notAsNumbersSay(off: number): string {
  return `pasangan hasil belajar menyimpang ${Math.round(100 * off)}% dari yang ditunjukkan nomor yang sama`;
}

interface Looked {
  pairs: PairList;
  lefts: number;
}

function sampleCandidates(task: LearningTask, order: Int32Array): Looked {
  const pairs = new PairList();
  let lefts = 0;
  for (const left of order) {
    task.candidates.addPairs(left, pairs);
    lefts += 1;
    if (pairs.size >= bulkSettings.learning.pairs) break;
  }
  return { pairs, lefts };
}

function samplePairs(
  task: LearningTask,
  lefts: Int32Array,
  rights: Int32Array,
  random: () => number,
): PairList {
  const count = Math.min(bulkSettings.learning.strangers, task.lefts * task.rights);
  const pairs = new PairList();
  for (let at = 0; at < count; at += 1) {
    const left = lefts[Math.floor(random() * task.lefts)] ?? 0;
    const right = rights[Math.floor(random() * task.rights)] ?? 0;
    if (!task.within || left !== right) pairs.push(left, right);
  }
  return pairs;
}

/** Matches a person has: never more than one in another list, some in a file that holds persons twice. */
function expectedOf(task: LearningTask, looked: Looked, pairs: TrainingPairs): number {
  if (task.within) {
    const sum = pairs.weights.reduce((total, weight) => total + weight, 0);
    return Math.max(0.001, sum / Math.max(1, looked.lefts));
  }
  let found = 0;
  const { lefts, size } = looked.pairs;
  for (let from = 0; from < size;) {
    const left = lefts[from];
    let sum = 0;
    let to = from;
    while (to < size && lefts[to] === left) {
      sum += pairs.weights[to] ?? 0;
      to += 1;
    }
    found += Math.min(1, sum);
    from = to;
  }
  return Math.min(0.99, Math.max(0.01, found / Math.max(1, looked.lefts)));
}

/** Others of a household that a person meets: many in a list of families, none in a list of single persons. */
function relativesOf(task: LearningTask, looked: Looked, pairs: TrainingPairs): number {
  const { othersInHousehold, priorPersons } = { ...bulkSettings, ...bulkSettings.learning };
  const met = (pairs.relatives + othersInHousehold * priorPersons) / (looked.lefts + priorPersons);
  // Where a file names households, a brother may be missing from it and come all the same.
  return task.comparer.right.households.some((household) => household !== null) ? Math.max(1, met) : met;
}

/**
 * The chances of texts with the matches taken out: in a file that holds persons twice, two rows agree
 * in their post code because they are one person.
 */
function withoutMatches(task: LearningTask, looked: Looked, pairs: TrainingPairs): TextParent[] {
  const sums = task.parents.map(() => ({ equal: 0, beside: 0, both: 0 }));
  pairs.tally((probability) => probability, {
    field: () => {},
    text: (column, state, level, weight) => {
      const sum = sums[column];
      if (sum === undefined) return;
      if (level === text.equal) sum.equal += weight;
      if (state === 1) sum.beside += weight;
      if (state === 1 && level === text.equal) sum.both += weight;
    },
    token: () => {},
  });
  // As shares of all pairs; values were counted in both files together.
  const { persons } = task.words;
  const scale = ((task.within ? 1 : 2) * task.lefts) / Math.max(1, looked.lefts) / persons ** 2;
  return task.parents.map((parent, column) =>
    lessMatches(parent, {
      equal: (sums[column]?.equal ?? 0) * scale,
      beside: (sums[column]?.beside ?? 0) * scale,
      both: (sums[column]?.both ?? 0) * scale,
    }),
  );
}

function withChances(parameters: BulkParameters, parents: TextParents): BulkParameters {
  const texts = parameters.texts.map(([alone, beside], column): [LevelOdds, LevelOdds] => {
    const next: [LevelOdds, LevelOdds] = [copyOf(alone), copyOf(beside)];
    const parent = parents[column];
    if (parent === undefined) return next;
    next[0].u[text.equal] = parent.chance;
    next[1].u[text.equal] = parent.chanceBeside;
    return next;
  });
  return { ...parameters, texts };
}

function learnMatches(parameters: BulkParameters, pairs: TrainingPairs): BulkParameters {
  const { priorPairs } = bulkSettings.learning;
  return update(parameters, pairs, 'm', (probability) => probability, priorPairs);
}

function learnStrangers(parameters: BulkParameters, pairs: TrainingPairs): BulkParameters {
  return update(
    parameters,
    pairs,
    'u',
    (probability) => 1 - probability,
    bulkSettings.learning.priorStrangers,
  );
}

function update(
  parameters: BulkParameters,
  pairs: TrainingPairs,
  which: 'm' | 'u',
  weightOf: (probability: number) => number,
  beforehand: number,
): BulkParameters {
  const shipped = parameters.shipped;
  const next: BulkParameters = {
    shipped,
    fields: parameters.fields.map(copyOf),
    texts: parameters.texts.map(([alone, beside]) => [copyOf(alone), copyOf(beside)]),
    tokens: { ...copyOf(parameters.tokens), spread: parameters.tokens.spread },
  };
  const fields = next.fields.map(zeros);
  const texts = next.texts.map((states) => states.map(zeros));
  const tokens = zeros(next.tokens);
  pairs.tally(weightOf, {
    field: (index, level, weight) => add(fields[index], level, weight),
    text: (column, state, level, weight) => add(texts[column]?.[state], level, weight),
    token: (level, weight) => add(tokens, level, weight),
  });
  for (const [index, odds] of next.fields.entries())
    settle(odds[which], fields[index], shipped.fields[index]?.[which], beforehand, 1);
  for (const [column, states] of next.texts.entries()) {
    for (const [state, odds] of states.entries()) {
      // How often texts agree by chance is counted from their values, not from a sample.
      const { equal } = text;
      const chance = odds.u[equal] ?? 0;
      settle(
        odds[which],
        texts[column]?.[state],
        shipped.texts[column]?.[state === 0 ? 0 : 1][which],
        beforehand,
        1,
      );
      if (which === 'u') odds.u[equal] = chance;
    }
  }
  settle(next.tokens[which], tokens, shipped.tokens[which], beforehand, 0);
  return next;
}

function zeros(odds: LevelOdds): Float64Array {
  return new Float64Array(odds.m.length);
}

function add(counts: Float64Array | undefined, level: number, weight: number): void {
  if (counts !== undefined) counts[level] = (counts[level] ?? 0) + weight;
}

/** Observed shares, the shipped ones counting as `beforehand` observations. */
function settle(
  into: Float64Array,
  counts: Float64Array | undefined,
  shipped: Float64Array | undefined,
  beforehand: number,
  first: number,
): void {
  if (counts === undefined || shipped === undefined) return;
  let total = beforehand;
  for (let level = first; level < counts.length; level += 1) total += counts[level] ?? 0;
  for (let level = first; level < counts.length; level += 1)
    into[level] = ((counts[level] ?? 0) + beforehand * (shipped[level] ?? 0)) / total;
}

/** Bits of a hash that stand above those of a row: a number holds both exactly. */
const rowBits = 2 ** 24;

/** Rows in an order that says nothing of theirs in the file: it follows from what they hold. */
function drawn(contents: Int32Array, random: () => number): Int32Array {
  const seed = Math.floor(random() * 2 ** 31);
  const keys = Float64Array.from(
    contents,
    (content, row) => (mix(content, seed) >>> 3) * rowBits + row,
  ).sort();
  return Int32Array.from(keys, (key) => key % rowBits);
}

/** Numbers from 0 to 1, the same in every run (mulberry32): a run can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
