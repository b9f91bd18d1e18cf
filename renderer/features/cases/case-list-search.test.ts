import { describe, expect, it } from 'vitest';
import { CaseListSearch, countFilters, isSameFilter, toCaseFilter } from './case-list-search.ts';

describe('the filters in the address', () => {
  it('keep what fits and leave out what does not', () => {
    expect(
      toCaseFilter(CaseListSearch.parse({ states: ['TERDAFTAR'], rw: 7, mode: 'lama', rt: 'x' })),
    ).toEqual({ states: ['TERDAFTAR'], rw: 7 });
    expect(toCaseFilter(CaseListSearch.parse({ states: ['LAMA'] }))).toEqual({});
  });

  it('take an empty list of states for no filter', () => {
    expect(toCaseFilter(CaseListSearch.parse({ states: [] }))).toEqual({});
    expect(countFilters(CaseListSearch.parse({ states: [], mode: 'pasif' }))).toBe(1);
  });

  it('are the same in whatever order they were set', () => {
    const saved = { rw: 7, states: ['DISAHKAN', 'TERDAFTAR'] } as const;
    const set = { states: ['TERDAFTAR', 'DISAHKAN'], rw: 7 } as const;
    expect(isSameFilter({ ...saved, states: [...saved.states] }, { ...set, states: [...set.states] })).toBe(
      true,
    );
    expect(isSameFilter({ rw: 7, states: [] }, { rw: 7 })).toBe(true);
    expect(isSameFilter({ rw: 7 }, { rw: 8 })).toBe(false);
    expect(isSameFilter({ rw: 7 }, { rt: 7 })).toBe(false);
  });

  it('have no room for the name or number of a person', () => {
    expect(toCaseFilter(CaseListSearch.parse({ name: 'Siti', nik: '3171012501900001', rw: 1 }))).toEqual({
      rw: 1,
    });
  });
});
