import { describe, expect, it } from 'vitest';
import { daughter, father, kk, mother } from '../../tests/fixtures/family-of-three.ts';
import { memorySource } from '../../tests/fixtures/memory-source.ts';
import type { Doubt } from './decide.ts';
import { matchHousehold } from './match-household.ts';
import { defaultModel } from './model.ts';
import type { MatchInput } from './normalise.ts';
import { whatWouldChange } from './what-if.ts';

/** The child is reported without a number, as children are. */
const child = { ...daughter, nik: null };

/** What becomes of a child whose family is reported, beside what a list has. */
function linkOf(reported: MatchInput, listed: MatchInput, family: readonly MatchInput[] = [father, mother]) {
  const members = [reported, ...family].map((input, index) => ({
    id: index === 0 ? 'child' : `other${index}`,
    input,
    unit: '',
  }));
  const source = memorySource({ keluarga: [...family, listed] });
  const link = matchHousehold(members, source, { model: defaultModel }).links.find(
    ({ memberId }) => memberId === 'child',
  );
  return { link, source };
}

function doubtsOf(...asked: Parameters<typeof linkOf>): readonly Doubt[] {
  const { link } = linkOf(...asked);
  if (link === undefined) throw new Error('Nobody was found.');
  expect(link.decision.outcome).toBe(link.decision.doubts.length === 0 ? 'auto' : 'review');
  return link.decision.doubts;
}

const nearNames = [
  ['DINA', 'DIAN'],
  ['ALYA', 'AYLA'],
  ['RAFA', 'RAVA'],
  ['RISKA', 'RISMA'],
  ['ZAHRA', 'SAHRA'],
  ['JULI', 'YULI'],
  ['YULI', 'YULIA'],
  ['RAISA', 'RISA'],
  ['DINA', 'DIANA'],
  ['ALYA', 'ALYSA'],
  ['MARLINA', 'MARLIAN'],
  ['YULIANI', 'YULIANTI'],
] as const;
const rest = { common: 'PUTRI', rare: 'KUSUMADEWANTI' } as const;
const twins = nearNames.flatMap(([one, other]) => [
  [one, other],
  [`${one} ${rest.common}`, `${other} ${rest.common}`],
  [`${one} ${rest.rare}`, `${other} ${rest.rare}`],
]);

describe('twins of near names of whom each side has another one', () => {
  it.each(twins)('%s is not taken for %s with whom it has card, day and parents in common', (one, other) => {
    for (const [reported, listed] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(doubtsOf({ ...child, name: reported }, { ...child, name: listed })).toContain('twin');
      expect(doubtsOf({ ...child, name: reported }, { ...daughter, name: listed })).toContain('twin');
      expect(doubtsOf({ ...child, name: reported }, { ...child, name: listed }, [])).toContain('twin');
    }
  });

  it.each(twins)('%s is not taken for %s of one mother, on a card of her own', (one, other) => {
    const born = { ...child, motherName: 'NENENG ROHMAH' };
    const married = {
      ...born,
      kk: '3171010101990009',
      address: { ...child.address, street: null, rt: 9, rw: 1 },
    };
    expect(doubtsOf({ ...married, name: one }, { ...born, name: other }, [])).toContain('twin');
    expect(doubtsOf({ ...born, name: other }, { ...married, name: one }, [])).toContain('twin');
  });

  it.each(twins)('%s is asked about beside %s where one of them has an age alone', (one, other) => {
    const aged = { ...child, birthDate: null, age: 5, ageOn: '2015-10-01' };
    expect(doubtsOf({ ...child, name: one }, { ...aged, name: other })).toContain('sibling');
  });

  it('are told apart by the number: of the very one, the name is only misspelt', () => {
    const named = { ...daughter, name: 'RISKA KUSUMADEWANTI' };
    expect(doubtsOf({ ...named, name: 'RISMA KUSUMADEWANTI' }, named)).toEqual([]);
  });

  it('are settled by one look at the number, which the question says', () => {
    const named = { ...daughter, name: 'RISKA KUSUMADEWANTI' };
    const { link, source } = linkOf({ ...named, nik: null, name: 'RISMA KUSUMADEWANTI' }, named);
    if (link === undefined) throw new Error('Nobody was found.');
    const { frequency, population } = source;
    const found = whatWouldChange(link, { model: defaultModel, frequency, population });
    expect(found).toContainEqual({ field: 'nik', were: 'equal', outcome: 'auto' });
  });

  it('are still feared where the other one is known, whatever the number', () => {
    const named = { ...daughter, name: 'RISKA KUSUMADEWANTI' };
    const twin = { ...child, name: 'RISMA KUSUMADEWANTI', kk };
    expect(doubtsOf({ ...named, name: 'RISKAA KUSUMADEWANTI' }, named, [father, mother, twin])).toContain(
      'twin',
    );
  });
});

describe('a single child without a number is surely the one of the card, born that day', () => {
  it.each([
    ['a double letter', 'ANNISA PUTRI', 'ANISA PUTRI'],
    ['a double letter in the only part', 'ANNISA', 'ANISA'],
    ['OE for U', 'SOEKARTI', 'SUKARTI'],
    ['J for Y', 'RAHAJU LESTARI', 'RAHAYU LESTARI'],
    ['an abbreviation', 'MOCH. RIZKI', 'MUHAMMAD RIZKI'],
    ['another spelling of Muhammad', 'MUHAMAD RIZKI', 'MOHAMMAD RIZKI'],
    ['a blank lost', 'SHERLYSAFITRI', 'SHERLY SAFITRI'],
    ['an H lost', 'NUR ASIYA', 'NUR ASIYAH'],
    ['KH for H', 'KHALIMAH', 'HALIMAH'],
    ['P for F', 'PITRIANI', 'FITRIANI'],
    ['AE for AI', 'JULAEHA', 'JULAIHA'],
    ['Q for K', 'RIZQI', 'RIZKI'],
    ['IY for I', 'SUPRIYATI', 'SUPRIATI'],
    ['letters exchanged as nobody says them', 'BMABANG', 'BAMBANG'],
    ['a letter lost without which nobody says it', 'SUPRMAN', 'SUPARMAN'],
    ['letters exchanged within a long part', 'RAHAMWATI', 'RAHMAWATI'],
  ])('with %s', (_, one, other) => {
    expect(doubtsOf({ ...child, name: one }, { ...child, name: other })).toEqual([]);
    expect(doubtsOf({ ...child, name: other }, { ...child, name: one })).toEqual([]);
  });
});
