import { describe, expect, it } from 'vitest';
import type { ReferenceHousehold, ReferencePerson, ReferenceSource } from '../../shared/domain/reference.ts';
import { bdtRow, bdtWorkbook, readList } from '../../tests/fixtures/read-list.ts';
import { csv, table } from '../../tests/fixtures/reference-files.ts';
import { compareHouseholds, isUnchanged, officialRanks } from './difference.ts';
import { aged, mergeHousehold, mergePerson, pairPersons } from './merge.ts';

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

const options = {
  baseListId: 'dahulu',
  complete: true,
  elsewhere: () => null,
  isUnread: () => false,
  labelOf: (field: string) => field,
};
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

describe('what a list says of a member alone', () => {
  const changesOf = (before: Partial<ReferencePerson>, now: Partial<ReferencePerson>, years = 0) =>
    compareHouseholds(
      { household: household(), persons: aged([person(before)], years) },
      { household: household({ kk: '3171010101200002' }), persons: [person(now)] },
      options,
    ).persons.flatMap(({ fields }) => fields.map(({ field, before: was, after }) => [field, was, after]));

  it('differs by a card that is not the household’s own, by age and by the family of a roof', () => {
    const [own, ownNow, other] = ['3171010101200001', '3171010101200002', '3171010101200009'];
    expect(changesOf({ kk: own, familyNo: 1 }, { kk: ownNow, familyNo: 1 })).toEqual([]);
    expect(changesOf({ kk: own, familyNo: 1 }, { kk: other, familyNo: 2 })).toEqual([
      ['kk', null, other],
      ['family_no', '1', '2'],
    ]);
    expect(changesOf({ age: 35 }, { age: 53 })).toEqual([['age', '35', '53']]);
  });

  it('is no other age years later, or at the other end of a year', () => {
    expect(changesOf({ age: 35 }, { age: 46 }, 11)).toEqual([]);
    expect(changesOf({ age: 35 }, { age: 45 }, 11)).toEqual([]);
    expect(changesOf({ age: 35 }, { age: null }, 11)).toEqual([]);
    expect(changesOf({ age: 35 }, { age: 35 }, 11)).toEqual([['age', '46', '35']]);
  });
});

describe('who is who', () => {
  /** Somebody whom no NIK and no birth date tells. */
  const unknown = (own: Partial<ReferencePerson>) =>
    person({ name: 'AHMAD', nik: null, sex: 'L', birthDate: null, relation: null, ...own });
  const pairsOf = (base: ReferencePerson[], later: ReferencePerson[]) => {
    const { pairs, added, gone } = pairPersons(base, later);
    const said = ({ age, sex, relation }: ReferencePerson) => [age ?? relation, sex].join(' ');
    return [...pairs.map((pair) => `${said(pair.base)} = ${said(pair.later)}`), added.length, gone.length];
  };

  it('father and son of one name and no birth date are each themselves, in whatever order', () => {
    const [father, son] = [unknown({ age: 60 }), unknown({ age: 30 })];
    const later = [unknown({ age: 31 }), unknown({ age: 61 })];
    expect(pairsOf([father, son], later).toSorted()).toEqual([0, 0, '30 L = 31 L', '60 L = 61 L']);
    expect(pairsOf([father], [unknown({ age: 31 })])).toEqual([1, 1]);
    expect(
      pairsOf([unknown({ relation: '1' }), unknown({ relation: '3' })], [unknown({ relation: '3' })]),
    ).toEqual(['3 L = 3 L', 0, 1]);
  });

  it('sex tells namesakes apart, and may be mended where nobody else is meant', () => {
    const [she, he] = [unknown({ sex: 'P', age: 20 }), unknown({ sex: 'L', age: 21 })];
    expect(pairsOf([she, he], [he, she]).toSorted()).toEqual([0, 0, '20 P = 20 P', '21 L = 21 L']);
    expect(pairsOf([she], [he])).toEqual(['20 P = 21 L', 0, 0]);
  });

  it('whole NIKs with other dates in them are two people, with other serials one', () => {
    const father = unknown({ nik: '3171010101600001', age: 60 });
    expect(pairsOf([father], [unknown({ nik: '3171010202650001', age: 58 })])).toEqual([1, 1]);
    expect(pairsOf([father], [unknown({ nik: '3171014101600002', age: 60 })])).toEqual(['60 L = 60 L', 0, 0]);
    expect(pairsOf([father], [unknown({ nik: '317101020265', age: 60 })])).toEqual(['60 L = 60 L', 0, 0]);
    const dated = (birthDate: string) => unknown({ birthDate });
    expect(pairsOf([dated('1960-01-01')], [dated('1990-01-01')])).toEqual([1, 1]);
    expect(pairsOf([dated('1980-01-01')], [dated('1990-01-01')])).toEqual([' L =  L', 0, 0]);
  });

  it('ages grow with the years between the lists, and who has none keeps none', () => {
    expect(aged([unknown({ age: 35 }), unknown({})], 11).map(({ age }) => age)).toEqual([46, null]);
  });
});

describe('what was emptied on purpose', () => {
  /** A row with these cells as they stand, taken over what an earlier list said. */
  async function emptied(
    source: ReferenceSource,
    row: Record<string, string>,
    earlier: Record<string, string>,
  ) {
    const { households } = await readList(Buffer.from(csv(table([row]))), { source, areaCodes: null });
    const [read] = households;
    const [reader] = read?.persons ?? [];
    if (read === undefined || reader === undefined) throw new Error('The row did not come in.');
    return {
      ofHousehold: mergeHousehold(household({ answers: earlier }), read.household, 'dahulu').answers,
      ofPerson: mergePerson(person({ answers: earlier }), reader).answers,
    };
  }

  it('is empty under the name under which it is kept: kind of PPKS, result of padan, SLS', async () => {
    const asked = { nik: '3171014101800001', nama: 'SITI' };
    const ppks = await emptied('PPKS', { ...asked, jenis_ppks: '[HAPUS]' }, { jenis_ppks: '12', ac: '1' });
    expect(ppks.ofPerson).toEqual({ ac: '1' });
    const padan = await emptied(
      'DUKCAPIL',
      { ...asked, flag_pemadanan: '[HAPUS]', status_nik: '[HAPUS]' },
      { flag_pemadanan: '2', status_nik: 'nonaktif', ac: '1' },
    );
    expect(padan.ofPerson).toMatchObject({ ac: '1' });
    expect(Object.keys(padan.ofPerson)).not.toContain('flag_pemadanan');
    expect(Object.keys(padan.ofPerson)).not.toContain('status_nik');
    const { households } = await readList(await bdtWorkbook(bdtRow({ 'Nama SLS': '[HAPUS]' })));
    const base = household({ answers: { nama_sls: 'RT 003 RW 002', lantai: '6' } });
    const merged = mergeHousehold(base, households[0]?.household ?? base, 'dahulu');
    expect(merged.answers).toEqual({ lantai: '6' });
  });

  it('a NIK that was none goes with a whole one, and with an emptied one; a blank cell keeps it', () => {
    const odd = person({ nik: null, answers: { nik_asal: '31710141018001', ac: '1' } });
    expect(mergePerson(odd, person()).answers).toEqual({ ac: '1' });
    expect(mergePerson(odd, person({ nik: null, cleared: ['nik'] })).answers).toEqual({ ac: '1' });
    expect(mergePerson(odd, person({ nik: null })).answers).toEqual(odd.answers);
    const still = person({ nik: null, answers: { nik_asal: '3171014101800' } });
    expect(mergePerson(odd, still).answers).toEqual({ nik_asal: '3171014101800', ac: '1' });
  });

  it('believes no relation of before where the later list wrote one that cannot be read, and the other way round', () => {
    const misread = person({ relation: '3' });
    const written = person({ relation: null, answers: { hubungan_asal: '3' } });
    expect(mergePerson(misread, written)).toMatchObject({ relation: null, answers: { hubungan_asal: '3' } });
    expect(mergePerson(misread, person({ relation: null })).relation).toBe('3');
    expect(mergePerson(written, misread)).toMatchObject({ relation: '3', answers: {} });
    expect(mergePerson(written, person({ relation: null, cleared: ['relation'] })).answers).toEqual({});
  });

  it('tells people apart whose names are in no Latin letters', () => {
    const [one, other] = [person({ name: '王小明', nik: null }), person({ name: '李四', nik: null })];
    expect(pairPersons([one], [other]).pairs).toEqual([]);
    expect(pairPersons([one], [one]).pairs).toHaveLength(1);
  });
});
