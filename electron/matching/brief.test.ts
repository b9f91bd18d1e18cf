import { describe, expect, it } from 'vitest';
import { person } from '../../tests/fixtures/memory-source.ts';
import { at, briefOf, flag, readMother, readName } from './brief.ts';
import { normalisePerson } from './normalise.ts';

function written(name: string, motherName: string | null = null, sex: 'L' | 'P' = 'P') {
  const read = normalisePerson(person({ name, sex, motherName }));
  const view = briefOf(read);
  const flags = view.getUint8(at.flags);
  return {
    read,
    names: { name: readName(view, 0), mother: readMother(view, 0) },
    nameOpen: (flags & flag.nameOpen) !== 0,
    motherOpen: (flags & flag.motherOpen) !== 0,
  };
}

describe('the names of a brief', () => {
  it.each([
    ['Siti Aminah', 'Hj. Rukmini'],
    ['ST. NUR HAYATI', 'M. YUNI'],
    ['SRI ST', null],
    ['SITI SITI', 'MOCH MOH'],
    ['ÁNNA', 'Łucja Weiß'],
    ['TJOKRO DJOJO', 'ABDURRAHMAN'],
    ['A', 'Z'],
    ['', 'SITI'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'ABCDEFGHIJKLMNOPQRSTU'],
    ['ABCDEFGHIJ', 'ABCDEFGHIJK'],
    ['BCDEFGHIJK', 'ABCDEFGHIJ'],
    ['AA A AAA', 'A AA A'],
    ['AQ BA', 'ZBCDEFGHIJKL ZBCDEFGHIJKM'],
  ])('are read as they were normalised: %s, %s', (name, motherName) => {
    const { read, names, nameOpen, motherOpen } = written(name, motherName);
    expect(names).toEqual({ name: read.name.tokens, mother: read.mother?.tokens ?? [] });
    expect([nameOpen, motherOpen]).toEqual([false, false]);
  });

  it('are the same of a man whom M. calls Muhammad', () => {
    const { read, names } = written('M. ALI', null, 'L');
    expect(read.name.tokens.map(({ canon }) => canon)).toEqual(['MUHAMMAD', 'ALI']);
    expect(names.name).toEqual(read.name.tokens);
  });

  it('are left open where they do not stand in it whole', () => {
    const long = written('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'ABCDEFGHIJKLMNOPQRSTUV');
    expect([long.nameOpen, long.motherOpen]).toEqual([false, true]);
    expect(long.names.mother).toEqual([]);
    const digits = written('BUDI 2', 'SITI');
    expect([digits.nameOpen, digits.motherOpen]).toEqual([true, false]);
    expect(digits.names.mother.map(({ text }) => text)).toEqual(['SITI']);
    expect(written('NUR HAYATI ALIAS YATI').nameOpen).toBe(true);
    const fathers = written('NUR BINTI ALI', 'SITI BINTI UMAR');
    expect([fathers.nameOpen, fathers.motherOpen]).toEqual([true, true]);
    // What is written of the person tells those of one card apart; of a mother who is open nothing is.
    expect(fathers.names).toEqual({ name: fathers.read.name.tokens, mother: [] });
    for (const name of ['АННА', 'ΑΝΝΑ', '李明', 'ÀNNA李']) expect(written(name).nameOpen).toBe(true);
  });
});
