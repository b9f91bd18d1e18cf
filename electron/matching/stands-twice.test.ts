import { describe, expect, it } from 'vitest';
import { daughter, door, father, mother } from '../../tests/fixtures/family-of-three.ts';
import { memorySource } from '../../tests/fixtures/memory-source.ts';
import { matchHousehold } from './match-household.ts';
import { defaultModel } from './model.ts';
import type { MatchInput } from './normalise.ts';
import { doubtsOf, standsTwice } from './stands-twice.ts';

const home: MatchInput = { ...father, kk: '3171019999120002', address: { ...door, rt: 9, rw: 9 } };

/** Who else in the list is the father, who stands in it with his family, and why he may be somebody else. */
function others(also: MatchInput[], reported: MatchInput[] = [father, mother, daughter]) {
  const source = memorySource({ keluarga: [father, mother, daughter], lain: also });
  const members = reported.map((input, index) => ({ id: 'abcdefg'.charAt(index), input, unit: '' }));
  const match = matchHousehold(members, source, { model: defaultModel });
  const link = match.links.find(({ memberId }) => memberId === 'a');
  return {
    linked: link?.candidate.id,
    twice: standsTwice(match, { memberId: 'a', personId: 'keluarga.1' }, defaultModel).map(
      ({ candidate }) => candidate.id,
    ),
    doubts: link === undefined ? null : doubtsOf(match, link, defaultModel),
  };
}

/** The father's number with another last digit. */
const slip = '3171011708800007';

describe('another row of a list', () => {
  it.each([
    ['a slip in the NIK, on another card', { ...home, nik: slip }],
    ['a slip in the NIK, on the same card', { ...father, nik: slip }],
    ['two digits of the NIK swapped', { ...home, nik: '3171017108800001' }],
    ['no NIK', { ...father, nik: null }],
    ['an abbreviated title', { ...father, name: `H. ${father.name}`, nik: slip }],
    ['no birth date', { ...father, nik: slip, birthDate: null }],
  ])('is the same person in spite of %s, and no rival', (_, row) => {
    expect(others([row])).toEqual({ linked: 'keluarga.1', twice: ['lain.1'], doubts: [] });
  });

  it.each<[string, Partial<MatchInput>]>([
    ['a twin', { name: 'SUPARDA HIDAYAT', nik: slip }],
    ['a twin without NIK', { name: 'SUPARDA HIDAYAT', nik: null }],
    ['a brother', { name: 'SUPARDI HADAYAT', nik: '3171012111820004', birthDate: '1982-11-21' }],
    ['the father of the same name', { nik: '3171010303500002', birthDate: '1950-03-03' }],
    ['the father of the same name, of whom no date and no NIK is known', { nik: null, birthDate: null }],
    ['a namesake of the same day with a number of his own', { nik: '3271061708800042' }],
    ['somebody called dead', { name: `${father.name} ALM`, nik: slip }],
    ['a woman', { sex: 'P', nik: slip }],
  ])('is another person: %s', (_, row) => {
    expect(others([{ ...father, ...row }]).twice).toEqual([]);
  });

  it('is nobody’s where it stands for another member, or may', () => {
    const twin = { ...father, name: 'SUPARDI HIDAYAT', nik: slip };
    expect(others([{ ...father, nik: slip }], [father, twin]).twice).toEqual([]);
  });

  it('is another person where the two rows have two numbers, though the member has none', () => {
    const unnumbered = { ...father, nik: null };
    const found = others([{ ...father, nik: '3271061708800042' }], [unnumbered, mother, daughter]);
    expect(found.twice).toEqual([]);
    expect(found.doubts).toContain('runner_up');
  });
});
