import type { Sex } from './person.ts';

/**
 * The anatomy of a NIK (Nomor Induk Kependudukan): `PPKKCC DDMMYY SSSS`: area of first recording,
 * birth date (day + 40 for women), serial. It has no check digit. Source: docs/glossary.md, NIK.
 */
export interface NikParts {
  /** Six digits, Kemendagri code of the kecamatan of first recording (not of today's address). */
  area: string;
  day: number;
  month: number;
  /** Four digits once the century is decided. */
  year: number;
  /** ISO date, or null where the digits are no calendar date. */
  birthDate: string | null;
  sex: Sex;
  serial: string;
}

export type NikError =
  | 'nik_panjang'
  | 'nik_bukan_angka'
  | 'nik_rusak_excel'
  | 'nik_palsu'
  | 'nik_tanggal_mustahil'
  | 'nik_nomor_urut_nol';
export type NikWarning =
  | 'nik_tanggal_beda'
  | 'nik_tanggal_tertukar'
  | 'nik_jenis_kelamin_beda'
  | 'nik_wilayah_tak_dikenal'
  | 'nik_luar_dki';

export interface NikFinding<Code extends string> {
  code: Code;
  message: string;
}

export interface NikInspection {
  /** Only digits, as stored; what was typed stays with the caller. */
  digits: string;
  parts: NikParts | null;
  errors: NikFinding<NikError>[];
  warnings: NikFinding<NikWarning>[];
}

export interface NikContext {
  /** Today as ISO date; decides the century where no birth date is known. */
  today: string;
  birthDate?: string | null;
  sex?: Sex | null;
  /** Name of a six-digit kecamatan code, or null where it is not known. */
  areaName?: (area: string) => string | null;
}

/** Removes what people and spreadsheets put around the digits: blanks, dots, dashes, a leading apostrophe. */
export function cleanNumber(raw: string): string {
  if (onlyDigits.test(raw)) return raw;
  return raw
    .trim()
    .replace(/^'+/, '')
    .replace(/[\s.-]/g, '');
}

const onlyDigits = /^\d+$/;

/**
 * Whether a number out of a spreadsheet was damaged there: scientific notation, or the zeros that a
 * 15-digit float leaves at the end. A hand that types `…1000` means it; a spreadsheet may not.
 */
export function isDamagedBySpreadsheet(raw: string): boolean {
  if (onlyDigits.test(raw)) return raw.length === 16 && raw.endsWith('000');
  return isScientific(raw) || /^\d{16}[.,]0+$/.test(raw.trim()) || /^\d{13}000$/.test(cleanNumber(raw));
}

/**
 * `3.17101E+15`: what a spreadsheet makes of a long number; its last digits are lost. A code such as `3E07` has
 * neither decimals nor a plus, nor the size of a number that is written so.
 */
export function isScientific(raw: string): boolean {
  const found = /^\d([.,]\d+)?e(\+?)(\d+)$/i.exec(raw.trim());
  return found !== null && (found[1] !== undefined || found[2] === '+' || Number(found[3]) >= 13);
}

/**
 * Reads a NIK and says what is wrong (errors hold the field) and what is odd (warnings pass with a
 * reason; Dukcapil itself has old mistakes). Levels after domain rule table 6.2.
 */
export function inspectNik(raw: string, context: NikContext): NikInspection {
  const digits = cleanNumber(raw);
  const errors: NikFinding<NikError>[] = [];
  const warnings: NikFinding<NikWarning>[] = [];
  if (isScientific(raw)) {
    errors.push({
      code: 'nik_rusak_excel',
      message:
        'NIK ini rusak oleh lembar sebar (angka dibulatkan). Ambil lagi dari kolom bertipe teks, atau ketik dari KTP.',
    });
    return { digits, parts: null, errors, warnings };
  }
  if (!/^\d*$/.test(digits)) {
    errors.push({
      code: 'nik_bukan_angka',
      message: 'NIK hanya berisi angka. Periksa huruf yang mirip angka, misalnya O dan 0.',
    });
    return { digits, parts: null, errors, warnings };
  }
  if (digits.length !== 16) {
    errors.push({
      code: 'nik_panjang',
      message: `NIK terdiri dari 16 angka; yang diketik ${digits.length}. Periksa lagi di KTP atau KK.`,
    });
    return { digits, parts: readParts(digits, context), errors, warnings };
  }
  if (/^(\d)\1{15}$/.test(digits) || digits === '1234567890123456' || digits.startsWith('000000')) {
    errors.push({
      code: 'nik_palsu',
      message: 'Ini angka pengisi, bukan NIK. Kosongkan bila belum punya NIK.',
    });
    return { digits, parts: null, errors, warnings };
  }
  const parts = readParts(digits, context);
  if (!parts?.birthDate) {
    errors.push({
      code: 'nik_tanggal_mustahil',
      message: 'Angka ke-7 sampai ke-12 bukan tanggal. Periksa lagi di KTP (perempuan: tanggal ditambah 40).',
    });
  }
  if (digits.endsWith('0000')) {
    errors.push({
      code: 'nik_nomor_urut_nol',
      message: 'Empat angka terakhir NIK tidak pernah 0000. Periksa lagi di KTP.',
    });
  }
  if (parts) warnings.push(...warningsOf(parts, context));
  return { digits, parts, errors, warnings };
}

function readParts(digits: string, context: NikContext): NikParts | null {
  if (digits.length < 12) return null;
  const rawDay = Number(digits.slice(6, 8));
  const female = rawDay > 40;
  const day = female ? rawDay - 40 : rawDay;
  const month = Number(digits.slice(8, 10));
  const year = centuryOf(Number(digits.slice(10, 12)), context);
  return {
    area: digits.slice(0, 6),
    day,
    month,
    year,
    birthDate: calendarDate(year, month, day),
    sex: female ? 'P' : 'L',
    serial: digits.slice(12),
  };
}

/** The stated birth date decides the century; without it, the latest that is not in the future. */
function centuryOf(twoDigits: number, context: NikContext): number {
  const stated = context.birthDate ? Number(context.birthDate.slice(0, 4)) : null;
  if (stated !== null && stated % 100 === twoDigits) return stated;
  const thisYear = Number(context.today.slice(0, 4));
  return 2000 + twoDigits <= thisYear ? 2000 + twoDigits : 1900 + twoDigits;
}

function warningsOf(parts: NikParts, context: NikContext): NikFinding<NikWarning>[] {
  const found: NikFinding<NikWarning>[] = [];
  if (context.birthDate && parts.birthDate && context.birthDate !== parts.birthDate) {
    const typed = displayDate(context.birthDate);
    const inNik = displayDate(parts.birthDate);
    if (isDayMonthSwap(context.birthDate, parts.birthDate)) {
      found.push({
        code: 'nik_tanggal_tertukar',
        message: `Tanggal lahir di NIK ${inNik}, yang diketik ${typed}. Tanggal dan bulan tertukar?`,
      });
    } else {
      found.push({
        code: 'nik_tanggal_beda',
        message: `Tanggal lahir di NIK ${inNik}, yang diketik ${typed}. Periksa KTP dan KK.`,
      });
    }
  }
  if (context.sex && context.sex !== parts.sex) {
    found.push({
      code: 'nik_jenis_kelamin_beda',
      message: `Menurut NIK ${parts.sex === 'P' ? 'perempuan' : 'laki-laki'}, yang diketik ${context.sex === 'P' ? 'perempuan' : 'laki-laki'}. Periksa KTP.`,
    });
  }
  if (!parts.area.startsWith('31')) {
    found.push({
      code: 'nik_luar_dki',
      message:
        'NIK pertama kali direkam di luar DKI Jakarta. Wajar bagi pendatang; pastikan KTP-nya sekarang DKI.',
    });
  } else if (context.areaName && context.areaName(parts.area) === null) {
    found.push({
      code: 'nik_wilayah_tak_dikenal',
      message: `Kode wilayah ${parts.area} tidak ada dalam daftar sekarang. Bisa kode lama; periksa KTP.`,
    });
  }
  return found;
}

function isDayMonthSwap(left: string, right: string): boolean {
  return (
    left.slice(0, 4) === right.slice(0, 4) &&
    left.slice(5, 7) === right.slice(8, 10) &&
    left.slice(8, 10) === right.slice(5, 7)
  );
}

/** An ISO date as it is written on paper: 17-08-1980. */
export function displayDate(iso: string): string {
  return `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`;
}

/** ISO date of a real calendar day, else null. */
export function calendarDate(year: number, month: number, day: number): string | null {
  if (![year, month, day].every(Number.isInteger) || year < 100 || year > 9999) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** `3171234567890001` → `3171 2345 6789 0001`. */
export function groupNumber(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

/** What a list shows until the whole number is needed: `3171 •••• •••• 0001`; what is masked stays so. */
export function maskNumber(digits: string): string {
  if (digits.includes('•')) return digits;
  return digits.length === 16
    ? `${digits.slice(0, 4)} •••• •••• ${digits.slice(12)}`
    : '•'.repeat(digits.length);
}

/** In how many places two numbers of sixteen digits differ; null where one of them is none. */
export function differingDigits(one: string | null, other: string | null): number | null {
  if (one === null || other === null || ![one, other].every((text) => /^\d{16}$/.test(text))) return null;
  return [...one].filter((digit, at) => digit !== other[at]).length;
}
