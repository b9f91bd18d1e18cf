import { blendFrequency } from '../model.ts';
import { address, birth, field, fixedFields, text, token } from './levels.ts';
import { NameCeiling } from './name-ceiling.ts';
import type { PairComparer } from './pair-comparer.ts';
import { type BulkParameters, bulkSettings, type LevelOdds } from './parameters.ts';
import type { PersonColumns, SharedWords } from './person-table.ts';
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
  readonly #words: SharedWords;
  readonly #shares: Shares;
  /** How rare a date or text is, in bits. */
  readonly #rarity: { dates: Float64Array; texts: Float64Array[] };
  /**
   * Bits for the same person at each level, `levelsAtMost` a field, then as many for each state of each text;
   * where the value itself counts, without it.
   */
  readonly #gains: Float64Array;
  /** What all but the name of the pair adds that `mayReach` was asked of last. */
  #valuesAtMost = 0;
  /** Bits of a part in two strangers: `partLevels` for each part. */
  readonly #partsU: Float64Array;

  /** @param expected matches a person has: their values are counted among the bearers, and are no coincidence. */
  constructor(parameters: BulkParameters, parents: TextParents, words: SharedWords, expected: number) {
    this.#parameters = parameters;
    this.#bits = bitsOf(parameters);
    this.#parents = parents;
    this.#words = words;
    this.#shares = sharesOf(words, parameters, expected);
    const { dates, texts } = this.#shares;
    this.#rarity = { dates: dates.map(Math.log2), texts: texts.map((shares) => shares.map(Math.log2)) };
    this.#gains = gainsOf(this.#bits);
    this.#partsU = new Float64Array(this.#shares.tokens.length * partLevels);
    for (const [id, share] of this.#shares.tokens.entries())
      for (let level = 0; level < partLevels; level += 1)
        this.#partsU[id * partLevels + level] = this.#partU(level, share);
  }

  /** Bits for the same person: log2 of odds among everyone looked at; 0 is one to one. */
  bits(pair: PairComparer, prior: Prior): number {
    const m = this.logM(pair);
    const stranger = prior.persons * 2 ** (this.logU(pair) - m);
    const relative = prior.relatives * 2 ** (this.logH(pair) - m);
    return Math.log2(prior.expected) - Math.log2(stranger + relative + 1e-30);
  }

  /** What `most` needs for pairs of these two files. */
  ceiling({ persons, expected }: Prior, left: PersonColumns, right: PersonColumns): Ceiling {
    const names = new NameCeiling(this.#bits.tokens, (level, share) => this.#partU(level, share), {
      tokens: this.#words.tokens,
      shares: this.#shares.tokens,
      files: [left, right],
    });
    return { base: Math.log2(expected / persons) + roundedOff, names };
  }

  /**
   * Whether `bits` may reach `least` for a pair whose values were compared and whose names were not; told from
   * the values first, then from which parts of the names are quite the same.
   */
  mayReach(least: number, pair: PairComparer, ceiling: Ceiling): boolean {
    this.#valuesAtMost = this.#mostOfValues(pair);
    const values = this.#valuesAtMost + ceiling.base;
    const { names } = ceiling;
    return (
      values + names.ofAny(pair.leftAt, pair.rightAt) >= least &&
      values + names.of(pair.leftAt, pair.rightAt) >= least
    );
  }

  /** The same of a pair of which `mayReach` was asked, once its names are compared: all but the rival of its household. */
  mayReachWithNames(least: number, pair: PairComparer, { base }: Ceiling): boolean {
    const { counts } = pair.name;
    const { m } = this.#bits.tokens;
    let names = -this.#nameU(pair);
    for (let level = 0; level < counts.length; level += 1) names += (counts[level] ?? 0) * (m[level] ?? 0);
    return this.#valuesAtMost + base + names >= least;
  }

  #mostOfValues(pair: PairComparer): number {
    const { levels } = pair;
    const gains = this.#gains;
    let sum = 0;
    for (let at = 0; at < fixedFields; at += 1) sum += gains[at * levelsAtMost + (levels[at] ?? 0)] ?? 0;
    if (levels[field.birth] === birth.equal)
      sum -= this.#rarity.dates[pair.left.dates[pair.leftAt] ?? -1] ?? 0;
    const texts = this.#parents.length;
    for (let column = 0; column < texts; column += 1) {
      const state = this.stateOf(levels, column);
      const level = levels[fixedFields + column] ?? 0;
      sum += gains[(fixedFields + 2 * column + state) * levelsAtMost + level] ?? 0;
      if (level === text.equal) sum -= this.#rarityOfText(pair, column, state);
    }
    return sum;
  }

  /**
   * Bits of a pair whose households are known to be one by others of the family: number, name and
   * birth against another person of that household; what a household shares says nothing any more.
   * @param odds that it is this person of the household and not nobody of it, before any is looked at.
   */
  bitsAtHome(pair: PairComparer, odds: number): number {
    const { fields } = this.#bits;
    let bits = this.logM(pair) - this.logH(pair) + Math.log2(odds);
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
    sum += date >= 0 ? (this.#rarity.dates[date] ?? 0) : (fields[field.birth]?.u[born] ?? 0);
    for (let column = 0; column < texts.length; column += 1) {
      const state = this.stateOf(levels, column);
      const level = levels[fixedFields + column] ?? 0;
      sum +=
        level === text.equal
          ? this.#rarityOfText(pair, column, state)
          : (texts[column]?.[state].u[level] ?? 0);
    }
    return sum;
  }

  #rarityOfText(pair: PairComparer, column: number, state: 0 | 1): number {
    const u = this.#bits.texts[column]?.[state].u[text.equal] ?? 0;
    const rarity = this.#rarity.texts[column]?.[pair.left.texts[column]?.[pair.leftAt] ?? -1] ?? u;
    return state === 1 ? Math.max(rarity, u) : rarity;
  }

  logH(pair: PairComparer): number {
    const { levels, name } = pair;
    const { counts } = name;
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
    return parts > 0 && isWholeName(pair) ? sum + Math.log2(bulkSettings.wholeNameInHousehold) : sum;
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
      sum += this.#partsU[(name.ids[at] ?? 0) * partLevels + (name.levels[at] ?? 0)] ?? 0;
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

/** Each part is on both sides; brothers and sisters are called nearly alike (RISKA, RISMA), hardly quite alike. */
function isWholeName(pair: PairComparer): boolean {
  const { counts } = pair.name;
  for (let level = token.alike; level <= token.conflict; level += 1)
    if ((counts[level] ?? 0) > 0) return false;
  return (counts[token.similar] ?? 0) === 0 || pair.nameSlip() !== 'letter';
}

/** What a pair can come to before its names are compared: from where it starts, and how much each name can add. */
export interface Ceiling {
  base: number;
  names: NameCeiling;
}

interface Shares {
  tokens: Float64Array;
  dates: Float64Array;
  texts: Float64Array[];
}

/** Levels of a part of a name at which both sides have it. */
const partLevels = token.absent;
/** No field has more levels. */
const levelsAtMost = 16;
/** What sums in another order may differ by, and far more. */
const roundedOff = 1e-6;

function gainsOf({ fields, texts }: BulkBits): Float64Array {
  const rows = [
    ...fields.map((odds, at) => ({ odds, valued: at === field.birth ? birth.equal : -1 })),
    ...texts.flatMap((states) => states.map((odds) => ({ odds, valued: text.equal }))),
  ];
  const gains = new Float64Array(rows.length * levelsAtMost);
  for (const [row, { odds, valued }] of rows.entries())
    for (const [level, bits] of odds.m.entries())
      gains[row * levelsAtMost + level] = level === valued ? bits : bits - (odds.u[level] ?? 0);
  return gains;
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
): Shares {
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
