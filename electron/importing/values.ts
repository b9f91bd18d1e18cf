import { calendarDate } from '../../shared/domain/nik.ts';
import type { Relation, Sex } from '../../shared/domain/person.ts';
import { textOf, type Cell } from './cell.ts';
import type { ProfileColumn } from './profile.ts';

/** `1`, `L`, `Laki-laki`, `LAKI - LAKI`, `Pria` → L; null where it says neither. */
export function readSex(cell: Cell | undefined): Sex | null {
  const key =
    textOf(cell)
      ?.toLowerCase()
      .replace(/[^a-z0-9]/g, '') ?? '';
  if (['1', 'l', 'lk', 'lakilaki', 'laki', 'lelaki', 'pria'].includes(key)) return 'L';
  if (['2', 'p', 'pr', 'perempuan', 'w', 'wanita'].includes(key)) return 'P';
  return null;
}

const relations: Record<string, Relation> = {
  kepala: '1',
  kepalakeluarga: '1',
  kepalarumahtangga: '1',
  kk: '1',
  krt: '1',
  istri: '2',
  suami: '2',
  istrisuami: '2',
  pasangan: '2',
  anak: '3',
  anakkandung: '3',
  anakangkat: '3',
  anaktiri: '3',
  menantu: '4',
  cucu: '5',
  orangtua: '6',
  mertua: '6',
  orangtuamertua: '6',
  pembantu: '7',
  pembanturumahtangga: '7',
  lainnya: '8',
  famililain: '8',
  famililainnya: '8',
};

const codes = new Map<string, Relation>(Object.values(relations).map((code) => [code, code]));

/**
 * A relation as a KK writes it (`KEPALA KELUARGA`, `4. FAMILI LAIN`); null where unknown. A number alone is read
 * where the list is known to number as BDT does; Dukcapil numbers otherwise (3 is the wife, and not a child). The
 * head is 1 in each.
 */
export function readRelation(cell: Cell | undefined, numbered: boolean): Relation | null {
  const text = textOf(cell);
  if (text === null) return null;
  const key = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (/^\d+$/.test(key)) {
    const code = codes.get(key.replace(/^0+/, '')) ?? null;
    return numbered || code === '1' ? code : null;
  }
  const word = key.replace(/^\d+/, '');
  return Object.hasOwn(relations, word) ? (relations[word] ?? null) : null;
}

/** Years of age (`35`, `35 th`, `35 tahun`) up to 130; null where it says none. */
export function readAge(cell: Cell | undefined): number | null {
  const years = /^(\d{1,3})(?:\.0+)?\s*(?:th|thn|tahun)?\.?$/i.exec(textOf(cell) ?? '')?.[1];
  return years === undefined || Number(years) > 130 ? null : Number(years);
}

/** By their first three letters: as they are written here, as they were before 1972, and in English. */
const months: ReadonlyMap<string, number> = new Map(
  [
    ['jan'],
    ['feb', 'peb'],
    ['mar'],
    ['apr'],
    ['mei', 'may'],
    ['jun'],
    ['jul'],
    ['agu', 'ags', 'agt', 'aug'],
    ['sep'],
    ['okt', 'oct'],
    ['nov', 'nop'],
    ['des', 'dec'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);

/** `Agustus`, `Aug`, `Nopember` → 8, 8, 11; null where it is no month. */
export function monthOf(word: string): number | null {
  return months.get(word.slice(0, 3).toLowerCase()) ?? null;
}

/** The year of a birth date of which two digits are written: the latest that makes no date in the future. */
export function yearOfTwoDigits(digits: number, month: number, day: number, today: string): number {
  const ofThisCentury = [2000 + digits, ...[month, day].map((part) => String(part).padStart(2, '0'))].join(
    '-',
  );
  return ofThisCentury <= today ? 2000 + digits : 1900 + digits;
}

/** Days between the calendars of Windows and of the first Macintosh, where 1904 is the first year. */
const daysTo1904 = 1462;
/** Smaller numbers are no days: `1980` in a column of dates is a year, and 5 June 1905 as a serial number. */
const leastSerial = 3_000;

/**
 * A birth date as ISO: `1980-08-17`, `17/08/1980`, `17-8-80`, `17 Agustus 1980`, `19800817`, or the serial
 * number of a spreadsheet. Day before month, as is written here; what does not fit is null, never turned round.
 *
 * @param from1904 whether the workbook counts its days from 1904.
 */
export function readDate(cell: Cell | undefined, today: string, from1904 = false): string | null {
  const text = bareDate(textOf(cell) ?? '');
  const date =
    typeof cell === 'number'
      ? (fromSerial(cell, from1904) ?? fromDigits(text))
      : /^\d{5}$/.test(text)
        ? fromSerial(Number(text), from1904)
        : (fromDigits(text) ?? fromText(text, today));
  return date === null || date > today || date < '1880-01-01' ? null : date;
}

/** Whether a date is written with two digits of its year, so that its century is a guess. */
export function hasShortYear(cell: Cell | undefined): boolean {
  return (
    typeof cell === 'string' &&
    /^\s*\d{1,2}[-/. ]+(\d{1,2}|[a-z]{3,9})[-/., ]+\d{2}\s*$/i.test(bareDate(cell))
  );
}

/** `Jakarta, 17 / 08 / 1990` → `17/08/1990`: the place of birth before it and blanks around its signs off. */
export function bareDate(text: string): string {
  // Nearly all of a list have neither blank nor comma, and each is looked at several times as it comes in.
  if (!/[\s,]/.test(text)) return text;
  return text.replace(/^[^\d,]+,\s*(?=\d)/, '').replace(/\s*([-/])\s*/g, '$1');
}

/** Days since 30 December 1899, the spreadsheets' calendar from March 1900 on. */
export function fromSerial(serial: number, from1904: boolean): string | null {
  if (serial < leastSerial || serial > 80_000) return null;
  const whole = Math.floor(serial) + (from1904 ? daysTo1904 : 0);
  return new Date(Date.UTC(1899, 11, 30) + whole * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The parts of a date in digits alone, in their order: `19800817`; or `17081980`, of which a spreadsheet takes the zero
 * of `05031990`. Null where it is none.
 */
export function partsOfDigits(
  text: string,
): { yearFirst: boolean; year: string; first: string; second: string } | null {
  if (!/^\d{7,8}$/.test(text)) return null;
  // `17081980` has no month 19: the year stands at the end.
  const [, first = '', second = '', year = ''] =
    /^(\d{2})(\d{2})((?:1[89]|20)\d{2})$/.exec(text.padStart(8, '0')) ?? [];
  if (year !== '' && (text.length === 7 || Number(text.slice(4, 6)) > 12))
    return { yearFirst: false, year, first, second };
  if (text.length === 7) return null;
  return { yearFirst: true, year: text.slice(0, 4), first: text.slice(4, 6), second: text.slice(6) };
}

function fromDigits(text: string): string | null {
  const parts = partsOfDigits(text);
  if (parts === null) return null;
  const [first, second] = [Number(parts.first), Number(parts.second)];
  const [month, day] = parts.yearFirst ? [first, second] : [second, first];
  return calendarDate(Number(parts.year), month, day);
}

const localDate = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:\s.*)?$/;

/** Day and month of a date that has its year at the end, in the order in which they stand; null of any other. */
export function beforeTheYear(cell: Cell | undefined): [first: number, second: number] | null {
  const text = bareDate(textOf(cell) ?? '');
  const local = localDate.exec(text);
  if (local !== null) return [Number(local[1]), Number(local[2])];
  const digits = partsOfDigits(text);
  return digits === null || digits.yearFirst ? null : [Number(digits.first), Number(digits.second)];
}

function fromText(text: string, today: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return calendarDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = localDate.exec(text);
  if (local) return fromParts(local[3], Number(local[2]), Number(local[1]), today);
  const named = /^(\d{1,2})[-/. ]+([a-z]{3,9})[-/., ]+(\d{4}|\d{2})$/i.exec(text);
  const month = monthOf(named?.[2] ?? '');
  return named === null || month === null ? null : fromParts(named[3], month, Number(named[1]), today);
}

function fromParts(year = '', month: number, day: number, today: string): string | null {
  const full = year.length === 2 ? yearOfTwoDigits(Number(year), month, day, today) : Number(year);
  return calendarDate(full, month, day);
}

/** An answer as the source has it, its leading zero restored where the code list has one. */
export function readAnswer(column: ProfileColumn, cell: Cell | undefined): string | null {
  const text = textOf(cell);
  if (text === null) return null;
  if (column.digits !== undefined && /^\d+$/.test(text)) return text.padStart(column.digits, '0');
  return column.codes && /^0\d+$/.test(text) ? String(Number(text)) : text;
}
