import { expect, it } from 'vitest';
import { NumberSet } from './number-set.ts';

it('a number is new once, among as many as a set of strings knows', () => {
  const numbers = new NumberSet();
  const strings = new Set<string>();
  for (let at = 0; at < 30_000; at += 1) {
    // Every third came before; they follow one another, as numbers of a household do.
    const digits = String(9_171_010_101_200_000n + BigInt(at - (at % 3 === 2 ? 2 : 0)));
    expect(numbers.add(digits)).toBe(!strings.has(digits));
    strings.add(digits);
  }
});

it('halves are told apart, zeros too', () => {
  const numbers = new NumberSet();
  for (const digits of ['3171010100000000', '0000000031710101', '0000000000000000', '3171010131710101'])
    expect([numbers.add(digits), numbers.add(digits)]).toEqual([true, false]);
});
