import { type NormalisedAddress, numbersOfStreet } from './addresses.ts';
import { compareNames, type NameComparison } from './compare-names.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import type { NormalisedName } from './names.ts';
import type { MatchPerson } from './normalise.ts';
import { numberDistance, type NormalisedNumber } from './numbers.ts';
import { swapDayMonth } from './blocking.ts';

export type NikLevel =
  | 'equal'
  | 'transposed'
  | 'one_digit'
  | 'one_digit_in_date'
  | 'one_missing'
  | 'two_digits'
  | 'same_tail'
  | 'different'
  | 'missing';
export type BirthLevel =
  | 'equal'
  | 'equal_round'
  | 'swapped'
  | 'one_digit'
  | 'year_round'
  | 'two_parts'
  | 'year_only'
  | 'different'
  | 'generation'
  | 'age_equal'
  | 'age_near'
  | 'age_different'
  | 'age_generation'
  | 'missing';
export type SexLevel = 'equal' | 'different' | 'missing';
export type KkLevel = 'equal' | 'one_slip' | 'different' | 'missing';
export type AddressLevel =
  | 'same_door'
  | 'same_rt'
  | 'same_street'
  | 'same_kelurahan'
  | 'elsewhere'
  | 'other_kelurahan'
  | 'missing';
export type CompanionLevel = 'present' | 'missing';
export type MotherLevel = 'equal' | 'similar' | 'different' | 'missing';

/** What two persons have in common, before any weight: one level a field, never the same content twice. */
export interface Comparison {
  nik: NikLevel;
  /** Place (from 1) of the wrong digit, or of the first of two swapped ones. */
  nikAt: number | null;
  birth: BirthLevel;
  name: NameComparison | null;
  sex: SexLevel;
  kk: KkLevel;
  address: AddressLevel;
  mother: MotherLevel;
  /** Whether another member of the household was linked surely into the candidate's household. */
  companions: CompanionLevel;
}

/** `left` is who was reported, `right` who stands in a list; only names differ by side. */
export function compare(left: MatchPerson, right: MatchPerson): Comparison {
  const nik = compareNik(left, right);
  return {
    nik: nik.level,
    nikAt: nik.at,
    birth: compareBirth(left, right),
    name: compareNames(left.name, right.name),
    sex: left.sex === null || right.sex === null ? 'missing' : left.sex === right.sex ? 'equal' : 'different',
    kk: compareKk(left.kk, right.kk),
    address: compareAddress(left.address, right.address),
    mother: compareMother(left, right),
    companions: 'missing',
  };
}

function compareNik(left: MatchPerson, right: MatchPerson): { level: NikLevel; at: number | null } {
  const [one, other] = [left.nik.digits, right.nik.digits];
  if (one === null || other === null) return { level: 'missing', at: null };
  const distance = numberDistance(one, other);
  switch (distance.kind) {
    case 'equal':
    case 'one_missing':
      return { level: distance.kind, at: null };
    case 'two_digits':
      return { level: areTwoBirths(left, right) ? 'different' : 'two_digits', at: null };
    case 'transposed':
    case 'one_digit': {
      const { at } = distance;
      if (areTwoBirths(left, right)) return { level: 'different', at: null };
      return {
        level: distance.kind === 'one_digit' && at >= 7 && at <= 12 ? 'one_digit_in_date' : distance.kind,
        at,
      };
    }
    case 'different':
      if (!left.nik.valid || !right.nik.valid) return { level: 'missing', at: null };
      return { level: one.slice(6) === other.slice(6) ? 'same_tail' : 'different', at: null };
  }
}

/**
 * Whether each NIK bears its own person's birth date, and the two dates differ: then the numbers are
 * alike by chance (serials are small), and no digit was mistyped.
 */
function areTwoBirths(left: MatchPerson, right: MatchPerson): boolean {
  return (
    left.birthDate !== null &&
    right.birthDate !== null &&
    left.birthDate !== right.birthDate &&
    bearsBirth(left, left.birthDate) &&
    bearsBirth(right, right.birthDate)
  );
}

function bearsBirth({ nik }: MatchPerson, birthDate: string): boolean {
  const date = nik.digits?.slice(6, 12) ?? '';
  const day = Number(date.slice(0, 2)) % 40;
  return `${date.slice(4)}-${date.slice(2, 4)}-${String(day).padStart(2, '0')}` === birthDate.slice(2);
}

/** Clerks and old records write 1 January and 31 December where the day is not known. */
export const roundDates: ReadonlySet<string> = new Set(['01-01', '12-31', '07-01']);
/** So far apart that it is more likely a parent or child than a slip. */
export const generationYears = 14;

function compareBirth(left: MatchPerson, right: MatchPerson): BirthLevel {
  if (left.birthDate !== null && right.birthDate !== null)
    return compareDates(left.birthDate, right.birthDate);
  if (left.birthYear === null || right.birthYear === null) return 'missing';
  const apart = Math.abs(left.birthYear - right.birthYear);
  if (apart <= 1) return 'age_equal';
  if (apart <= 3) return 'age_near';
  return apart >= generationYears ? 'age_generation' : 'age_different';
}

function compareDates(left: string, right: string): BirthLevel {
  if (left === right) return isRound(left) ? 'equal_round' : 'equal';
  if (mayBeSwapped(left, right) && swapDayMonth(left) === right) return 'swapped';
  const apart = Math.abs(Number(left.slice(0, 4)) - Number(right.slice(0, 4)));
  if (isOneSlip(left, right)) return apart >= generationYears ? 'two_parts' : 'one_digit';
  if (apart === 0 && (isRound(left) || isRound(right))) return 'year_round';
  const parts = [
    left.slice(0, 4) === right.slice(0, 4),
    left.slice(5, 7) === right.slice(5, 7),
    left.slice(8) === right.slice(8),
  ];
  if (parts.filter(Boolean).length === 2) return 'two_parts';
  if (parts[0]) return 'year_only';
  return apart >= generationYears ? 'generation' : 'different';
}

function isRound(date: string): boolean {
  return roundDates.has(date.slice(5));
}

/** The two that change their places hold each other's digits; of other dates there is nothing to take apart. */
function mayBeSwapped(left: string, right: string): boolean {
  return left.charCodeAt(6) === right.charCodeAt(9) && left.charCodeAt(9) === right.charCodeAt(6);
}

/** One digit wrong, or two neighbours exchanged. */
function isOneSlip(left: string, right: string): boolean {
  let apart = left.length === right.length ? 0 : 3;
  for (let at = 0; at < left.length && apart < 3; at += 1)
    if (left.charCodeAt(at) !== right.charCodeAt(at)) apart += 1;
  if (apart > 2) return false;
  const { kind } = numberDistance(left.replaceAll('-', ''), right.replaceAll('-', ''));
  return kind === 'one_digit' || kind === 'transposed';
}

function compareKk(left: NormalisedNumber, right: NormalisedNumber): KkLevel {
  if (left.digits === null || right.digits === null) return 'missing';
  const { kind } = numberDistance(left.digits, right.digits);
  if (kind === 'equal') return 'equal';
  return kind === 'one_digit' || kind === 'transposed' || kind === 'one_missing' ? 'one_slip' : 'different';
}

/**
 * Every kelurahan has its RT 003 RW 05, and many a Jl. Mawar No. 4. Where one side names no kelurahan, RT and RW that
 * are equal therefore say nothing by themselves, and a house is the same one only with RT, RW, street and number
 * together; RT or RW that differ are another place in any.
 */
function compareAddress(left: NormalisedAddress, right: NormalisedAddress): AddressLevel {
  const inKelurahan = left.kelurahan !== null && right.kelurahan !== null;
  if (inKelurahan && left.kelurahan !== right.kelurahan) return 'other_kelurahan';
  const rt =
    left.rt !== null && left.rw !== null && right.rt !== null && right.rw !== null
      ? left.rt === right.rt && left.rw === right.rw
      : null;
  const street = sameStreet(left, right);
  const number = left.number !== '' && right.number !== '' ? left.number === right.number : null;
  if (street && number && (inKelurahan ? rt !== false : rt)) return 'same_door';
  if (rt && inKelurahan) return 'same_rt';
  if (street && number !== false) return 'same_street';
  if (rt === false || street === false) return 'elsewhere';
  return inKelurahan ? 'same_kelurahan' : 'missing';
}

/** Null where one side names no street. */
export function sameStreet(left: NormalisedAddress, right: NormalisedAddress): boolean | null {
  if (left.street.length === 0 || right.street.length === 0) return null;
  const [ones, others] = [numbersOfStreet(left.street), numbersOfStreet(right.street)];
  if (ones !== '' && others !== '' && ones !== others) return false;
  return jaroWinkler(left.street.join(' '), right.street.join(' ')) >= 0.94;
}

function compareMother(left: MatchPerson, right: MatchPerson): MotherLevel {
  return left.mother === null || right.mother === null
    ? 'missing'
    : compareMotherNames(left.mother, right.mother);
}

export function compareMotherNames(left: NormalisedName, right: NormalisedName): MotherLevel {
  const names = compareNames(left, right);
  if (names === null) return 'missing';
  if (names.identical) return 'equal';
  return names.agrees ? 'similar' : 'different';
}
