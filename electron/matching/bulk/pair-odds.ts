import { blendFrequency } from '../model.ts';
import { address, birth, field, fixedFields, text, token } from './levels.ts';
import type { PairComparer } from './pair-comparer.ts';
import { type BulkParameters, bulkSettings, type LevelOdds } from './parameters.ts';
import { type PersonColumns, type SharedWords, tokensAtMost } from './person-table.ts';
import { streetColumn, type TextParents } from './text-parents.ts';

/** Prior of a file: how many persons a person is looked for among, and how many are expected to be the same. */
export interface Prior {
  persons: number;
  expected: number;
  /** Others of the same household that a person meets there. */
  relatives: number;
}

/**
 * Weighs the pair that a comparer holds. Two rivals stand against "the same person": a stranger, of
 * whom there are many and who agrees by chance, and another person of the household, of whom there
 * are few and who agrees in all that a household shares. So no address makes two siblings one.
 */
export class PairOdds {
  readonly #parameters: BulkParameters;
  readonly #bits: BulkBits;
  readonly #parents: TextParents;
  readonly #shares: { tokens: Float64Array; dates: Float64Array; texts: Float64Array[] };

  /** @param expected matches a person has: their values are counted among the bearers, and are no coincidence. */
  constructor(parameters: BulkParameters, parents: TextParents, words: SharedWords, expected: number) {
    this.#parameters = parameters;
    this.#bits = bitsOf(parameters);
    this.#parents = parents;
    this.#shares = sharesOf(words, parameters, expected);
  }

  /** Bits for the same person: log2 of odds among everyone looked at; 0 is one to one. */
  bits(pair: PairComparer, prior: Prior): number {
    const m = this.logM(pair);
    const stranger = prior.persons * 2 ** (this.logU(pair) - m);
    const relative = prior.relatives * 2 ** (this.logH(pair) - m);
    return Math.log2(prior.expected) - Math.log2(stranger + relative + 1e-30);
  }

  /**
   * The most that `bits` can come to for a pair whose values were compared and whose names were not.
   *
   * @param names of both sides, as `nameLimits` gives them.
   */
  most(pair: PairComparer, prior: Prior, [left, right]: readonly [Float32Array, Float32Array]): number {
    const name = Math.min(left[pair.leftAt] ?? 0, right[pair.rightAt] ?? 0, bulkSettings.nameMost);
    return (
      Math.log2(prior.expected / prior.persons) + this.#valuesM(pair.levels) - this.#valuesU(pair) + name
    );
  }

  /**
   * The most bits that each person's name can speak for anybody with: each part at the level that says
   * most, and two that are written as one as far as such an agreement goes.
   */
  nameLimits({ tokens, size }: PersonColumns): Float32Array {
    const most = Float64Array.from(this.#shares.tokens, (share) =>
      Math.max(this.#partMost(share), this.#levelBits(token.joined, 0) / 2),
    );
    const limits = new Float32Array(size);
    for (let person = 0; person < size; person += 1) {
      // Some more, for what a number of 32 bits rounds off.
      let sum = 0.001;
      for (let at = person * tokensAtMost; at < (person + 1) * tokensAtMost; at += 1)
        sum += most[tokens[at] ?? -1] ?? 0;
      limits[person] = sum;
    }
    return limits;
  }

  #partMost(share: number): number {
    const agreeing = [
      token.exact,
      token.class,
      token.key,
      token.joined,
      token.similar,
      token.alike,
      token.initial,
    ];
    return Math.max(0, ...agreeing.map((level) => this.#levelBits(level, share)));
  }

  #levelBits(level: number, share: number): number {
    return (this.#bits.tokens.m[level] ?? 0) - this.#partU(level, share);
  }

  /**
   * Bits of a pair whose households are known to be one by others of the family: number, name and
   * birth against another person of that household; what a household shares says nothing any more.
   * @param expected how likely it is this person of the household, before any is looked at.
   */
  bitsAtHome(pair: PairComparer, expected: number): number {
    const { fields } = this.#bits;
    let bits = this.logM(pair) - this.logH(pair) + Math.log2(expected / (1 - expected));
    for (const at of [field.household, field.address]) {
      const level = pair.levels[at] ?? 0;
      bits -= (fields[at]?.m[level] ?? 0) - (fields[at]?.h[level] ?? 0);
    }
    return bits;
  }

  logM({ levels, name: { counts } }: PairComparer): number {
    const { tokens } = this.#bits;
    let sum = this.#valuesM(levels);
    for (let level = 0; level < counts.length; level += 1)
      sum += (counts[level] ?? 0) * (tokens.m[level] ?? 0);
    return sum;
  }

  /** All but the name. */
  #valuesM(levels: Uint8Array): number {
    const { fields, texts } = this.#bits;
    let sum = 0;
    for (let at = 0; at < fixedFields; at += 1) sum += fields[at]?.m[levels[at] ?? 0] ?? 0;
    for (let column = 0; column < texts.length; column += 1)
      sum += texts[column]?.[this.stateOf(levels, column)].m[levels[fixedFields + column] ?? 0] ?? 0;
    return sum;
  }

  /** Of two strangers; what is rare is a rare coincidence. */
  logU(pair: PairComparer): number {
    return this.#valuesU(pair) + this.#nameU(pair);
  }

  #valuesU(pair: PairComparer): number {
    const { fields, texts } = this.#bits;
    const { levels } = pair;
    let sum = 0;
    for (let at = 0; at < fixedFields; at += 1)
      if (at !== field.birth) sum += fields[at]?.u[levels[at] ?? 0] ?? 0;
    const born = levels[field.birth] ?? 0;
    const date = born === birth.equal ? (pair.left.dates[pair.leftAt] ?? -1) : -1;
    sum += date >= 0 ? Math.log2(this.#shares.dates[date] ?? 1) : (fields[field.birth]?.u[born] ?? 0);
    for (let column = 0; column < texts.length; column += 1) {
      const state = this.stateOf(levels, column);
      const level = levels[fixedFields + column] ?? 0;
      sum +=
        level === text.equal
          ? Math.log2(this.#shareOfText(pair, column, state))
          : (texts[column]?.[state].u[level] ?? 0);
    }
    return sum;
  }

  #shareOfText(pair: PairComparer, column: number, state: 0 | 1): number {
    const u = this.#parameters.texts[column]?.[state].u[text.equal] ?? 1;
    const share = this.#shares.texts[column]?.[pair.left.texts[column]?.[pair.leftAt] ?? -1] ?? u;
    return state === 1 ? Math.max(share, u) : share;
  }

  logH({ levels, name: { counts } }: PairComparer): number {
    const { fields, texts, tokens } = this.#bits;
    let sum = 0;
    for (let at = 0; at < fixedFields; at += 1) sum += fields[at]?.h[levels[at] ?? 0] ?? 0;
    for (let column = 0; column < texts.length; column += 1)
      sum += texts[column]?.[0].h[levels[fixedFields + column] ?? 0] ?? 0;
    let parts = 0;
    for (let level = 0; level < counts.length; level += 1) {
      const times = counts[level] ?? 0;
      parts += times;
      sum += times * (tokens.h[level] ?? 0);
    }
    const whole = parts > 0 && (counts[token.absent] ?? 0) === 0 && (counts[token.conflict] ?? 0) === 0;
    return whole ? sum + Math.log2(bulkSettings.wholeNameInHousehold) : sum;
  }

  /** 1 where the column's parent agrees, else 0. */
  stateOf(levels: Uint8Array, column: number): 0 | 1 {
    const parent = this.#parents[column]?.parent ?? -1;
    if (parent >= 0) return levels[fixedFields + parent] === text.equal ? 1 : 0;
    if (parent !== streetColumn) return 0;
    const level = levels[field.address];
    return level === address.same_door ||
      level === address.same_street ||
      level === address.same_ward_and_street
      ? 1
      : 0;
  }

  #nameU({ name }: PairComparer): number {
    let sum = 0;
    for (let at = 0; at < name.agreed; at += 1)
      sum += this.#partU(name.levels[at] ?? 0, this.#shares.tokens[name.ids[at] ?? -1] ?? 1);
    const { u } = this.#bits.tokens;
    sum += (name.counts[token.absent] ?? 0) * (u[token.absent] ?? 0);
    sum += (name.counts[token.conflict] ?? 0) * (u[token.conflict] ?? 0);
    return Math.max(-bulkSettings.nameMost, sum);
  }

  /** Exact agreement is as likely as the part is frequent; a near one has a chance of its own beside. */
  #partU(level: number, share: number): number {
    const { tokens } = this.#parameters;
    const spread = tokens.spread[level] ?? 0;
    const own = level === token.exact || level === token.class ? 0 : (tokens.u[level] ?? 0);
    return Math.log2(Math.min(1, spread > 0 ? own / 2 + spread * share : own));
  }
}

/** The parameters as bits: a logarithm a level instead of one a pair. */
interface BulkBits {
  fields: LevelOdds[];
  texts: [LevelOdds, LevelOdds][];
  tokens: LevelOdds;
}

function bitsOf({ fields, texts, tokens }: BulkParameters): BulkBits {
  return {
    fields: fields.map(asBits),
    texts: texts.map(([alone, beside]) => [asBits(alone), asBits(beside)]),
    tokens: asBits(tokens),
  };
}

function asBits({ m, u, h }: LevelOdds): LevelOdds {
  return { m: m.map(Math.log2), u: u.map(Math.log2), h: h.map(Math.log2) };
}

/** Shares of strangers who bear a value, smoothed: what was seen once may be seen again. */
function sharesOf(
  { persons, tokens, dates, texts }: SharedWords,
  { fields, texts: textOdds, tokens: tokenOdds }: BulkParameters,
  expected: number,
): { tokens: Float64Array; dates: Float64Array; texts: Float64Array[] } {
  const trust = 200;
  const strangers = (count: number, m: number) => Math.max(0.5, count - 1 - expected * m);
  const smoothed = (counts: readonly number[], odds: LevelOdds | undefined, equal: number) =>
    Float64Array.from(
      counts,
      (count) => (strangers(count, odds?.m[equal] ?? 0) + trust * (odds?.u[equal] ?? 0)) / (persons + trust),
    );
  return {
    tokens: Float64Array.from(tokens.counts, (count, id) =>
      blendFrequency(
        tokens.values[id]?.canon ?? '',
        strangers(count, tokenOdds.m[token.exact] ?? 0),
        persons,
      ),
    ),
    dates: smoothed(dates.counts, fields[field.birth], birth.equal),
    texts: texts.map(({ counts }, column) => smoothed(counts, textOdds[column]?.[0], text.equal)),
  };
}
