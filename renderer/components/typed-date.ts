import { calendarDate } from '../../shared/domain/nik.ts';

export type TypedDate =
  | { kind: 'empty' }
  /** Could still become a date; nothing is wrong yet. */
  | { kind: 'unfinished' }
  | { kind: 'date'; iso: string }
  | { kind: 'wrong'; message: string };

/**
 * Reads a date as people type it: `17-08-1980`, `17/8/1980`, `17 8 1980` or `17081980`. The year
 * has four digits: two would leave the century open, and the oldest registered are over a hundred.
 */
export function readTypedDate(typed: string): TypedDate {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  const solid = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const parted = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text);
  const [, day, month, year] = solid ?? parted ?? [];
  if (day === undefined || month === undefined || year === undefined) {
    if (/^[\d\-/. ]*$/.test(text) && text.length < 10) return { kind: 'unfinished' };
    return { kind: 'wrong', message: 'Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-08-1980.' };
  }
  const iso = calendarDate(Number(year), Number(month), Number(day));
  if (iso === null)
    return {
      kind: 'wrong',
      message: `Tanggal ${day}-${month}-${year} tidak ada di kalender. Periksa hari dan bulannya.`,
    };
  return { kind: 'date', iso };
}

/** `1980-08-17` → `17-08-1980`, as the field shows it. */
export function displayTypedDate(iso: string): string {
  return `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`;
}

/** Sets the dashes while digits are typed at the end: `17` → `17-`, `1708` → `17-08-`. */
export function dashWhileTyping(before: string, now: string): string {
  const grew = now.length === before.length + 1 && now.startsWith(before);
  if (grew && /^\d{2}$/.test(now)) return `${now}-`;
  if (grew && /^\d{2}-\d{2}$/.test(now)) return `${now}-`;
  if (grew && /^\d{2}-[-/. ]$/.test(now)) return before;
  if (grew && /^\d{2}-\d{2}-[-/. ]$/.test(now)) return before;
  return now;
}
