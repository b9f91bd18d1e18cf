import { describe, expect, it } from 'vitest';
import { madeKelurahan } from '../../tests/fixtures/made-kelurahan.ts';
import { slipName } from '../training/noise.ts';
import { Random } from '../training/random.ts';
import { compareNames, compareTokens } from './compare-names.ts';
import { lettersOf, mayBeLike, mayJoin } from './name-letters.ts';
import { normaliseName } from './names.ts';

const made = madeKelurahan({ households: 120, cases: 60, seed: 29 });
const random = new Random(5);
const written = made.cases.flatMap(({ household }) =>
  household.members.flatMap(({ name }) => [name, slipName(random, name, 1).value ?? '']),
);
const parts = (names: readonly string[]) => {
  const tokens = names.flatMap((name) => normaliseName(name, null).tokens);
  return [...new Map(tokens.map((token) => [`${token.text} ${token.canon}`, token])).values()];
};

describe('the letters of a name part', () => {
  it('never tell apart what the comparison takes for alike, and tell most others apart', () => {
    const tokens = parts([
      ...written,
      'SOELASTRI SULASTRI ACHMAD AHMAD KHOIRUL CHOIRUL SYAHRUL SAHRUL M Y FITRI PITRI',
    ]);
    const missed: string[] = [];
    const counts = { alike: 0, others: 0, apart: 0 };
    for (const one of tokens) {
      for (const other of tokens) {
        const may = mayBeLike(lettersOf(one), lettersOf(other));
        const alike = compareTokens(one, other) !== null;
        counts[alike ? 'alike' : 'others'] += 1;
        if (!may) counts.apart += 1;
        if (alike && !may) missed.push(`${one.text} ${other.text}`);
      }
    }
    expect(missed).toEqual([]);
    expect(counts.alike).toBeGreaterThan(tokens.length);
    expect(counts.apart).toBeGreaterThan(0.7 * counts.others);
  });

  it('see two parts that were written as one', () => {
    const [two, one] = [normaliseName('NUR HAYATI', null), normaliseName('NURHAYATI', null)];
    expect(compareNames(two, one)?.pairs.map(({ level }) => level)).toEqual(['joined']);
    expect(mayBeOne('NUR HAYATI', 'NURHAYATI')).toBe(true);
    expect(mayBeOne('BUDI SANTOSO', 'WATI')).toBe(false);
    expect(mayBeOne('MOCH TOHA', 'MOCHTOHA')).toBe(null);
  });
});

function mayBeOne(two: string, one: string): boolean | null {
  const [first, second, other] = [two, one].flatMap((name) =>
    normaliseName(name, null).tokens.map(lettersOf),
  );
  if (first === undefined || second === undefined || other === undefined)
    throw new Error('A part is missing.');
  return mayJoin(first, second, other);
}
