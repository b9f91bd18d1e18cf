import { expect, it } from 'vitest';
import { normaliseAddress } from '../addresses.ts';
import { normaliseName } from '../names.ts';
import { type Facts, strangers, tableOf } from '../../../tests/fixtures/person-tables.ts';
import { clusterFile, sumOverPairs } from './cluster.ts';
import { PersonTable, SharedWords } from './person-table.ts';

const syllables = ['WAR', 'DI', 'SUN', 'TO', 'RIN', 'KA', 'MUL', 'YO', 'HES', 'PRA', 'LIN', 'GU'];
const part = (seed: number) =>
  [seed % 12, Math.floor(seed / 12) % 12, Math.floor(seed / 144) % 12].map((at) => syllables[at]).join('');
const two = (value: number) => String(value).padStart(2, '0');

it('expects the pairs of a group that no key brings together as well', () => {
  const table = new PersonTable(new SharedWords(0));
  const add = (id: string, name: string, facts: { number?: string; born?: string; kk?: string }) =>
    table.add({
      id,
      name: normaliseName(name, null),
      number: facts.number ?? null,
      household: facts.kk ?? null,
      sex: null,
      birthDate: facts.born ?? null,
      address: normaliseAddress({ street: null, rt: null, rw: null, kelurahan: null }),
      texts: [],
    });
  for (let no = 0; no < 300; no += 1) {
    const [first, second] = [part(no * 5 + 3), part(no * 7 + 1)];
    const number = `31710112${two(1 + (no % 12))}${two(no % 90)}${String(1000 + no)}`;
    const born = `19${two(no % 90)}-${two(1 + (no % 12))}-${two(1 + (no % 28))}`;
    const kk = `3171010101${String(100_000 + no * 7)}`;
    // The first and the last of the three have nothing in common but a part of the name.
    add(`${no}-counter`, `${first} ${second}`, { number });
    add(`${no}-list`, `${first} ${second}`, { number, born, kk });
    add(`${no}-visit`, first, { born, kk });
  }
  const { clusters, report } = clusterFile(table);
  const joined = Array.from({ length: 300 }, (_, no) => new Set(clusters.slice(no * 3, no * 3 + 3)).size);
  expect(joined.filter((groups) => groups === 1).length).toBeGreaterThan(290);
  expect(report.pairs).toBeLessThan(900);
  expect(report.expectedMatches / 900).toBeGreaterThan(0.95);
  expect(report.expectedMatches / 900).toBeLessThan(1.05);
});

it('never makes two valid NIKs one person by way of a third row that is like both', () => {
  const [one] = strangers;
  if (one === undefined) throw new Error('There is nobody.');
  const first = one.name.split(' ')[0] ?? '';
  const bridge: Facts[] = [
    { ...one, id: 'rina', name: `${first} RINAWATI`, nik: '3171014102500001', kk: null },
    { ...one, id: 'between', name: `${first} RINAWATI`, nik: null, kk: null },
    { ...one, id: 'rini', name: `${first} RINIWATI`, nik: '3171014102507642', kk: null },
  ].map((row) => ({ ...row, sex: 'P', born: '1950-02-01' }));
  const again = strangers.slice(1, 200).map((person) => ({ ...person, id: `${person.id}-again` }));
  const table = tableOf([...strangers.slice(1), ...again, ...bridge], new SharedWords(0));
  const { clusters } = clusterFile(table);
  const clusterOf = (id: string) => clusters[table.ids.indexOf(id)];
  expect(clusterOf('between')).toBe(clusterOf('rina'));
  expect(clusterOf('rini')).not.toBe(clusterOf('rina'));
});

it('lets each person of a large group have their turn where some pairs stand for all', () => {
  const left = Array.from({ length: 40 }, (_, person) => person);
  const right = Array.from({ length: 800 }, (_, person) => person);
  const seen = new Set<number>();
  const odd = sumOverPairs(left, right, (one) => {
    seen.add(one);
    return one % 2;
  });
  expect(seen.size).toBe(40);
  expect(odd / (40 * 800)).toBeCloseTo(0.5, 2);
});
