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
  if (['1', 'l', 'lk', 'lakilaki', 'laki', 'pria'].includes(key)) return 'L';
  if (['2', 'p', 'pr', 'perempuan', 'wanita'].includes(key)) return 'P';
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

/** A relation as a code 1–8 or as a KK writes it (`KEPALA KELUARGA`, `FAMILI LAIN`); null where unknown. */
export function readRelation(cell: Cell | undefined): Relation | null {
  const text = textOf(cell);
  if (text === null) return null;
  const key = text
    .toLowerCase()
    .replace(/^0+(?=\d)/, '')
    .replace(/[^a-z0-9]/g, '');
  return codes.get(key) ?? (Object.hasOwn(relations, key) ? (relations[key] ?? null) : null);
}

const months = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des'];

/**
 * A birth date as ISO: `1980-08-17`, `17/08/1980`, `17-8-1980`, `17 Agustus 1980`, or the serial
 * number of a spreadsheet. Day before month, as is written here; what does not fit is null, never turned round.
 */
export function readDate(cell: Cell | undefined, today: string): string | null {
  const date = typeof cell === 'number' ? fromSerial(cell) : fromText(textOf(cell) ?? '');
  return date === null || date > today || date < '1880-01-01' ? null : date;
}

/** Days since 30 December 1899, the spreadsheets' calendar from March 1900 on. */
function fromSerial(serial: number): string | null {
  const whole = Math.floor(serial);
  if (whole < 61 || whole > 80_000) return null;
  return new Date(Date.UTC(1899, 11, 30) + whole * 86_400_000).toISOString().slice(0, 10);
}

function fromText(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return calendarDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:\s.*)?$/.exec(text);
  if (local) return calendarDate(Number(local[3]), Number(local[2]), Number(local[1]));
  const named = /^(\d{1,2})[-/ ]([a-z]{3,9})[-/ ](\d{4})$/i.exec(text);
  if (!named) return null;
  const month = months.indexOf(
    named[2]
      ?.toLowerCase()
      .slice(0, 3)
      .replace('ags', 'agu')
      .replace('aug', 'agu')
      .replace('may', 'mei')
      .replace('oct', 'okt')
      .replace('dec', 'des') ?? '',
  );
  return month < 0 ? null : calendarDate(Number(named[3]), month + 1, Number(named[1]));
}

/** An answer as the source has it, its leading zero restored where the code list has one. */
export function readAnswer(column: ProfileColumn, cell: Cell | undefined): string | null {
  const text = textOf(cell);
  if (text === null) return null;
  if (column.digits !== undefined && /^\d+$/.test(text)) return text.padStart(column.digits, '0');
  return column.codes && /^0\d+$/.test(text) ? String(Number(text)) : text;
}
