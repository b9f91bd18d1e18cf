import { expect, it } from 'vitest';
import { normaliseAddress } from '../addresses.ts';
import { sameStreet } from '../compare.ts';
import { normaliseName } from '../names.ts';
import { address, field } from './levels.ts';
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
