import { describe, expect, it } from 'vitest';
import { madeKelurahan } from '../../tests/fixtures/made-kelurahan.ts';
import { compareMotherNames } from './compare.ts';
import { compareTokens, isOneSlip } from './compare-names.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { MotherBeside } from './name-beside.ts';
import { normaliseName } from './names.ts';

const made = madeKelurahan({ households: 60, cases: 15, seed: 23 });
const written = made.reference.flatMap(({ households }) =>
  households.flatMap(({ persons }) => persons.flatMap(({ name, motherName }) => [name, motherName ?? ''])),
);
const odd = [
  'NUR HAYATI',
  'NURHAYATI',
  'ST. AMINAH',
  'SITI SITI',
  'S. AMINAH',
  'A B C D E F G',
  'DJOEARIAH',
  'JUARIYAH',
];
const names = [...new Set([...written, ...odd])]
  .slice(0, 200)
  .concat(odd)
  .map((name) => normaliseName(name, 'P'));

describe('a mother beside those of strangers', () => {
  it('is as like each as the comparison says', () => {
    const levels = new Set<string>();
    const wrong: unknown[] = [];
    for (const own of names) {
      const beside = new MotherBeside(own);
      for (const other of names) {
        if (other.tokens.length === 0 || other.alias.length > 0 || other.patronymic.length > 0) continue;
        const level = compareMotherNames(own, other);
        if (beside.levelOf(other.tokens) !== level) wrong.push([own.tokens, other.tokens]);
        levels.add(level);
      }
    }
    expect(wrong).toEqual([]);
    expect([...levels].sort()).toEqual(['different', 'equal', 'missing', 'similar']);
  });
});

describe('parts of names', () => {
  it('are told from their letters to be unlike only where they are', () => {
    const base = [...new Set(names.flatMap(({ tokens }) => tokens.map(({ text }) => text)))].slice(0, 120);
    const slips = base.flatMap((text) => [
      text,
      text.slice(1),
      `${text.slice(0, 3)}X${text.slice(3)}`,
      `${text.slice(0, -2)}${text.at(-1)}${text.at(-2)}`,
      text.replace('A', 'O'),
    ]);
    const tokens = [...new Set(slips)]
      .filter((text) => text !== '')
      .flatMap((text) => normaliseName(text, 'P').tokens);
    let alike = 0;
    const missed: string[] = [];
    for (const one of tokens)
      for (const other of tokens) {
        const long = one.loose.length > 2 && other.loose.length > 2;
        const isAlike =
          (long && jaroWinkler(one.loose, other.loose) >= 0.92) ||
          isOneSlip(one.text, other.text) ||
          isOneSlip(one.key, other.key);
        if (!isAlike) continue;
        alike += 1;
        if (compareTokens(one, other) === null) missed.push(`${one.text} ${other.text}`);
      }
    expect(missed).toEqual([]);
    expect(alike).toBeGreaterThan(1000);
  });
});
