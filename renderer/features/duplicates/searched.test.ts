import { describe, expect, it } from 'vitest';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { isSearchable, searchedPart, searchState, wouldReplace } from './searched.ts';

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

  it('asks before it loses what was typed: an address, a KK, a phone, a number, a member that the family lacks', () => {
    const found: DraftHousehold = {
      ...named('Siti Aminah', { nik: '3171011708800001' }),
      address: { ...empty.address, street: 'Jl. Uji No. 3', rt: '3', rw: '7' },
      families: [{ no: 1, kk: '3171010101200001' }],
    };
    const typed = named('siti');
    // What led there, and what the family says too.
    expect(wouldReplace(typed, found)).toBe(false);
    expect(wouldReplace(named('Siti', { nik: '3171011708800001' }), found)).toBe(false);
    expect(wouldReplace({ ...typed, address: { ...empty.address, rt: '003' } }, found)).toBe(false);
    expect(wouldReplace({ ...typed, families: [{ no: 1, kk: '3171010101200001' }] }, found)).toBe(false);
    // What a scanner or a NIK filled in is there again.
    const [member] = named('Siti', { birthDate: '1980-08-17' }).members;
    const filled = { ...typed, members: member === undefined ? [] : [{ ...member, unseen: ['birthDate'] }] };
    expect(wouldReplace(filled, found)).toBe(false);

    expect(wouldReplace({ ...typed, address: { ...empty.address, street: 'Jl. Lain' } }, found)).toBe(true);
    expect(wouldReplace({ ...typed, address: { ...empty.address, rt: '4' } }, found)).toBe(true);
    expect(wouldReplace({ ...typed, address: { ...empty.address, rw: '8' } }, found)).toBe(true);
    expect(wouldReplace({ ...typed, families: [{ no: 1, kk: '3171019999999999' }] }, found)).toBe(true);
    // A phone stays where the family has none.
    const phoned = { ...typed, phone: '0812-1111' };
    expect(wouldReplace(phoned, found)).toBe(false);
    expect(wouldReplace(phoned, { ...found, phone: '0812-1111' })).toBe(false);
    expect(wouldReplace(typed, { ...found, phone: '0812-2222' })).toBe(false);
    expect(wouldReplace(phoned, { ...found, phone: '0812-2222' })).toBe(true);
    expect(wouldReplace(named('Siti', { nik: '3171011708800002' }), found)).toBe(true);
    expect(wouldReplace(named('Siti', { motherName: 'Aminah' }), found)).toBe(true);
    expect(wouldReplace({ ...typed, members: [...typed.members, ...named('Budi').members] }, found)).toBe(
      true,
    );
  });
});

describe('what the search says of families', () => {
  it('is that there are none only once the office has answered', () => {
    const nothing = { data: undefined, error: null };
    expect(searchState(false, nothing)).toBe('notYet');
    expect(searchState(true, nothing)).toBe('searching');
    expect(searchState(true, { ...nothing, error: new Error('gone') })).toBe('failed');
    expect(searchState(true, { data: { families: [] }, error: null })).toBe('answered');
  });
});
