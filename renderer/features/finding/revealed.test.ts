import { expect, it } from 'vitest';
import { numbersOf } from './revealed.ts';

it('the numbers that were shown are those of the finding as it stood then, and of no other in its place', () => {
  const revealed = { reported: '3171014101800001', listed: '3171014101800010', mark: 'dulu' };
  const { mark: _mark, ...numbers } = revealed;
  expect(numbersOf(revealed, { mark: 'dulu' })).toEqual(numbers);
  expect(numbersOf(revealed, { mark: 'kini' })).toBeNull();
  expect(numbersOf(null, { mark: 'kini' })).toBeNull();
});
