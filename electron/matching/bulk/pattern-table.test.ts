import { expect, it } from 'vitest';
import { PatternTable } from './pattern-table.ts';

it('gives each distinct pattern one number, however many there are', () => {
  const table = new PatternTable(3);
  const patternOf = (value: number) => Uint8Array.of(value & 255, value >> 8, 1);
  for (let round = 0; round < 2; round += 1)
    for (let value = 0; value < 10_000; value += 1) expect(table.take(patternOf(value))).toBe(value);
  expect(table.size).toBe(10_000);
  expect([...table.at(777)]).toEqual([...patternOf(777)]);
});
