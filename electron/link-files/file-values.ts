import { calendarDate, isScientific } from '../../shared/domain/nik.ts';
import type { Sex } from '../../shared/domain/person.ts';
import {
  bareDate,
  fromSerial,
  monthOf,
  partsOfDigits,
  readSex,
  yearOfTwoDigits,
} from '../importing/values.ts';
import { normaliseNumber } from '../matching/numbers.ts';

/** How the values of a file are to be read, decided from a sample of its rows. */
export interface FileHabits {
  /** NIK and No KK by their own rules; otherwise any text that names one person (one household). */
  nikIsNik: boolean;
  kkIsKk: boolean;
  /** `03/12/1990` is the third of December unless the sample shows that it cannot be. */
  monthFirst: boolean;
  /** Years of two digits stand first (`80-08-17`): `05-08-17` may be read either way, and is not. */
  shortYearFirst: boolean;
  /** Dates stand as the day numbers of a spreadsheet. */
  serialDates: boolean;
  /** ISO date: nobody is born after it, which tells the century of `17/08/80`. */
  today: string;
}

/** Values of the nik, kk and dob columns of the first rows, blanks left out. */
export interface Sample {
  nik: readonly string[];
  kk: readonly string[];
  dob: readonly string[];
}

export const noSample: Sample = { nik: [], kk: [], dob: [] };

/** @param beside the other file, which tells what this one leaves open: two lists of one office are written alike. */
export function findHabits(sample: Sample, today: string, beside: Sample = noSample): FileHabits {
  const told = <Habit>(of: (one: Sample) => Habit | null): Habit | null => of(sample) ?? of(beside);
  return {
    nikIsNik: told(({ nik }) => mostAreNumbers(nik)) ?? true,
    kkIsKk: told(({ kk }) => mostAreNumbers(kk)) ?? true,
    monthFirst: told(({ dob }) => isMonthFirst(dob)) ?? false,
    shortYearFirst: isShortYearFirst(sample.dob),
    serialDates: isMostlySerial(sample.dob),
    today,
  };
}

/** Null where none tells. */
function mostAreNumbers(values: readonly string[]): boolean | null {
  const telling = values.filter((value) => !isDamaged(value));
  if (telling.length === 0) return null;
  const numbers = telling.filter((value) => /^\D*(\d\D*){14,18}$/.test(withoutDecimals(value)));
  return numbers.length * 2 >= telling.length;
}

/** Days as a spreadsheet counts them; smaller numbers are years. */
function isMostlySerial(values: readonly string[]): boolean {
  const days = values.filter((value) => serialDate(value) !== null);
  return days.length * 2 > values.length;
}

function serialDate(value: string): string | null {
  const found = /^\d{4,5}$/.exec(withoutDecimals(value));
  return found === null ? null : fromSerial(Number(found[0]), false);
}

/** `3171010503900001.0`, `29448.0`: how a table that knows no text writes a whole number. */
function withoutDecimals(value: string): string {
  return value.replace(/^(\d+)\.0+$/, '$1');
}

/** A number whose last digits are lost: in scientific notation, or larger than a fraction can hold. */
export function isDamaged(value: string): boolean {
  if (isScientific(value)) return true;
  const whole = withoutDecimals(value);
  return whole !== value && !Number.isSafeInteger(Number(whole));
}

/** Null where no date tells. */
function isMonthFirst(values: readonly string[]): boolean | null {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const value of values) {
    const found = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2}/.exec(bareDate(value));
    if (found === null) continue;
    if (Number(found[1]) > 12) dayFirst += 1;
    if (Number(found[2]) > 12) monthFirst += 1;
  }
  return monthFirst === dayFirst ? null : monthFirst > dayFirst;
}

/**
 * Of the dates that tell, having what no day can be at one end and what may be one at the other, at least half have it
 * first: a single slip among thousands is no habit.
 */
function isShortYearFirst(values: readonly string[]): boolean {
  let first = 0;
  let last = 0;
  for (const value of values) {
    const found = /^(\d{1,2})[-/. ](?:\d{1,2}|[a-z]+)[-/., ]+(\d{1,2})(?!\d)/i.exec(bareDate(value));
    if (found === null) continue;
    const [before, after] = [Number(found[1]), Number(found[2])];
    if (before > 31 && after <= 31) first += 1;
    if (after > 31 && before <= 31) last += 1;
  }
  return first > 0 && first >= last;
}

const foreignSexes: Record<string, Sex> = { m: 'L', male: 'L', man: 'L', f: 'P', female: 'P', woman: 'P' };

export function sexOf(value: string | null): Sex | null {
  if (value === null) return null;
  return foreignSexes[value.toLowerCase()] ?? readSex(value);
}

/**
 * A date as `YYYY-MM-DD`. One that no calendar has (`1990-25-12`) is kept as it stands: its digits are
 * still evidence; with a year of two digits nobody knows what they are of. A year alone is no date.
 */
export function dateOf(value: string | null, habits: FileHabits): string | null {
  if (value === null) return null;
  const date = readDate(bareDate(withoutDecimals(value)), habits);
  return date !== null && Number(date.slice(0, 4)) > Number(habits.today.slice(0, 4)) ? null : date;
}

function readDate(value: string, habits: FileHabits): string | null {
  if (habits.serialDates && /^\d{4,5}$/.test(value)) return serialDate(value);
  const compact = /^(\d{7,8})(?:[T ].*)?$/.exec(value)?.[1];
  if (compact !== undefined) {
    const parts = partsOfDigits(compact);
    if (parts === null) return null;
    const { yearFirst, year, first, second } = parts;
    return yearFirst ? isoOf(year, first, second, habits) : fromLocal([first, second, year], habits);
  }
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(value);
  if (iso) return isoOf(iso[1], iso[2], iso[3], habits);
  const local = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?$/.exec(value);
  if (local) return fromLocal(local.slice(1), habits);
  const english = /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i.exec(value);
  const named = english
    ? [value, english[2], english[1], english[3]]
    : /^(\d{1,2})[-/. ]?([a-z]{3})[a-z]*[-/., ]+(\d{4}|\d{2})$/i.exec(value);
  const month = monthOf(named?.[2] ?? '');
  return named === null || month === null ? null : isoOf(named[3], String(month), named[1], habits);
}

/** Whether a date is written with two digits of its year, so that its century is a guess. */
export function hasShortYear(value: string | null): boolean {
  return value !== null && /^\d{1,2}[-/. ]?(\d{1,2}|[a-z]+)[-/., ]+\d{2}$/i.test(bareDate(value));
}

function fromLocal([first, second, year]: readonly string[], habits: FileHabits): string | null {
  return habits.monthFirst ? isoOf(year, first, second, habits) : isoOf(year, second, first, habits);
}

function isoOf(year = '', month = '', day = '', habits: FileHabits): string | null {
  if (Number(month) === 0 && Number(day) === 0) return null;
  if (year.length === 2) return ofShortYear(Number(year), Number(month), Number(day), habits);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function ofShortYear(year: number, month: number, day: number, habits: FileHabits): string | null {
  if (habits.shortYearFirst) return null;
  return calendarDate(yearOfTwoDigits(year, month, day, habits.today), month, day);
}

/** A number of one person or household; fillers and what a spreadsheet damaged are null. */
export function numberOf(value: string | null, byRules: boolean): string | null {
  if (value === null || isDamaged(value)) return null;
  const whole = withoutDecimals(value);
  if (byRules) return normaliseNumber(whole).digits;
  const text = plain(whole)?.replaceAll(' ', '') ?? null;
  return text === null || /^(.)\1*$/.test(text) ? null : text;
}

/** Upper case, accents and signs off, single blanks: what texts are compared as. */
export function plain(value: string | null): string | null {
  const text = value
    ?.normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return text === undefined || text === '' ? null : text;
}
