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

it('compares fathers with fathers, or with a part that is spare, as the engine for one case does', () => {
  const words = new SharedWords(0);
  const [anybody] = strangers;
  if (anybody === undefined) throw new Error('There is nobody.');
  const names = [
    'AHMAD BIN ALI',
    'AHMAD BIN HASAN',
    'AHMAD BIN H. ALI',
    'ALI BIN AHMAD',
    'AHMAD',
    'AHMAD ALI',
    'ALI AHMAD SUKIRNO',
    'NUR BIN HAYATI',
    'NURHAYATI',
    'AHMAD ALIAS MADI BIN ALI',
    'A B C D E F BIN ALI',
  ];
  const columns = tableOf(
    names.map((name) => ({ ...anybody, name })),
    words,
  ).columns();
  const pair = new PairComparer(columns, columns, words);
  const levelsOf = (one: string, other: string) => {
    pair.compare(names.indexOf(one), names.indexOf(other));
    return [token.exact, token.conflict, token.absent].map((level) => pair.name.counts[level]);
  };
  for (const [one, other, expected] of [
    ['AHMAD BIN ALI', 'AHMAD BIN ALI', [2, 0, 0]],
    ['AHMAD BIN ALI', 'AHMAD BIN HASAN', [1, 1, 0]],
    ['AHMAD BIN H. ALI', 'AHMAD BIN HASAN', [1, 1, 0]],
    ['AHMAD BIN H. ALI', 'AHMAD BIN ALI', [2, 0, 0]],
    ['AHMAD BIN ALI', 'ALI BIN AHMAD', [0, 2, 0]],
    ['AHMAD BIN ALI', 'AHMAD', [1, 0, 0]],
    ['AHMAD BIN ALI', 'AHMAD ALI', [2, 0, 0]],
    ['AHMAD BIN HASAN', 'AHMAD ALI', [1, 0, 1]],
    ['AHMAD BIN ALI', 'ALI AHMAD SUKIRNO', [2, 0, 1]],
    ['ALI BIN AHMAD', 'AHMAD', [0, 1, 0]],
    ['NUR BIN HAYATI', 'NURHAYATI', [0, 1, 0]],
    ['AHMAD ALIAS MADI BIN ALI', 'AHMAD BIN ALI', [2, 0, 1]],
    ['A B C D E F BIN ALI', 'AHMAD BIN ALI', [0, 0, 5]],
  ] as const) {
    expect(levelsOf(one, other), `${one}, ${other}`).toEqual(expected);
    expect(levelsOf(other, one), `${other}, ${one}`).toEqual(expected);
  }
});
