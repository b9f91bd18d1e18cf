import { describe, expect, it } from 'vitest';
import { member } from '../../tests/fixtures/members.ts';
import { Instrument } from './instrument.ts';
import { differencesOf } from './visit-differences.ts';
import { emptyVisit, holdingBack, inspectVisit, type VisitEntry, withoutSkipped } from './visit-entry.ts';
import { abandonedFamilies, askedFamilies, withFamiliesAsked, withoutFamily } from './visit-families.ts';

const choice = (id: string) => ({
  id,
  no: id,
  label: id,
  kind: 'choice',
  options: [
    { code: '1', label: 'Ya', value: 'ya' },
    { code: '2', label: 'Tidak', value: 'tidak' },
  ],
});
const instrument = Instrument.parse({
  id: 'uji',
  version: '2',
  title: 'Uji',
  source: 'uji',
  unit: 'keluarga',
  household: [{ no: 'I', title: 'Tempat', questions: [choice('gang')] }],
  family: [
    {
      no: 'III',
      title: 'Rumah',
      questions: [
        choice('sewa'),
        { ...choice('lunas'), when: [{ field: 'sewa', in: ['ya'] }] },
        choice('listrik'),
      ],
    },
  ],
  member: [
    {
      no: 'IV',
      title: 'Anggota',
      questions: [{ ...choice('ada'), presence: { gone: ['tidak'], added: 'ya' } }],
    },
  ],
  rules: [
    {
      id: 'sewa_tanpa_penghuni',
      level: 'peringatan',
      of: 'family',
      field: 'sewa',
      when: [
        { field: 'sewa', in: ['ya'] },
        { field: 'listrik', in: ['tidak'] },
      ],
      message: 'Jarang.',
    },
  ],
});
const siti = member({ id: 'siti', relation: '1', familyNo: 1 });
const budi = member({ id: 'budi', relation: '8', familyNo: 2, familyRelation: '1' });
const cici = member({ id: 'cici', relation: '8', familyNo: 2, familyRelation: '2' });
const members = [siti, budi, cici];
const today = '2026-11-10';
const here = { ada: 'ya' };
const entry: VisitEntry = {
  ...emptyVisit('Rina'),
  result: '1',
  visitedOn: '2026-11-09',
  household: { gang: 'ya' },
  families: { '1': { sewa: 'tidak', listrik: 'ya' }, '2': { sewa: 'ya', lunas: 'ya', listrik: 'ya' } },
  members: { siti: here, budi: here, cici: here },
};
const held = (visit: VisitEntry, people = members) =>
  holdingBack(inspectVisit(visit, instrument, people, today), visit.passes).map(({ field }) => field);

describe('several families under one roof', () => {
  it('answer each for themselves, and a skip in one skips nothing in the other', () => {
    expect(held(entry)).toEqual([]);
    expect(held({ ...entry, families: { '1': { sewa: 'tidak', listrik: 'ya' } } })).toEqual([
      'families.2.sewa',
      'families.2.listrik',
    ]);
    const other = {
      ...entry,
      families: { ...entry.families, '1': { ...entry.families['2'], sewa: 'tidak' } },
    };
    expect(withoutSkipped(other, instrument, members, today).families).toEqual({
      '1': { sewa: 'tidak', listrik: 'ya' },
      '2': { sewa: 'ya', lunas: 'ya', listrik: 'ya' },
    });
  });

  it('are held by a rule in the family that it is about', () => {
    const odd = {
      ...entry,
      families: { ...entry.families, '2': { ...entry.families['2'], listrik: 'tidak' } },
    };
    expect(held(odd)).toEqual(['families.2.sewa']);
    expect(held({ ...odd, passes: { 'families.2.sewa!sewa_tanpa_penghuni': 'Lampu minyak' } })).toEqual([]);
  });

  it('differ from what was printed of each', () => {
    const printed = {
      household: {},
      families: { '1': { sewa: 'tidak' }, '2': { sewa: 'tidak', listrik: 'ya' } },
      members: {},
    };
    expect(
      differencesOf(entry, instrument, members, printed, today).map(({ field, person }) => [field, person]),
    ).toEqual([['families.2.sewa', 'Keluarga 2']]);
  });

  it('are asked by who the visit found: one added later too, in the order of their numbers', () => {
    const dodi = member({ id: 'dodi', relation: '8', familyNo: 3, familyRelation: '1' });
    expect(
      askedFamilies(instrument, [dodi, ...members], entry).map(({ no, head }) => [no, head?.id]),
    ).toEqual([
      [1, 'siti'],
      [2, 'budi'],
      [3, 'dodi'],
    ]);
    expect(held(entry, [...members, dodi])).toContain('families.3.sewa');
  });

  it('keep their answers where a member moves from one to the other', () => {
    const moved = [siti, budi, { ...cici, familyNo: 1 }];
    expect(held(entry, moved)).toEqual([]);
    expect(withoutSkipped(entry, instrument, moved, today).families).toEqual(entry.families);
  });

  it.each([
    ['all moved to the other', [siti, { ...budi, familyNo: 1 }, { ...cici, familyNo: 1 }], entry],
    [
      'nobody was found of it',
      members,
      { ...entry, members: { siti: here, budi: { ada: 'tidak' }, cici: { ada: 'tidak' } } },
    ],
  ])('lose no answer silently where %s', (_, people, visit) => {
    expect(abandonedFamilies(instrument, people, visit)).toEqual([2]);
    expect(held(visit, people)).toEqual(['families.2']);
    const saved = withoutSkipped(visit, instrument, people, today);
    expect(saved.families['2']).toEqual(entry.families['2']);
    expect(held(withoutFamily(saved, 2), people)).toEqual([]);
    expect(held(saved, members)).toEqual(people === members ? ['families.2'] : []);
  });

  it('are all asked where nobody was found at all, so that nothing typed disappears', () => {
    const nobody = {
      ...entry,
      members: { siti: { ada: 'tidak' }, budi: { ada: 'tidak' }, cici: { ada: 'tidak' } },
    };
    expect(askedFamilies(instrument, members, nobody).map(({ no }) => no)).toEqual([1, 2]);
  });

  it('take over what the version before asked of the roof: it was said by the head', () => {
    const roof = {
      ...entry,
      household: { gang: 'ya', sewa: 'ya', listrik: 'ya' },
      families: { '2': { sewa: 'tidak' } },
    };
    expect(withFamiliesAsked(roof, instrument, 2)).toMatchObject({
      household: { gang: 'ya' },
      families: { '2': { sewa: 'tidak', listrik: 'ya' } },
    });
    expect(withFamiliesAsked(entry, instrument, 1)).toBe(entry);
  });
});
