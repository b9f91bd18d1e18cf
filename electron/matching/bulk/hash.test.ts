import { expect, it } from 'vitest';
import { mix } from './hash.ts';

it('keeps two small numbers apart from all others: ids of words, places, columns', () => {
  const mixed = new Set<number>();
  for (let first = -1; first < 200; first += 1)
    for (let second = -1; second < 200; second += 1) mixed.add(mix(first, second));
  expect(mixed.size).toBe(201 * 201);
});
