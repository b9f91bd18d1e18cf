import { jaroWinkler, longestCompared } from './jaro-winkler.ts';
import { bitCount, mayBeOneSlip } from './letters.ts';
import type { NameToken, NormalisedName } from './names.ts';

/**
 * How two name parts agree, from best to worst. `absent_*`: one side has a part more. `conflict`:
 * both sides have a part left, and the two have nothing in common.
 */
export type TokenLevel =
  | 'exact'
  | 'class'
  | 'key'
  | 'joined'
  | 'similar'
  | 'initial'
  | 'absent_left'
  | 'absent_right'
  | 'conflict';

export interface TokenPair {
  left: string;
  right: string;
  /** Canonical forms of what stands on each side, two parts that are one on the other with a blank: what frequency is asked of. */
  canons: readonly string[];
  level: TokenLevel;
}

export interface NameComparison {
  pairs: TokenPair[];
  /** Those of the own names; the others are of the fathers'. */
  own: readonly TokenPair[];
  /**
   * Every part of one side found on the other, at worst as another spelling, and one of the own name among them:
   * a father in common makes brothers, and an initial nobody.
   */
  agrees: boolean;
  /** The same after normalisation: gelar, abbreviations and case aside. */
  identical: boolean;
}

const similarFrom = 0.92;

/**
 * Compares two names part by part, whatever their order; an alias counts where it fits better. Fathers (`BIN ALI`) are
 * compared with fathers; one that only one side names may be a part that the other has more.
 */
export function compareNames(left: NormalisedName, right: NormalisedName): NameComparison | null {
  if (left.tokens.length === 0 || right.tokens.length === 0) return null;
  const align = (one: readonly NameToken[], other: readonly NameToken[]) =>
    withFathers(alignTokens(one, other), { left: one, right: other }, left.patronymic, right.patronymic);
  const plain = align(left.tokens, right.tokens);
  if (left.alias.length === 0 && right.alias.length === 0) return plain;
  const others = [
    left.alias.length > 0 ? align(left.alias, right.tokens) : null,
    right.alias.length > 0 ? align(left.tokens, right.alias) : null,
    left.alias.length > 0 && right.alias.length > 0 ? align(left.alias, right.alias) : null,
  ];
  return others.reduce<NameComparison>(
    (best, other) => (other !== null && goodness(other) > goodness(best) ? other : best),
    plain,
  );
}

function withFathers(
  found: NameComparison,
  own: { left: readonly NameToken[]; right: readonly NameToken[] },
  left: readonly NameToken[],
  right: readonly NameToken[],
): NameComparison {
  if (left.length === 0 && right.length === 0) return found;
  if (left.length > 0 && right.length > 0) return summarise(found.pairs, alignTokens(left, right).pairs);
  const spare = found.pairs.filter(
    ({ level }) => level === (left.length > 0 ? 'absent_left' : 'absent_right'),
  );
  const spares = (side: readonly NameToken[], of: 'left' | 'right') =>
    side.filter(({ text }) => spare.some((pair) => pair[of] === text));
  const met = (
    left.length > 0
      ? alignTokens(left, spares(own.right, 'right'))
      : alignTokens(spares(own.left, 'left'), right)
  ).pairs.filter(({ level }) => agreeingLevels.has(level));
  const answered = (pair: TokenPair) =>
    spare.includes(pair) &&
    met.some((other) => (left.length > 0 ? other.right === pair.right : other.left === pair.left));
  const open = found.pairs.filter((pair) => !answered(pair));
  return summarise(open, met);
}

/** So many parts of a name are compared. */
export const mostParts = 6;

function alignTokens(left: readonly NameToken[], right: readonly NameToken[]): NameComparison {
  if (areSpeltAlike(left, right)) return alignEqual(left, right);
  const pairs: TokenPair[] = [];
  const leftFree = firstParts(left);
  const rightFree = firstParts(right);
  const candidates: { left: NameToken; right: NameToken; level: TokenLevel; rank: number }[] = [];
  for (const one of leftFree) {
    for (const other of rightFree) {
      const found = compareTokens(one, other);
      if (found !== null) candidates.push({ left: one, right: other, level: found.level, rank: found.rank });
    }
  }
  if (candidates.length > 1) candidates.sort((first, second) => second.rank - first.rank);
  for (const { left: one, right: other, level } of candidates) {
    if (!leftFree.includes(one) || !rightFree.includes(other)) continue;
    take(leftFree, one);
    take(rightFree, other);
    pairs.push({ left: one.text, right: other.text, canons: [one.canon, other.canon], level });
  }
  joinNeighbours(left, leftFree, rightFree, false, pairs);
  joinNeighbours(right, rightFree, leftFree, true, pairs);
  addLeftovers(leftFree, rightFree, pairs);
  return summarise(pairs);
}

/** Those that are compared, each once; few enough that looking through them finds one sooner than a set does. */
function firstParts(parts: readonly NameToken[]): NameToken[] {
  const first: NameToken[] = [];
  for (let at = 0; at < parts.length && at < mostParts; at += 1) {
    const part = parts[at];
    if (part !== undefined && !first.includes(part)) first.push(part);
  }
  return first;
}

function take(free: NameToken[], part: NameToken): void {
  free.splice(free.indexOf(part), 1);
}

/** Most pairs that are looked at are of one family, whose mother has one name. */
function areSpeltAlike(left: readonly NameToken[], right: readonly NameToken[]): boolean {
  if (left.length !== right.length || left.length > mostParts) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at]?.text !== right[at]?.text) return false;
  return true;
}

/** Each part beside itself, the longest first. */
function alignEqual(left: readonly NameToken[], right: readonly NameToken[]): NameComparison {
  const pairs = left.map(({ text, canon }, at): TokenPair => ({
    left: text,
    right: text,
    canons: [canon, right[at]?.canon ?? canon],
    level: 'exact',
  }));
  if (pairs.length > 1) pairs.sort((first, second) => second.left.length - first.left.length);
  return { pairs, own: pairs, agrees: pairs.length > 0, identical: true };
}

export function compareTokens(left: NameToken, right: NameToken): { level: TokenLevel; rank: number } | null {
  if (left.text === right.text) return { level: 'exact', rank: 10 + left.text.length / 100 };
  if (left.canon === right.canon) return { level: 'class', rank: 9 };
  if (left.key === right.key) return { level: 'key', rank: 8 };
  if (left.loose === right.loose) return { level: 'key', rank: 7 };
  if (mayBeSimilar(left, right)) {
    const alike =
      left.loose.length > 2 &&
      right.loose.length > 2 &&
      jaroWinkler(left.loose, right.loose, similarFrom) >= similarFrom;
    if (alike || isOneSlip(left.text, right.text) || isOneSlip(left.key, right.key))
      return { level: 'similar', rank: 5 + jaroWinkler(left.loose, right.loose) };
  }
  const initial = left.text.length === 1 || right.text.length === 1;
  return initial && left.text[0] === right.text[0] ? { level: 'initial', rank: 3 } : null;
}

/** Jaro of two that begin with the same four letters, where Winkler makes of it what is called similar. */
const jaroAtLeast = (similarFrom - 0.4) / 0.6 - 1e-9;

/** Told from their letters alone, as nearly all that are compared have too few in common; wrong only where it says yes. */
function mayBeSimilar(left: NameToken, right: NameToken): boolean {
  // A slip in the key is at most one in the coarser key.
  if (mayBeOneSlip(left.sounds, right.sounds) || mayBeOneSlip(left.letters, right.letters)) return true;
  const [one, other] = [left.loose.length, right.loose.length];
  if (one > longestCompared || other > longestCompared) return true;
  const common = Math.min(
    one - bitCount(left.sounds & ~right.sounds),
    other - bitCount(right.sounds & ~left.sounds),
  );
  return (common / one + common / other + 1) / 3 >= jaroAtLeast;
}

/**
 * One letter wrong, missing or too many in a part of five letters or more; two neighbours swapped
 * in one of four. Shorter parts are too often another name (ANI, ANA).
 */
export function isOneSlip(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (long.length < 4 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return long.length >= 5 && endAlike(short, at, long);
  if (long.length >= 5 && endAlike(short, at + 1, long)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && endAlike(short, at + 2, long);
}

/** What stands in the shorter from a place on is what the longer ends with. */
function endAlike(short: string, from: number, long: string): boolean {
  const apart = long.length - short.length;
  for (let at = from; at < short.length; at += 1)
    if (short.charCodeAt(at) !== long.charCodeAt(at + apart)) return false;
  return true;
}

/** `NUR HAYATI` against `NURHAYATI`: two neighbours that together sound like one part of the other side. */
function joinNeighbours(
  all: readonly NameToken[],
  free: NameToken[],
  otherFree: NameToken[],
  swapped: boolean,
  pairs: TokenPair[],
): void {
  for (let at = 0; free.length > 0 && otherFree.length > 0 && at + 1 < all.length; at += 1) {
    const [first, second] = [all[at], all[at + 1]];
    if (first === undefined || second === undefined) continue;
    if (!free.includes(first) || !free.includes(second)) continue;
    const other = otherFree.find((one) => isBothTogether(first, second, one));
    if (other === undefined) continue;
    take(free, first);
    if (second !== first) take(free, second);
    take(otherFree, other);
    const two = `${first.text} ${second.text}`;
    pairs.push({
      left: swapped ? other.text : two,
      right: swapped ? two : other.text,
      canons: [other.canon, `${first.canon} ${second.canon}`],
      level: 'joined',
    });
  }
}

/** Told by their lengths first: hardly any are. */
function isBothTogether(first: NameToken, second: NameToken, other: NameToken): boolean {
  return isTogether(first.key, second.key, other.key) || isTogether(first.text, second.text, other.text);
}

function isTogether(first: string, second: string, other: string): boolean {
  return first.length + second.length === other.length && other.startsWith(first) && other.endsWith(second);
}

function addLeftovers(left: readonly NameToken[], right: readonly NameToken[], pairs: TokenPair[]): void {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const one = left[index];
    const other = right[index];
    if (one !== undefined && other !== undefined)
      pairs.push({ left: one.text, right: other.text, canons: [one.canon, other.canon], level: 'conflict' });
    else if (one !== undefined)
      pairs.push({ left: one.text, right: '', canons: [one.canon], level: 'absent_right' });
    else if (other !== undefined)
      pairs.push({ left: '', right: other.text, canons: [other.canon], level: 'absent_left' });
  }
}

const agreeingLevels: ReadonlySet<TokenLevel> = new Set(['exact', 'class', 'key', 'joined', 'similar']);

function summarise(own: TokenPair[], fathers: readonly TokenPair[] = []): NameComparison {
  const pairs = fathers.length === 0 ? own : [...own, ...fathers];
  return {
    pairs,
    own,
    agrees:
      own.some(({ level }) => agreeingLevels.has(level)) && !pairs.some(({ level }) => level === 'conflict'),
    identical: pairs.every(({ level }) => level === 'exact' || level === 'class'),
  };
}

function goodness(comparison: NameComparison): number {
  const points: Record<TokenLevel, number> = {
    exact: 5,
    class: 5,
    key: 4,
    joined: 4,
    similar: 3,
    initial: 1,
    absent_left: -0.5,
    absent_right: -0.5,
    conflict: -5,
  };
  return comparison.pairs.reduce((sum, pair) => sum + points[pair.level], 0);
}
