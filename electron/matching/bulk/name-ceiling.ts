import type { Vocabulary } from './growing.ts';
import type { NameToken } from '../names.ts';
import { token } from './levels.ts';
import { bulkSettings, type LevelOdds } from './parameters.ts';
import { type PersonColumns, tokensAtMost } from './person-table.ts';

/** The levels of two parts that are not one word of one class. */
const nearLevels = [token.key, token.joined, token.similar, token.alike, token.initial] as const;

/** How many bits two names can add at most, told without aligning them. */
export class NameCeiling {
  /** Of each part: met by itself, and met by any other part. */
  readonly #same: Float64Array;
  readonly #near: Float64Array;
  /** What parts that nobody answers can add: nothing, unless they are a habit of the same persons. */
  readonly #unanswered: number;
  readonly #left: PersonColumns;
  readonly #right: PersonColumns;
  readonly #lefts: Float32Array;
  readonly #rights: Float32Array;

  /** @param partU bits of a part in two strangers, by its level and its share of the bearers. */
  constructor(
    { m, u }: LevelOdds,
    partU: (level: number, share: number) => number,
    {
      tokens,
      shares,
      files: [left, right],
    }: {
      tokens: Vocabulary<NameToken>;
      shares: Float64Array;
      files: readonly [PersonColumns, PersonColumns];
    },
  ) {
    const bits = (level: number, share: number) => (m[level] ?? 0) - partU(level, share);
    const near = Math.max(0, ...nearLevels.map((level) => bits(level, 0)));
    // Words of one class are weighed by the share of either.
    const classes = new Map<string, { words: number; share: number }>();
    for (const [id, { canon }] of tokens.values.entries()) {
      const { words, share } = classes.get(canon) ?? { words: 0, share: 1 };
      classes.set(canon, { words: words + 1, share: Math.min(share, shares[id] ?? 1) });
    }
    this.#near = Float64Array.from(tokens.values, ({ canon }) => {
      const { words, share } = classes.get(canon) ?? { words: 0, share: 1 };
      return words > 1 ? Math.max(near, bits(token.class, share)) : near;
    });
    this.#same = this.#near.map((most, id) => Math.max(most, bits(token.exact, shares[id] ?? 1)));
    const loss = [token.absent, token.conflict].map((level) => (m[level] ?? 0) - (u[level] ?? 0));
    this.#unanswered = tokensAtMost * Math.max(0, ...loss);
    this.#left = left;
    this.#right = right;
    this.#lefts = this.#sumsOf(left);
    this.#rights = left === right ? this.#lefts : this.#sumsOf(right);
  }

  /** Whatever the two names are: what either can add with anybody. */
  ofAny(left: number, right: number): number {
    return Math.min(this.#lefts[left] ?? 0, this.#rights[right] ?? 0, bulkSettings.nameMost);
  }

  /** Told from the parts that both have: any other agreement is one of near spellings. The shorter name decides. */
  of(left: number, right: number): number {
    const lefts = this.#left.tokens;
    const rights = this.#right.tokens;
    const leftAt = left * tokensAtMost;
    const rightAt = right * tokensAtMost;
    let most = 0;
    let at = 0;
    for (; at < tokensAtMost; at += 1) {
      const id = lefts[leftAt + at] ?? -1;
      if (id < 0) break;
      most += this.#bitsWith(id, rights, rightAt);
    }
    if (at < tokensAtMost && (rights[rightAt + at] ?? -1) >= 0) return this.#unanswered + most;
    let others = 0;
    for (let other = 0; other < at; other += 1) {
      const id = rights[rightAt + other] ?? -1;
      if (id < 0) break;
      others += this.#bitsWith(id, lefts, leftAt);
    }
    return this.#unanswered + Math.min(most, others);
  }

  /** @param at where the other name begins. */
  #bitsWith(id: number, others: Int32Array, at: number): number {
    for (let other = at; other < at + tokensAtMost; other += 1)
      if (others[other] === id) return this.#same[id] ?? 0;
    return this.#near[id] ?? 0;
  }

  #sumsOf({ tokens, size }: PersonColumns): Float32Array {
    const sums = new Float32Array(size);
    for (let person = 0; person < size; person += 1) {
      // Some more, for what a number of 32 bits rounds off.
      let sum = this.#unanswered + 0.001;
      for (let at = person * tokensAtMost; at < (person + 1) * tokensAtMost; at += 1)
        sum += this.#same[tokens[at] ?? -1] ?? 0;
      sums[person] = sum;
    }
    return sums;
  }
}
