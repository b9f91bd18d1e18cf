import { jaroWinkler } from '../jaro-winkler.ts';
import { numberDistance } from '../numbers.ts';
import { birth, household, nik, sex, text } from './levels.ts';

/** Numbers of a person: NIK, or what else identifies in this file. */
export function nikLevel(left: string | null, right: string | null): number {
  if (left === null || right === null) return nik.missing;
  const { kind } = numberDistance(left, right);
  if (kind !== 'different') return nik[kind];
  return left.length === 16 && right.length === 16 && left.slice(6) === right.slice(6)
    ? nik.same_tail
    : nik.different;
}

export function householdLevel(left: string | null, right: string | null): number {
  if (left === null || right === null) return household.missing;
  const { kind } = numberDistance(left, right);
  if (kind === 'equal') return household.equal;
  return kind === 'different' || kind === 'two_digits' ? household.different : household.one_slip;
}

export function sexLevel(left: number, right: number): number {
  if (left < 0 || right < 0) return sex.missing;
  return left === right ? sex.equal : sex.different;
}

/** Two different ISO dates. */
export function birthLevel(left: string, right: string): number {
  const [year, month, day] = [left.slice(0, 4), left.slice(5, 7), left.slice(8)];
  const [otherYear, otherMonth, otherDay] = [right.slice(0, 4), right.slice(5, 7), right.slice(8)];
  if (year === otherYear && month === otherDay && day === otherMonth) return birth.swapped;
  const apart = Math.abs(Number(year) - Number(otherYear));
  const { kind } = numberDistance(left.replaceAll('-', ''), right.replaceAll('-', ''));
  const near = kind === 'one_digit' || kind === 'transposed';
  if (near && apart < 12) return birth.one_digit;
  const same = Number(year === otherYear) + Number(month === otherMonth) + Number(day === otherDay);
  if (near || same === 2) return birth.two_parts;
  if (year === otherYear) return birth.year_only;
  if (apart <= 2) return birth.near_year;
  return apart < 14 ? birth.different : birth.generation;
}

/** Two different texts: a street, a place, a trade, a post code. */
export function textLevel(left: string, right: string): number {
  const similarity = jaroWinkler(left, right);
  if (similarity >= 0.92 || isOneEdit(left, right) || shareOfWords(left, right) > 0.6) return text.similar;
  return similarity >= 0.82 || startsAlike(left, right) ? text.alike : text.different;
}

function isOneEdit(left: string, right: string): boolean {
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
