import { expect, it } from 'vitest';
import { Decided } from './decided.ts';

const same = (left: number, right: number) => ({ left, right, same: true });
const different = (left: number, right: number) => ({ left, right, same: false });

it('joins and parts what was said, and leaves nobody else a row that was taken', () => {
  const decided = new Decided([same(1, 10), different(2, 20)]);
  expect(decided.sameAs(1)).toBe(10);
  expect(decided.areApart(1, 10)).toBe(false);
  expect(decided.areApart(1, 11)).toBe(true);
  expect(decided.areApart(3, 10)).toBe(true);
  expect(decided.areApart(2, 20)).toBe(true);
  expect(decided.areApart(2, 21)).toBe(false);
});

it('lets the later of two words on one pair stand', () => {
  expect(new Decided([same(1, 10), different(1, 10)]).sameAs(1)).toBeUndefined();
  expect(new Decided([different(1, 10), same(1, 10)]).areApart(1, 10)).toBe(false);
});

it('gives a row free when its taker turns out to be somebody else', () => {
  const decided = new Decided([same(1, 10), same(1, 11)]);
  expect(decided.sameAs(1)).toBe(11);
  expect(decided.areApart(2, 10)).toBe(false);
});

it('gives one row to one taker only, the last', () => {
  const decided = new Decided([same(1, 10), same(2, 10)]);
  expect([decided.sameAs(1), decided.sameAs(2)]).toEqual([undefined, 10]);
  // What is said of the one who lost it takes nothing from the one who has it.
  const after = new Decided([same(1, 10), same(2, 10), different(1, 10)]);
  expect(after.sameAs(2)).toBe(10);
  expect(after.areApart(3, 10)).toBe(true);
});
