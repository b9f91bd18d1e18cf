import { expect, it } from 'vitest';
import { normaliseAddress } from '../addresses.ts';
import { strangers, tableOf } from '../../../tests/fixtures/person-tables.ts';
import { sameStreet } from '../compare.ts';
import { normaliseName } from '../names.ts';
import { address, field, token } from './levels.ts';
import { PairComparer } from './pair-comparer.ts';
import { PersonTable, SharedWords } from './person-table.ts';

it('tells streets of one name by their numbers, as the engine for one case does', () => {
  const streets = [
    'Gg. Mawar 3',
    'Gg. Mawar III',
    'Gg. Mawar 4',
    'Gg. Mawar',
    'Jl. Kebon Kacang 9',
    'Jl. Kebon Kacng 9',
  ];
  const addresses = streets.map((street) =>
    normaliseAddress({ street, rt: null, rw: null, kelurahan: null }),
  );
  const words = new SharedWords(0);
  const table = new PersonTable(words);
  for (const [nth, one] of addresses.entries())
    table.add({
      id: String(nth),
      name: normaliseName('SITI', null),
      number: null,
      household: null,
      sex: null,
      birthDate: null,
      address: one,
      texts: [],
    });
  const columns = table.columns();
  const pair = new PairComparer(columns, columns, words);
  for (const [left, one] of addresses.entries())
    for (const [right, other] of addresses.entries()) {
      pair.compare(left, right);
      const isSame = pair.levels[field.address] === address.same_street;
      expect(isSame, `${streets[left]}, ${streets[right]}`).toBe(sameStreet(one, other));
    }
});

it('reads two parts written as one before what is only alike', () => {
  const words = new SharedWords(0);
  const [anybody] = strangers;
  if (anybody === undefined) throw new Error('There is nobody.');
  const people = ['CAWISADI SAPTONO', 'CAWISADISAPTONO', 'CAWISADI'].map((name) => ({ ...anybody, name }));
  const columns = tableOf(people, words).columns();
  const pair = new PairComparer(columns, columns, words);
  const countsOf = (left: number, right: number) => {
    pair.compare(left, right);
    return [token.joined, token.alike, token.absent].map((level) => pair.name.counts[level]);
  };
  expect([countsOf(0, 1), countsOf(1, 0), countsOf(1, 2)]).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ]);
});
