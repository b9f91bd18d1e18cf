import { fixedFields } from './levels.ts';
import type { PairComparer } from './pair-comparer.ts';
import type { PairOdds, Prior } from './pair-odds.ts';
import type { BulkParameters } from './parameters.ts';

const tokenCount = 9;

/** Compared pairs kept for learning: levels as bytes, so that half a million take few megabytes. */
export class TrainingPairs {
  readonly size: number;
  readonly #fields: number;
  readonly #levels: Uint8Array;
  readonly #states: Uint8Array;
  readonly #tokens: Uint8Array;
  readonly #logU: Float64Array;
  readonly #logH: Float64Array;
  readonly weights: Float64Array;
  /** Expected pairs of two people of one household, as judged last. */
  relatives = 0;

  constructor(
    pairs: readonly { left: number; right: number }[],
    comparer: PairComparer,
    odds: PairOdds,
    texts: number,
  ) {
    this.size = pairs.length;
    this.#fields = fixedFields + texts;
    this.#levels = new Uint8Array(this.size * this.#fields);
    this.#states = new Uint8Array(this.size * texts);
    this.#tokens = new Uint8Array(this.size * tokenCount);
    this.#logU = new Float64Array(this.size);
    this.#logH = new Float64Array(this.size);
    this.weights = new Float64Array(this.size);
    for (const [at, { left, right }] of pairs.entries()) {
      comparer.compare(left, right);
      this.#levels.set(comparer.levels, at * this.#fields);
      this.#tokens.set(comparer.name.counts, at * tokenCount);
      for (let column = 0; column < texts; column += 1)
        this.#states[at * texts + column] = odds.stateOf(comparer.levels, column);
      this.#logU[at] = odds.logU(comparer);
      this.#logH[at] = odds.logH(comparer);
    }
  }

  /** Sets the weight of each pair to the probability that it is one person. */
  judge(parameters: BulkParameters, prior: Prior): void {
    this.relatives = 0;
    const fields = parameters.fields.map(({ m }) => m.map(Math.log2));
    const texts = parameters.texts.map((states) => states.map(({ m }) => m.map(Math.log2)));
    const tokens = parameters.tokens.m.map(Math.log2);
    for (let pair = 0; pair < this.size; pair += 1) {
      let m = 0;
      const at = pair * this.#fields;
      for (let index = 0; index < fixedFields; index += 1)
        m += fields[index]?.[this.#levels[at + index] ?? 0] ?? 0;
      for (let column = 0; column < texts.length; column += 1) {
        const state = this.#states[pair * texts.length + column] ?? 0;
        m += texts[column]?.[state]?.[this.#levels[at + fixedFields + column] ?? 0] ?? 0;
      }
      for (let level = 0; level < tokenCount; level += 1)
        m += (this.#tokens[pair * tokenCount + level] ?? 0) * (tokens[level] ?? 0);
      const stranger = prior.persons * 2 ** ((this.#logU[pair] ?? 0) - m);
      const relative = prior.relatives * 2 ** ((this.#logH[pair] ?? 0) - m);
      const all = prior.expected + stranger + relative + Number.MIN_VALUE;
      this.weights[pair] = prior.expected / all;
      this.relatives += relative / all;
    }
  }

  /** Calls `take` with each field's level and its weight; `weightOf` turns the judged probability into one. */
  tally(
    weightOf: (probability: number) => number,
    take: {
      field(index: number, level: number, weight: number): void;
      text(column: number, state: number, level: number, weight: number): void;
      token(level: number, weight: number): void;
    },
  ): void {
    const texts = this.#fields - fixedFields;
    for (let pair = 0; pair < this.size; pair += 1) {
      const weight = weightOf(this.weights[pair] ?? 0);
      if (weight < 1e-6) continue;
      const at = pair * this.#fields;
      for (let index = 0; index < fixedFields; index += 1)
        take.field(index, this.#levels[at + index] ?? 0, weight);
      for (let column = 0; column < texts; column += 1) {
        const state = this.#states[pair * texts + column] ?? 0;
        take.text(column, state, this.#levels[at + fixedFields + column] ?? 0, weight);
      }
      for (let level = 0; level < tokenCount; level += 1) {
        const times = this.#tokens[pair * tokenCount + level] ?? 0;
        if (times > 0) take.token(level, weight * times);
      }
    }
  }

  /** Pairs whose number is equal: what the numbers themselves say about how many matches there are. */
  countLevel(index: number, level: number): number {
    let count = 0;
    for (let pair = 0; pair < this.size; pair += 1)
      if (this.#levels[pair * this.#fields + index] === level) count += 1;
    return count;
  }
}
