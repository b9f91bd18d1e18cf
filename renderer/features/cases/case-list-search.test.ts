import { describe, expect, it } from 'vitest';
import { CaseListSearch, countFilters, toCaseFilter } from './case-list-search.ts';

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

  it('have no room for the name or number of a person', () => {
    expect(toCaseFilter(CaseListSearch.parse({ name: 'Siti', nik: '3171012501900001', rw: 1 }))).toEqual({
      rw: 1,
    });
  });
});
