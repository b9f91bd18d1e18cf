import { cleanNumber, isDamagedBySpreadsheet } from '../../shared/domain/nik.ts';
import type { Cell } from './cell.ts';

/**
 * A NIK, No KK or other long number as a list holds it:
 * - `blank`: nothing there, or a filler (`0`, `-`, sixteen times the same digit);
 * - `whole`: sixteen digits; `asNumber` where a numeric cell happened to keep all of them;
 * - `damaged`: a spreadsheet rounded it away, and nobody can know the digits any more;
 * - `odd`: something else (too short, letters), kept as it is and told.
 */
export type LongNumber =
  | { kind: 'blank'; filler: boolean }
  | { kind: 'whole'; digits: string; asNumber: boolean }
  | { kind: 'damaged'; why: string }
  | { kind: 'odd'; text: string };

export function digitsOf(number: LongNumber): string | null {
  return number.kind === 'whole' ? number.digits : null;
}

export function readSixteenDigits(cell: Cell | undefined, label: string): LongNumber {
  if (cell === null || cell === undefined) return { kind: 'blank', filler: false };
  if (typeof cell === 'number') return fromNumber(cell, label);
  const text = cell.trim();
  if (text === '') return { kind: 'blank', filler: false };
  const digits = cleanNumber(text);
  const isWhole = isSixteenDigits(digits);
  if (isWhole && isFiller(digits)) return { kind: 'blank', filler: true };
  if (isDamagedBySpreadsheet(text)) return { kind: 'damaged', why: damagedText(text, label) };
  if (isWhole) return { kind: 'whole', digits, asNumber: false };
  if (isNothing(text)) return { kind: 'blank', filler: true };
  return { kind: 'odd', text };
}

/**
 * A numeric cell holds a 16-digit number only if the program that wrote it did not round: Excel keeps
 * 15 digits and sets the 16th to 0. A last digit other than 0 therefore proves that nothing was lost;
 * a 0 could be either, so it is refused.
 */
function fromNumber(value: number, label: string): LongNumber {
  if (value === 0) return { kind: 'blank', filler: true };
  if (Number.isInteger(value) && value >= 1e15 && value < 1e16) {
    const digits = String(value);
    // 1111111111111111 as a number is a filler too, whatever was lost.
    if (isFiller(digits)) return { kind: 'blank', filler: true };
    if (Number.isSafeInteger(value) && !digits.endsWith('0'))
      return { kind: 'whole', digits, asNumber: true };
    return {
      kind: 'damaged',
      why: `${label} tersimpan sebagai angka dan tinggal 15 digit: angka ke-16 menjadi 0 dan tidak dapat dipastikan.`,
    };
  }
  if (value >= 1e16)
    return {
      kind: 'damaged',
      why: `${label} tersimpan sebagai angka yang lebih panjang dari 16 digit; digit terakhirnya sudah dibulatkan.`,
    };
  return { kind: 'odd', text: String(value) };
}

/** What is written where there is no number. */
function isNothing(text: string): boolean {
  return /^[-.0]*$/.test(text) || /^(tidak ada|belum ada|null|n\/?a)$/i.test(text);
}

/** IDs of households may be longer than 15 digits as well: as a number they would run into each other. */
export function readIdentity(
  cell: Cell | undefined,
): { kind: 'blank' } | { kind: 'whole'; text: string } | { kind: 'damaged' } {
  if (typeof cell === 'number')
    return Math.abs(cell) >= 1e15 || !Number.isInteger(cell)
      ? { kind: 'damaged' }
      : { kind: 'whole', text: String(cell) };
  const text = cell?.trim() ?? '';
  if (isNothing(text)) return { kind: 'blank' };
  // A spreadsheet writes two digits behind the E; what has one is an ID like "1e5".
  if (/^\d([.,]\d+)?e\+?\d{2,}$/i.test(text)) return { kind: 'damaged' };
  return { kind: 'whole', text: text.replace(/^'+/, '') };
}

function damagedText(text: string, label: string): string {
  return /e/i.test(text)
    ? `${label} tertulis "${text}": lembar sebar membulatkannya menjadi notasi ilmiah, angka aslinya hilang.`
    : `${label} berakhir dengan 000: lembar sebar membulatkannya, angka terakhirnya hilang.`;
}

/** Asked of every number of a list several times: a loop costs a fraction of a pattern. */
export function isSixteenDigits(text: string): boolean {
  if (text.length !== 16) return false;
  for (let at = 0; at < 16; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** What is typed where a number has to stand. */
export function isFiller(digits: string): boolean {
  return (
    (digits[0] === digits[1] && /^(\d)\1{15}$/.test(digits)) ||
    digits.startsWith('000000') ||
    digits === '1234567890123456'
  );
}
