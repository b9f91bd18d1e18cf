import { jaroWinkler } from '../jaro-winkler.ts';
import { numberDistance } from '../numbers.ts';
import { birth, household, nik, sex, text } from './levels.ts';

/** Numbers of a person: NIK, or what else identifies in this file. */
export function nikLevel(left: string | null, right: string | null): number {
  if (left === null || right === null) return nik.missing;
  if (left === right) return nik.equal;
  if (isFarApart(left, right)) return nik.different;
  const { kind } = numberDistance(left, right);
  // Area and birth date stand in the first twelve digits: who shares them has a serial alike by chance.
  if (left.length === 16 && right.length === 16 && left.slice(0, 12) === right.slice(0, 12))
    return kind === 'one_digit' || kind === 'transposed' ? nik.two_digits : nik.different;
  if (kind !== 'different') return nik[kind];
  return left.length === 16 && right.length === 16 && left.slice(6) === right.slice(6)
    ? nik.same_tail
    : nik.different;
}

/** Most pairs are strangers: four wrong digits at the end of numbers of one length say so at once. */
function isFarApart(left: string, right: string): boolean {
  if (left.length !== right.length || left.length < 8) return false;
  let wrong = 0;
  for (let at = left.length - 1; at >= left.length - 8 && wrong < 4; at -= 1)
    if (left.charCodeAt(at) !== right.charCodeAt(at)) wrong += 1;
  return wrong >= 4;
}

export function householdLevel(left: string | null, right: string | null): number {
  if (left === null || right === null) return household.missing;
  if (left === right) return household.equal;
  if (isFarApart(left, right)) return household.different;
  const { kind } = numberDistance(left, right);
  if (kind === 'equal') return household.equal;
  return kind === 'different' || kind === 'two_digits' ? household.different : household.one_slip;
}

export function sexLevel(left: number, right: number): number {
  if (left < 0 || right < 0) return sex.missing;
  return left === right ? sex.equal : sex.different;
}

/** Two different dates, each as the number YYYYMMDD. @param near one digit wrong, or two neighbours exchanged. */
export function birthLevel(left: number, right: number, near: boolean): number {
  const year = Math.floor(left / 10_000);
  const otherYear = Math.floor(right / 10_000);
  const month = Math.floor(left / 100) % 100;
  const otherMonth = Math.floor(right / 100) % 100;
  const day = left % 100;
  const otherDay = right % 100;
  if (year === otherYear && month === otherDay && day === otherMonth) return birth.swapped;
  const apart = Math.abs(year - otherYear);
  if (near && apart < 12) return birth.one_digit;
  const same = Number(year === otherYear) + Number(month === otherMonth) + Number(day === otherDay);
  if (near || same === 2) return birth.two_parts;
  if (year === otherYear) return birth.year_only;
  if (apart <= 2) return birth.near_year;
  return apart < 14 ? birth.different : birth.generation;
}

/** From where on two texts are no longer different. */
export const textAlike = { similarity: 0.82, words: 0.6 } as const;

/** Two different texts: a street, a place, a trade, a post code. */
export function textLevel(left: string, right: string): number {
  const similarity = jaroWinkler(left, right);
  if (similarity >= 0.92 || isOneEdit(left, right) || shareOfWords(left, right) > textAlike.words)
    return text.similar;
  return similarity >= textAlike.similarity || startsAlike(left, right) ? text.alike : text.different;
}

/** One letter wrong, missing or too many, or two neighbours exchanged, in texts of four letters or more. */
export function isOneEdit(left: string, right: string): boolean {
  if (Math.min(left.length, right.length) < 4) return false;
  const { kind } = numberDistance(left, right);
  return kind === 'one_digit' || kind === 'transposed' || kind === 'one_missing';
}

/** The first of several words is the same: `SW2 5XF` and `SW2 4DB` are neighbours. */
function startsAlike(left: string, right: string): boolean {
  const end = left.indexOf(' ');
  return end > 1 && right.startsWith(left.slice(0, end + 1));
}

/** Words in common, as a share of the words of the longer text. */
function shareOfWords(left: string, right: string): number {
  const words = new Set(left.split(' '));
  const others = new Set(right.split(' '));
  const longer = Math.max(words.size, others.size);
  return longer < 2 ? 0 : [...words].filter((word) => others.has(word)).length / longer;
}
