import { describe, expect, it } from 'vitest';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { compareHouseholds, isUnchanged, officialRanks } from './difference.ts';
import { mergeHousehold, mergePerson } from './merge.ts';

function household(own: Partial<ReferenceHousehold> = {}): ReferenceHousehold {
  return {
    sourceId: '3171010101200001',
    kk: '3171010101200001',
    street: 'Jl. A No. 1',
    rt: 1,
    rw: 2,
    kelurahan: '31.71.01.1001',
    kelurahanName: 'GAMBIR',
    percentile: null,
    desil: 2,
    answers: { sepeda_motor: '1', ac: '0' },
    ...own,
  };
}

function person(own: Partial<ReferencePerson> = {}): ReferencePerson {
  return {
    sourceId: null,
    order: 1,
    name: 'SITI AMINAH',
    nik: '3171014101800001',
    kk: null,
    sex: 'P',
    birthPlace: null,
    birthDate: '1980-01-01',
    age: null,
    relation: '1',
    familyNo: null,
    motherName: null,
    answers: {},
    ...own,
  };
}

const options = { baseListId: 'dahulu', complete: true, labelOf: (field: string) => field };
const child = person({ name: 'BUDI', nik: null, birthDate: '2010-02-02', relation: '3', order: 2 });

function compare(
  later: { household?: Partial<ReferenceHousehold>; persons?: ReferencePerson[] },
  complete = true,
) {
  const persons = [person(), child];
  return compareHouseholds(
    { household: household(), persons },
    { household: household(later.household), persons: later.persons ?? persons },
    { ...options, complete },
  );
}

describe('what differs', () => {
  it('nothing, where only spelling, order or blanks differ', () => {
    const blank = { street: null, rt: null, desil: null, kelurahanName: null, kelurahan: null, answers: {} };
    expect(isUnchanged(compare({ household: blank, persons: [child, person({ sex: null })] }))).toBe(true);
    expect(isUnchanged(compare({ household: { street: 'JL. A  NO. 1', kelurahanName: 'Gambir' } }))).toBe(
      true,
    );
  });

  it('fields, with what they were and what they are', () => {
    const later = { desil: 3, rt: 5, answers: { sepeda_motor: '2' } };
    expect(compare({ household: later }).fields).toEqual([
      { field: 'desil', label: 'Desil', before: '2', after: '3' },
      { field: 'rt', label: 'RT', before: '1', after: '5' },
      { field: 'sepeda_motor', label: 'sepeda_motor', before: '1', after: '2' },
    ]);
  });

  it('an emptied field differs, a blank one does not', () => {
    expect(compare({ household: { street: null, cleared: ['street'] } }).fields).toEqual([
      { field: 'street', label: 'Alamat', before: 'Jl. A No. 1', after: null },
    ]);
  });

  it('people who came, went, and are spelt anew', () => {
    const renamed = person({ name: 'SITI AMINNAH' });
    const baby = person({ name: 'ANI', nik: '3171014101200002', birthDate: '2020-01-01', order: 3 });
    const { persons } = compare({ persons: [renamed, baby] });
    expect(persons.map(({ kind, name, fields }) => [kind, name, fields.map(({ field }) => field)])).toEqual([
      ['berubah', 'SITI AMINNAH', ['name']],
      ['masuk', 'ANI', []],
      ['keluar', 'BUDI', []],
    ]);
  });

  it('nobody goes because a part of a list does not mention them', () => {
    expect(compare({ persons: [person()] }, false).persons).toEqual([]);
  });

  it('a NIK that came later is the same person; another NIK and birth is another', () => {
    const numbered = { ...child, nik: '3171010202100001' };
    expect(compare({ persons: [person(), numbered] }).persons).toMatchObject([
      { kind: 'berubah', fields: [{ field: 'nik', before: null, after: '3171010202100001' }] },
    ]);
    const namesake = person({ nik: '3171014202900009', birthDate: '1990-02-02' });
    expect(compare({ persons: [namesake, child] }).persons.map(({ kind }) => kind)).toEqual([
      'masuk',
      'keluar',
    ]);
  });
});

describe('merging', () => {
  it('keeps what a blank left open, and whose rank it is', () => {
    const merged = mergeHousehold(household(), household({ street: null, desil: null }), 'dahulu');
    expect(merged).toMatchObject({ street: 'Jl. A No. 1', desil: 2, rankListId: 'dahulu' });
    expect(mergeHousehold(merged, household({ desil: null }), 'kemarin').rankListId).toBe('dahulu');
    expect(mergeHousehold(merged, household({ desil: 4 }), 'kemarin')).not.toHaveProperty('rankListId');
    expect(mergeHousehold(household(), household({ desil: null, percentile: 12 }), 'dahulu')).toMatchObject({
      percentile: 12,
      desil: null,
    });
  });

  it('empties what was emptied on purpose', () => {
    const cleared = ['street', 'kelurahan', 'desil', 'ac'];
    const blank = { street: null, kelurahan: null, kelurahanName: null, desil: null, answers: {}, cleared };
    expect(mergeHousehold(household(), household(blank), 'dahulu')).toMatchObject({
      street: null,
      kelurahan: null,
      desil: null,
      answers: { sepeda_motor: '1' },
    });
    expect(mergePerson(person(), person({ nik: null, cleared: ['nik'] })).nik).toBeNull();
    expect(mergePerson(person(), person({ nik: null })).nik).toBe('3171014101800001');
  });
});

describe('an official rank', () => {
  const ranked = (desil: number | null, percentile: number | null) => ({ desil, percentile });
  it.each([
    ['moves by desil where both have it', ranked(2, 14), ranked(3, 25), [2, 3]],
    ['else by persentil where both have that', ranked(2, 14), ranked(null, 25), [14, 25]],
    ['is no move from one scale to the other', ranked(2, null), ranked(null, 14), [null, 14]],
    ['has not moved where the later list is blank', ranked(null, 14), ranked(null, null), [14, 14]],
    ['is new where the earlier one was blank', ranked(null, null), ranked(3, null), [null, 3]],
    ['of a household that is gone is the earlier', ranked(2, 14), null, [2, null]],
    ['of a new household is the later', null, ranked(null, 14), [null, 14]],
  ])('%s', (_, base, later, [before, after]) => {
    expect(officialRanks(base, later)).toEqual({ before, after });
  });
});
