import { describe, expect, it } from 'vitest';
import { type Household, LaidLists } from '../../tests/fixtures/laid-lists.ts';
import type { ReferencePerson } from '../../shared/domain/reference.ts';

const laid = new LaidLists();
const accept = laid.accept.bind(laid);
const clear = laid.clear.bind(laid);

describe('somebody who stands alone, called by their NIK', () => {
  const budi = { name: 'BUDI', birthDate: '1985-02-02', motherName: 'SITI' };
  const [nik, corrected, other] = ['3171010202850002', '3171010202850003', '3171040202850918'];

  it.each<[string, Household, Household, nik: string]>([
    ['a NIK that is added', ['orang BUDI', { ...budi, nik: null }], [nik, { ...budi, nik }], nik],
    ['one that is left blank', [nik, { ...budi, nik }], ['orang BUDI', { ...budi, nik: null }], nik],
    ['one that is corrected', [nik, { ...budi, nik }], [corrected, { ...budi, nik: corrected }], corrected],
    ['a name that is respelt', ['orang BUDI', budi], ['orang BUDY', { ...budi, name: 'BUDY', nik }], nik],
    [
      'a birth date that stands in the NIK alone',
      [nik, { ...budi, nik, birthDate: null }],
      ['orang BUDI', budi],
      nik,
    ],
  ])('is the same with %s', (_, before, now, expected) => {
    const { motherName, ...said } = budi;
    const later: Household = [now[0], { ...(now[1] as Partial<ReferencePerson>), motherName: null }];
    for (const complete of [true, false]) {
      const { persons, rows } = accept([before], [later], { complete });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatch(/^(sama|berubah), /);
      const name = (later[1] as typeof said).name;
      expect(persons).toMatchObject([{ ...said, name, nik: expected, motherName }]);
      clear();
    }
  });

  it.each<[string, Household[], Household[], Record<string, { kelurahan: string }>?]>([
    ['the NIK is another one', [[nik, { ...budi, nik }]], [[other, { ...budi, nik: other }]]],
    ['the sex is another one', [['1', { ...budi, sex: 'L' }]], [['2', { ...budi, sex: 'P' }]]],
    ['the birth date is another one', [['1', budi]], [['2', { ...budi, birthDate: '1985-02-03' }]]],
    [
      'the birth century is',
      [['1', { ...budi, birthDate: '1925-02-02' }]],
      [['2', { ...budi, birthDate: '2025-02-02' }]],
    ],
    [
      'two could be meant',
      [['1', budi]],
      [
        ['2', budi],
        ['3', budi],
      ],
    ],
    [
      'two were meant',
      [
        ['1', budi],
        ['2', budi],
      ],
      [['3', budi]],
    ],
    [
      'a round birth date stands in another kelurahan',
      [['1', { ...budi, birthDate: '1985-01-01' }]],
      [['2', { ...budi, birthDate: '1985-01-01' }]],
      { 2: { kelurahan: '31.71.01.1002' } },
    ],
  ])('is somebody else where %s', (_, before, now, places = {}) => {
    const { rows } = accept(before, now, { complete: true, places });
    expect(rows.filter((row) => row.startsWith('baru'))).toHaveLength(now.length);
    expect(rows.filter((row) => row.startsWith('hilang'))).toHaveLength(before.length);
  });

  it('is sought in their own kelurahan first, and in another where one alone is meant', () => {
    const { rows } = accept(
      [['1', budi]],
      [
        ['2', budi],
        ['3', { ...budi, motherName: 'TUTI' }],
      ],
      {
        complete: true,
        places: { 2: { kelurahan: '31.71.01.1002' } },
      },
    );
    expect(rows.toSorted()).toEqual(['baru, BUDI', 'berubah, BUDI, BUDI berubah']);
    clear();
    const moved = accept([['1', budi]], [['2', budi]], {
      complete: true,
      places: { 2: { kelurahan: '31.71.01.1002' } },
    });
    expect(moved.rows).toEqual(['berubah, BUDI']);
  });
});
