import { groupNumber, maskNumber } from './nik.ts';

/** A NIK or No KK within a text; not sixteen digits of a hash or of a longer number. */
const numbers = /(?<![0-9A-Za-z])\d{16}(?![0-9A-Za-z])/g;

/** Two sides that are laid beside each other: where they differ is what a person must see. */
const sides = [
  ['before', 'after'],
  ['reported', 'listed'],
  ['ours', 'theirs'],
] as const;

/**
 * Masks every NIK and No KK in an answer, however deep; the shape stays. Of two numbers that stand
 * beside each other, the digits in which they differ are left, so that the difference can be judged.
 */
export function maskNumbers(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(numbers, maskNumber);
  if (Array.isArray(value)) return value.map(maskNumbers);
  if (typeof value !== 'object' || value === null) return value;
  const masked = Object.entries(value).map(([key, inner]) => [key, maskNumbers(inner)] as const);
  return { ...Object.fromEntries(masked), ...maskSides(value) };
}

function maskSides(value: object): Record<string, string> {
  for (const [left, right] of sides) {
    const [one, other]: unknown[] = [Reflect.get(value, left), Reflect.get(value, right)];
    if (isNumber(one) && isNumber(other))
      return { [left]: maskBeside(one, other), [right]: maskBeside(other, one) };
  }
  return {};
}

function isNumber(value: unknown): value is string {
  return typeof value === 'string' && /^\d{16}$/.test(value);
}

/** `3171 ••4• •••• 0001`: the first and last four, and what differs from `other`. */
function maskBeside(digits: string, other: string): string {
  const shown = [...digits].map((digit, at) => (at < 4 || at > 11 || digit !== other[at] ? digit : '•'));
  // Two quite different numbers: the digits that differ would be the whole of them.
  return shown.filter((sign) => sign === '•').length < 4 ? maskNumber(digits) : groupNumber(shown.join(''));
}
