import { calendarDate } from '../../shared/domain/nik.ts';
import type { Sex } from '../../shared/domain/person.ts';
import { monthOf, readSex, yearOfTwoDigits } from '../importing/values.ts';
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
  /** ISO date: nobody is born after it, which tells the century of `17/08/80`. */
  today: string;
}

/** @param sample values of the nik, kk and dob columns, blanks left out. */
export function findHabits(
  sample: { nik: string[]; kk: string[]; dob: string[] },
  today: string,
): FileHabits {
  return {
    nikIsNik: mostAreNumbers(sample.nik),
    kkIsKk: mostAreNumbers(sample.kk),
    monthFirst: isMonthFirst(sample.dob),
    shortYearFirst: sample.dob.some(isShortYearFirst),
    today,
  };
}

function mostAreNumbers(values: readonly string[]): boolean {
  const numbers = values.filter((value) => /^\D*(\d\D*){14,18}$/.test(value));
  return numbers.length * 2 >= values.length;
}

function isMonthFirst(values: readonly string[]): boolean {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const value of values) {
    const found = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2}/.exec(value);
    if (found === null) continue;
    if (Number(found[1]) > 12) dayFirst += 1;
    if (Number(found[2]) > 12) monthFirst += 1;
  }
  return monthFirst > dayFirst;
}

/** What no day can be stands first, and what may be one last. */
function isShortYearFirst(value: string): boolean {
  const found = /^(\d{2})[-/. ](?:\d{1,2}|[a-z]+)[-/., ]+(\d{1,2})(?!\d)/i.exec(value);
  return found !== null && Number(found[1]) > 31 && Number(found[2]) <= 31;
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
  // `17081990` has no month 19: the year stands at the end.
  const compact = /^(\d{2})(\d{2})((?:1[89]|20)\d{2})$/.exec(value);
  if (compact && Number(value.slice(4, 6)) > 12) return fromLocal(compact, habits);
  const iso = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?$/.exec(value);
  if (iso) return isoOf(iso[1], iso[2], iso[3], habits);
  const local = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?$/.exec(value);
  if (local) return fromLocal(local, habits);
  const english = /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i.exec(value);
  const named = english
    ? [value, english[2], english[1], english[3]]
    : /^(\d{1,2})[-/. ]?([a-z]{3})[a-z]*[-/., ]+(\d{4}|\d{2})$/i.exec(value);
  const month = monthOf(named?.[2] ?? '');
  return named === null || month === null ? null : isoOf(named[3], String(month), named[1], habits);
}

/** Whether a date is written with two digits of its year, so that its century is a guess. */
export function hasShortYear(value: string | null): boolean {
  return value !== null && /^\d{1,2}[-/. ]?(\d{1,2}|[a-z]+)[-/., ]+\d{2}$/i.test(value);
}

function fromLocal([, first, second, year]: RegExpExecArray, habits: FileHabits): string | null {
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

/** A number of one person or household; fillers are null. */
export function numberOf(value: string | null, byRules: boolean): string | null {
  if (value === null) return null;
  if (byRules) return normaliseNumber(value).digits;
  const text = plain(value)?.replaceAll(' ', '') ?? null;
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
