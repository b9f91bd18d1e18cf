import { compareTokens } from '../compare-names.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { NameToken } from '../names.ts';
import { token } from './levels.ts';
import { PairMemo } from './pair-memo.ts';
import { similarityNeeds, TextShapes } from './text-shapes.ts';
import { type PersonColumns, type SharedWords, tokensAtMost } from './person-table.ts';

/** How two names agree, part by part. */
export interface NamePattern {
  /** How many parts stand at each level of `token`. */
  counts: Uint8Array;
  /** Token ids of the parts that agree, with their levels, for their rarity; the first `agreed`. */
  ids: Int32Array;
  levels: Uint8Array;
  /** The other side's token of each of them. */
  others: Int32Array;
  agreed: number;
  /** So many of them are of the own names; the others are of the fathers'. */
  own: number;
  /** A part of the own name is the other's, or alike; a father in common makes brothers, and an initial nobody. */
  ownAgreed: boolean;
}

/** Parts less alike than this have nothing in common, unless by a slip or as an initial. */
const alikeFrom = 0.8;
const needs = similarityNeeds(alikeFrom);

/** From this rank on the low bits order pairs of one level: the better one is taken first. */
const ranksOfLevel = 16;
/** From this rank on two parts are spellings of one; below, they are alike or an initial. */
const nearRank = (token.absent - token.similar) * ranksOfLevel;
const slots = tokensAtMost * 2;

/** Aligns names in columns, best pair of parts first, without making an object for a pair. */
export class NameAligner {
  readonly pattern: NamePattern = {
    counts: new Uint8Array(Object.keys(token).length),
    ids: new Int32Array(slots),
    levels: new Uint8Array(slots),
    others: new Int32Array(slots),
    agreed: 0,
    own: 0,
    ownAgreed: false,
  };
  readonly #left: PersonColumns;
  readonly #right: PersonColumns;
  readonly #words: SharedWords;
  readonly #shapes: Readonly<Record<'text' | 'key' | 'loose', TextShapes>>;
  readonly #memo = new PairMemo();
  readonly #ranks = new Uint8Array(tokensAtMost * tokensAtMost);
  /** Parts that are paired, a bit each. */
  #leftTaken = 0;
  #rightTaken = 0;

  constructor(left: PersonColumns, right: PersonColumns, words: SharedWords) {
    this.#left = left;
    this.#right = right;
    this.#words = words;
    const shapesOf = (form: 'text' | 'key' | 'loose') =>
      new TextShapes(words.tokens.values.map((part) => part[form]));
    this.#shapes = { text: shapesOf('text'), key: shapesOf('key'), loose: shapesOf('loose') };
  }

  /** Own parts with own ones, fathers with fathers; one that only one side names may be a part that the other has more. */
  align(left: number, right: number): void {
    const { counts } = this.pattern;
    for (let level = 0; level < counts.length; level += 1) counts[level] = 0;
    this.pattern.agreed = 0;
    this.pattern.own = 0;
    this.pattern.ownAgreed = false;
    const leftAt = left * tokensAtMost;
    const rightAt = right * tokensAtMost;
    const lefts = this.#left.ownParts[left] ?? 0;
    const rights = this.#right.ownParts[right] ?? 0;
    if (lefts === 0 || rights === 0) return;
    this.#leftTaken = 0;
    this.#rightTaken = 0;
    this.#pairAll(leftAt, lefts, rightAt, rights);
    this.pattern.own = this.pattern.agreed;
    this.pattern.ownAgreed = this.pattern.agreed > (counts[token.initial] ?? 0);
    let leftFree = lefts - bitsIn(this.#leftTaken);
    let rightFree = rights - bitsIn(this.#rightTaken);
    const leftFathers = countParts(this.#left.tokens, leftAt, lefts);
    const rightFathers = countParts(this.#right.tokens, rightAt, rights);
    if (leftFathers > 0 && rightFathers > 0) {
      this.#countRest(leftFree, rightFree);
      this.#leftTaken = 0;
      this.#rightTaken = 0;
      this.#pairAll(leftAt + lefts, leftFathers, rightAt + rights, rightFathers);
      leftFree = leftFathers - bitsIn(this.#leftTaken);
      rightFree = rightFathers - bitsIn(this.#rightTaken);
    } else if (leftFathers > 0 && rightFree > leftFree) {
      this.#leftTaken = 0;
      this.#pairNear(leftAt + lefts, leftFathers, rightAt, rights);
      rightFree = Math.max(leftFree, rights - bitsIn(this.#rightTaken));
    } else if (rightFathers > 0 && leftFree > rightFree) {
      this.#rightTaken = 0;
      this.#pairNear(leftAt, lefts, rightAt + rights, rightFathers);
      leftFree = Math.max(rightFree, lefts - bitsIn(this.#leftTaken));
    }
    this.#countRest(leftFree, rightFree);
  }

  #countRest(leftFree: number, rightFree: number): void {
    const { counts } = this.pattern;
    counts[token.conflict] = (counts[token.conflict] ?? 0) + Math.min(leftFree, rightFree);
    counts[token.absent] = (counts[token.absent] ?? 0) + Math.abs(leftFree - rightFree);
  }

  #pairAll(leftAt: number, lefts: number, rightAt: number, rights: number): void {
    const next = this.#pairNear(leftAt, lefts, rightAt, rights);
    // Before what is only alike: `CAWISADISAPTONO` is CAWISADI SAPTONO, and not one CAWISADI who has a part more.
    this.#joinFree(leftAt, lefts, rightAt, rights);
    this.#pairUp(next, 1, leftAt, lefts, rightAt, rights);
  }

  /** Pairs the free parts that are spellings of one. @returns the rank to go on from. */
  #pairNear(leftAt: number, lefts: number, rightAt: number, rights: number): number {
    const best = this.#rankParts(leftAt, lefts, rightAt, rights);
    return this.#pairUp(best, nearRank, leftAt, lefts, rightAt, rights);
  }

  /** How each part of the one goes with each of the other. @returns the best rank. */
  #rankParts(leftAt: number, lefts: number, rightAt: number, rights: number): number {
    let best = 0;
    for (let one = 0; one < lefts; one += 1) {
      const id = this.#left.tokens[leftAt + one] ?? -1;
      for (let other = 0; other < rights; other += 1) {
        const rank = this.#rank(id, this.#right.tokens[rightAt + other] ?? -1);
        this.#ranks[one * tokensAtMost + other] = rank;
        if (rank > best) best = rank;
      }
    }
    return best;
  }

  /** Pairs free parts, the best first, down to the rank `least`. @returns the rank to go on from. */
  #pairUp(
    from: number,
    least: number,
    leftAt: number,
    lefts: number,
    rightAt: number,
    rights: number,
  ): number {
    let best = from;
    while (best >= least) {
      let next = 0;
      for (let one = 0; one < lefts; one += 1) {
        for (let other = 0; other < rights && (this.#leftTaken & (1 << one)) === 0; other += 1) {
          if ((this.#rightTaken & (1 << other)) !== 0) continue;
          const rank = this.#ranks[one * tokensAtMost + other] ?? 0;
          if (rank === best) {
            this.#leftTaken |= 1 << one;
            this.#rightTaken |= 1 << other;
            this.#agree(
              this.#left.tokens[leftAt + one] ?? -1,
              this.#right.tokens[rightAt + other] ?? -1,
              levelOf(rank),
            );
          } else if (rank > next && rank < best) next = rank;
        }
      }
      best = next;
    }
    return best;
  }

  #joinFree(leftAt: number, lefts: number, rightAt: number, rights: number): void {
    const leftFree = lefts - bitsIn(this.#leftTaken);
    const rightFree = rights - bitsIn(this.#rightTaken);
    if (leftFree > 1 && rightFree > 0) {
      const { twoTaken, oneTaken } = this.#join(
        this.#left,
        leftAt,
        lefts,
        this.#leftTaken,
        this.#right,
        rightAt,
        rights,
        this.#rightTaken,
      );
      this.#leftTaken = twoTaken;
      this.#rightTaken = oneTaken;
    }
    if (rightFree > 1 && leftFree > 0) {
      const { twoTaken, oneTaken } = this.#join(
        this.#right,
        rightAt,
        rights,
        this.#rightTaken,
        this.#left,
        leftAt,
        lefts,
        this.#leftTaken,
      );
      this.#rightTaken = twoTaken;
      this.#leftTaken = oneTaken;
    }
  }

  /** The more frequent spelling speaks for the rarity: a slip of the pen is always rare. */
  #agree(left: number, right: number, level: number): void {
    const { pattern } = this;
    const { counts } = this.#words.tokens;
    pattern.counts[level] = (pattern.counts[level] ?? 0) + 1;
    const isLeftOftener = (counts[left] ?? 0) > (counts[right] ?? 0);
    pattern.ids[pattern.agreed] = isLeftOftener ? left : right;
    pattern.others[pattern.agreed] = isLeftOftener ? right : left;
    pattern.levels[pattern.agreed] = level;
    pattern.agreed += 1;
  }

  /** `NUR HAYATI` against `NURHAYATI`: two free neighbours that sound like one free part of the other side. */
  #join(
    two: PersonColumns,
    twoAt: number,
    twos: number,
    twoTaken: number,
    one: PersonColumns,
    oneAt: number,
    ones: number,
    oneTaken: number,
  ): { twoTaken: number; oneTaken: number } {
    for (let at = 0; at + 1 < twos; at += 1) {
      const join = two.joins[twoAt + at] ?? -1;
      if (join < 0 || (twoTaken & (3 << at)) !== 0) continue;
      for (let other = 0; other < ones; other += 1) {
        if ((oneTaken & (1 << other)) !== 0 || one.sounds[oneAt + other] !== join) continue;
        twoTaken |= 3 << at;
        oneTaken |= 1 << other;
        const id = one.tokens[oneAt + other] ?? -1;
        this.#agree(id, id, token.joined);
        break;
      }
    }
    return { twoTaken, oneTaken };
  }

  #rank(left: number, right: number): number {
    if (left === right) return rankOf(token.exact, ranksOfLevel - 1);
    if (!this.#mayAgree(left, right)) return 0;
    const known = this.#memo.get(left, right);
    if (known >= 0) return known;
    const { values } = this.#words.tokens;
    const [one, other] = [values[left], values[right]];
    return this.#memo.set(
      left,
      right,
      one === undefined || other === undefined ? 0 : compareParts(one, other),
    );
  }

  /** False only where `compareParts` would find nothing: equal sounds are similar, too. */
  #mayAgree(left: number, right: number): boolean {
    const { text, key, loose } = this.#shapes;
    return (
      loose.mayBeSimilar(left, right, needs) ||
      text.mayBeOneSlip(left, right) ||
      key.mayBeOneSlip(left, right) ||
      text.mayBeInitial(left, right)
    );
  }
}

/** 0 where two parts have nothing in common, else level and goodness in one number. */
function compareParts(left: NameToken, right: NameToken): number {
  const found = compareTokens(left, right);
  if (found !== null && found.level !== 'initial' && found.level in token) {
    const goodness = found.level === 'similar' ? Math.floor((found.rank - 5) * (ranksOfLevel - 1)) : 8;
    return rankOf(found.level === 'exact' ? token.exact : levelNamed(found.level), goodness);
  }
  const similarity = jaroWinkler(left.loose, right.loose);
  if (similarity >= alikeFrom && left.loose.length > 3 && right.loose.length > 3)
    return rankOf(token.alike, Math.floor(similarity * (ranksOfLevel - 1)));
  return found === null ? 0 : rankOf(token.initial, 0);
}

function levelNamed(level: string): number {
  switch (level) {
    case 'class':
      return token.class;
    case 'key':
      return token.key;
    default:
      return token.similar;
  }
}

/** Better levels have higher ranks; 0 is kept for "nothing in common". */
function rankOf(level: number, goodness: number): number {
  return (token.absent - level) * ranksOfLevel + Math.min(ranksOfLevel - 1, Math.max(0, goodness));
}

function levelOf(rank: number): number {
  return token.absent - Math.floor(rank / ranksOfLevel);
}

function bitsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** How many parts stand after the first `from`. */
function countParts(tokens: Int32Array, at: number, from: number): number {
  let count = 0;
  while (from + count < tokensAtMost && (tokens[at + from + count] ?? -1) >= 0) count += 1;
  return count;
}
