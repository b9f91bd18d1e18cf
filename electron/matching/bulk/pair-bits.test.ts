import { expect, it } from 'vitest';
import { PairBits } from './pair-bits.ts';

it('keeps the bits of each pair, whichever row stands first', () => {
  const bits = new PairBits();
  const rows = Array.from({ length: 120 }, (_, row) => row);
  for (const one of rows) for (const other of rows) if (other < one) bits.set(one, other, one * 1000 + other);
  bits.set(3, 2, Number.NEGATIVE_INFINITY);
  expect(bits.get(0, 119)).toBe(119_000);
  expect(bits.get(119, 118)).toBe(119_118);
  expect(bits.get(2, 3)).toBe(Number.NEGATIVE_INFINITY);
  expect(bits.get(2, 500)).toBeUndefined();
});
