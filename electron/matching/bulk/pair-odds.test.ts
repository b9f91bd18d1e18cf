import { expect, it } from 'vitest';
import { strangers, tableOf } from '../../../tests/fixtures/person-tables.ts';
import { Random } from '../../training/random.ts';
import { normaliseAddress } from '../addresses.ts';
import { normaliseName } from '../names.ts';
import { clusterLimits } from './cluster.ts';
import { PairComparer } from './pair-comparer.ts';
import { PairOdds } from './pair-odds.ts';
import { bulkSettings, shippedParameters } from './parameters.ts';
import { PersonTable, SharedWords } from './person-table.ts';
import { findTextParents } from './text-parents.ts';

const names = [
  'SITI NURHAYATI',
  'SITI NUR HAYATI',
  'NURHAYATI SITTI',
  'MUH ALI',
  'MOCH ALI AKBAR',
  'M ALI',
  'ABDURRAHMAN',
  'ABDUL RAHMAN SALEH',
  'DEWI SARTIKA PUTRI LESTARI',
  'DWI SARTIKA',
  'MUHAMMAD ALI',
  'SARTIKAPUTRI DEWI',
  'A',
  '',
];

it('never says that a pair cannot reach what it comes to', () => {
  const random = new Random(3);
  const words = new SharedWords(1, 0);
  const table = new PersonTable(words);
  // Half are near each other, half bear values of their own.
  const like = (digits: string) =>
    random.chance(0.5) ? digits : digits.replaceAll(/(?<=.)\d/g, () => String(random.int(0, 9)));
  const maybe = <Value>(value: Value): Value | null => (random.chance(0.8) ? value : null);
  for (let row = 0; row < 160; row += 1)
    table.add({
      id: String(row),
      name: normaliseName(random.pick(names), null),
      number: maybe(
        `31710101018${random.int(0, 3)}00${random.int(10, 13)}`.replace('0101018', like('0101018')),
      ),
      household: maybe(`317101${like('01012000')}${random.int(10, 12)}`),
      sex: maybe(random.pick(['L', 'P'] as const)),
      birthDate: maybe(`${like('198')}${random.int(0, 3)}-01-0${random.int(1, 9)}`),
      address: normaliseAddress({
        street: maybe(`JL ${random.pick(['MAWAR', 'MELATI'])} NO ${random.int(1, 3)}`),
        rt: random.int(1, 3),
        rw: 1,
        kelurahan: null,
      }),
      texts: [maybe(random.pick(['GAMBIR', 'CIDENG']))],
    });
  const columns = table.columns();
  const parents = findTextParents([columns]);
  const odds = new PairOdds(shippedParameters(parents), parents, words, 0.2);
  const prior = { persons: 1_000_000, expected: 0.2, relatives: 3 };
  const ceiling = odds.ceiling(prior, columns, columns);
  const comparer = new PairComparer(columns, columns, words);
  let told = 0;
  let toldByNames = 0;
  for (let one = 0; one < columns.size; one += 1)
    for (let other = 0; other < columns.size; other += 1) {
      comparer.compare(one, other);
      const bits = odds.bits(comparer, prior);
      expect(odds.mayReach(bits, comparer, ceiling)).toBe(true);
      expect(odds.mayReachWithNames(bits, comparer, ceiling)).toBe(true);
      if (!odds.mayReach(clusterLimits.compareFrom, comparer, ceiling)) told += 1;
      else if (!odds.mayReachWithNames(clusterLimits.compareFrom, comparer, ceiling)) toldByNames += 1;
    }
  // And it tells strangers apart, or it would be for nothing.
  expect(told / columns.size ** 2).toBeGreaterThan(0.2);
  expect(toldByNames / columns.size ** 2).toBeGreaterThan(0.2);
});

it('takes two of a household for quite unlike in their whole name unless a part has another letter', () => {
  const words = new SharedWords(0);
  const [anybody] = strangers;
  if (anybody === undefined) throw new Error('There is nobody.');
  const people = ['RISKA', 'RISMA', 'RISKA', 'RISAK'].map((name, at) => ({
    ...anybody,
    id: String(at),
    name,
  }));
  const columns = tableOf(people, words).columns();
  const odds = new PairOdds(shippedParameters([]), [], words, 0.2);
  const comparer = new PairComparer(columns, columns, words);
  const nameOnly = (other: number) => {
    comparer.compare(0, other);
    comparer.levels.fill(0);
    return odds.logH(comparer);
  };
  const { tokens, wholeNameInHousehold } = bulkSettings;
  expect(nameOnly(1)).toBeCloseTo(Math.log2(tokens['similar']?.h ?? 0));
  expect(nameOnly(3)).toBeCloseTo(Math.log2((tokens['similar']?.h ?? 0) * wholeNameInHousehold));
  expect(nameOnly(2)).toBeCloseTo(Math.log2((tokens['exact']?.h ?? 0) * wholeNameInHousehold));
});
