import { expect, it } from 'vitest';
import { PatternTable } from './pattern-table.ts';

it('gives each distinct pattern one number, however many there are', () => {
  const table = new PatternTable(3);
  const patternOf = (value: number) => Uint8Array.of(value & 255, value >> 8, 1);
  const values = Array.from({ length: 10_000 }, (_, value) => value);
  const take = () => values.map((value) => table.take(patternOf(value)));
  expect(take()).toEqual(values);
  expect(take()).toEqual(values);
  expect(table.size).toBe(10_000);
  expect([...table.at(777)]).toEqual([...patternOf(777)]);
});
