import { describe, expect, it } from 'vitest';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { isSearchable, searchedPart, wouldReplace } from './searched.ts';

const id = '0198a000-0000-7000-8000-000000000001';
const empty = DraftHousehold.parse({ families: [{ no: 1 }], members: [{ id }] });

function named(name: string, more: Record<string, string> = {}): DraftHousehold {
  return DraftHousehold.parse({ families: [{ no: 1 }], members: [{ id, name, ...more }] });
}

describe('what the hint searches by', () => {
  it('is nothing until a name of three letters, a NIK or a KK stands there', () => {
    expect(isSearchable(empty)).toBe(false);
    expect(isSearchable(named('Si'))).toBe(false);
    expect(isSearchable(named('Siti'))).toBe(true);
    expect(isSearchable(named('', { nik: '3171011708800001' }))).toBe(true);
    expect(isSearchable({ ...empty, families: [{ no: 1, kk: '3171010101200001' }] })).toBe(true);
  });

  it('stays the same when something else is typed', () => {
    const typed = {
      ...named('Siti', { birthPlace: 'Jakarta', nikNote: 'x' }),
      phone: '0812',
      unseen: ['phone'],
    };
    expect(searchedPart(typed)).toEqual(searchedPart(named('Siti')));
    expect(searchedPart(named('Siti', { nik: '1' }))).not.toEqual(searchedPart(named('Siti')));
  });

  it('asks before it replaces more than the name that led there', () => {
    expect(wouldReplace(named('Siti', { nik: '3171011708800001' }))).toBe(false);
    expect(wouldReplace({ ...named('Siti'), address: { ...empty.address, street: 'Jl. Uji' } })).toBe(true);
  });
});
