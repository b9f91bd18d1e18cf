import { expect, it } from 'vitest';
import { normaliseAddress } from '../addresses.ts';
import { normaliseName } from '../names.ts';
import { Households } from './households.ts';
import { PersonTable, SharedWords } from './person-table.ts';

interface Door {
  street: string;
  kelurahan: string | null;
  kk?: string;
}

/** The households of a file in which the first text column names the kelurahan. */
function householdsOf(doors: readonly Door[]): Households {
  const words = new SharedWords(1, 0);
  const table = new PersonTable(words);
  for (const [index, { street, kelurahan, kk = null }] of doors.entries())
    table.add({
      id: String(index),
      name: normaliseName(`ORANG ${index}`, null),
      number: null,
      household: kk,
      sex: null,
      birthDate: null,
      address: normaliseAddress({ street, rt: 1, rw: 2, kelurahan: null }),
      texts: [kelurahan],
    });
  return new Households(table.columns(), words.placeColumn);
}

const melati = { street: 'Jl. Melati No. 3', kelurahan: 'GAMBIR' };
const crowd = (size: number, door: Door) => Array.from({ length: size }, () => door);

it('takes one door for one household within a kelurahan only', () => {
  const households = householdsOf([melati, { ...melati, kelurahan: 'CIDENG' }, melati]);
  expect(households.membersOf(households.groupOf(0))).toEqual([0, 2]);
  expect(households.membersOf(households.groupOf(1))).toEqual([1]);
});

it('takes nobody for a household where more live than in any', () => {
  const whole = householdsOf(crowd(20, melati));
  expect(whole.membersOf(whole.groupOf(0))).toHaveLength(20);
  const flats = householdsOf([...crowd(21, melati), { ...melati, kk: '1' }, { ...melati, kk: '1' }]);
  expect(flats.membersOf(flats.groupOf(0))).toEqual([0]);
  expect(flats.membersOf(flats.groupOf(21))).toEqual([21, 22]);
  const filler = householdsOf(crowd(21, { street: 'Jl. Mawar', kelurahan: null, kk: '9' }));
  expect(filler.membersOf(filler.groupOf(20))).toEqual([20]);
});
