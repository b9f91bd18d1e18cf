import { cleanNumber } from '../../shared/domain/nik.ts';

export interface NormalisedNumber {
  /** Digits as read (also when not sixteen), or null where nothing usable stands. */
  digits: string | null;
  /** Sixteen digits that may be a number of the civil register. */
  valid: boolean;
  rules: string[];
}

const lookAlikes: Record<string, string> = { O: '0', o: '0', I: '1', l: '1', '|': '1' };

/**
 * Reads a NIK or No KK as people type it. Fillers (all zeros, one digit repeated, 1234…, a serial 0000, which
 * nobody was given) become null: they would join strangers. Wrong lengths are kept, since a near number is still evidence.
 */
export function normaliseNumber(raw: string | null): NormalisedNumber {
  const rules: string[] = [];
  if (raw === null) return { digits: null, valid: false, rules };
  const cleaned = cleanNumber(raw);
  const digits = cleaned.replace(/[OoIl|]/g, (letter) => lookAlikes[letter] ?? letter);
  if (digits !== cleaned) rules.push('huruf mirip angka dibaca sebagai angka');
  if (!/^\d{12,18}$/.test(digits) || isFiller(digits)) {
    if (digits !== '') rules.push('nomor pengisi atau tidak terbaca diabaikan');
    return { digits: null, valid: false, rules };
  }
  return { digits, valid: digits.length === 16, rules };
}

function isFiller(digits: string): boolean {
  return (
    isOneDigit(digits) ||
    digits.startsWith('123456789') ||
    digits.startsWith('000000') ||
    (digits.length === 16 && digits.endsWith('0000'))
  );
}

function isOneDigit(digits: string): boolean {
  const first = digits.charCodeAt(0);
  for (let at = 1; at < digits.length; at += 1) if (digits.charCodeAt(at) !== first) return false;
  return true;
}

/** How far two digit strings are from each other, in the words of the comparison. */
export type NumberDistance =
  | { kind: 'equal' }
  | { kind: 'transposed'; at: number }
  | { kind: 'one_digit'; at: number }
  | { kind: 'one_missing' }
  | { kind: 'two_digits' }
  | { kind: 'different' };

/** `at` counts places from 1. */
export function numberDistance(left: string, right: string): NumberDistance {
  if (left === right) return { kind: 'equal' };
  if (left.length !== right.length)
    return Math.abs(left.length - right.length) === 1 && isOneMissing(left, right)
      ? { kind: 'one_missing' }
      : { kind: 'different' };
  const places: number[] = [];
  for (let index = 0; index < left.length && places.length < 3; index += 1)
    if (left[index] !== right[index]) places.push(index);
  const [first, second] = places;
  if (first === undefined) return { kind: 'equal' };
  if (second === undefined) return { kind: 'one_digit', at: first + 1 };
  if (places.length > 2) return { kind: 'different' };
  const swapped = second === first + 1 && left[first] === right[second] && left[second] === right[first];
  return swapped ? { kind: 'transposed', at: first + 1 } : { kind: 'two_digits' };
}

function isOneMissing(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  let index = 0;
  while (index < short.length && short[index] === long[index]) index += 1;
  return short.slice(index) === long.slice(index + 1);
}
