import { expect, it } from 'vitest';
import { Random } from '../../training/random.ts';
import { BlockTable } from './block-table.ts';

it('finds those who bear a key, in their order, whatever its bits are', () => {
  const random = new Random(5);
  const persons = 700;
  const shared = [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 0x40000000, random.int(-(2 ** 31), 2 ** 31 - 1)];
  const keysOf = Array.from({ length: persons }, (_, person) => [
    random.int(-(2 ** 31), 2 ** 31 - 1),
    random.pick(shared),
    // Neighbours in one bucket: only the lowest bits tell them apart.
    (person % 50) + 0x12345600,
    ...(person % 3 === 0 ? [77] : []),
  ]);
  const table = new BlockTable(persons, (visit) => {
    for (const [person, keys] of keysOf.entries()) for (const key of keys) visit(key, person);
  });
  const blockOf = (key: number) => {
    const size = table.look(key);
    return Array.from({ length: size }, (_, at) => table.personAt(table.from + at));
  };
  const wanted = new Map<number, number[]>();
  for (const [person, keys] of keysOf.entries())
    for (const key of keys) wanted.set(key, [...(wanted.get(key) ?? []), person]);
  for (const [key, bearers] of wanted) expect([key, blockOf(key)]).toEqual([key, bearers]);
  expect([blockOf(78), blockOf(0x123455ff), blockOf(-2)]).toEqual([[], [], []]);
  const large = new Map<number, number>();
  table.eachBlockOver(60, (key, from, to) => large.set(key, to - from));
  expect(large).toEqual(
    new Map([...wanted].flatMap(([key, all]) => (all.length > 60 ? [[key, all.length]] : []))),
  );
});
