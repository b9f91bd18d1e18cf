import { describe, expect, it } from 'vitest';
import { type IdentityFacts, identityKeys, isSamePerson, soundAlike } from './identity.ts';

const listed: IdentityFacts = {
  memberId: null,
  name: 'MUHAMMAD YUSUF',
  nik: '3171011708800001',
  sex: 'L',
  birthDate: '1980-08-17',
  list: { source: 'DTKS', listId: 'q1', personId: 'D-1', householdId: '3171010101100002' },
};
/** As a list without ids of persons says it. */
const inHousehold = { source: 'DTKS', listId: 'q1', personId: null, householdId: '3171010101100002' };
const born = (facts: Partial<IdentityFacts>) => isSamePerson(listed, { ...listed, ...facts });

describe('a person known again', () => {
  it('is the same where the next snapshot has another spelling, fills in or corrects a field', () => {
    expect(born({ name: 'Moch. Yusup' })).toBe(true);
    expect(born({ nik: null })).toBe(true);
    expect(born({ nik: '3171011708800009' })).toBe(true);
    expect(born({ birthDate: '1980-08-18' })).toBe(true);
    expect(born({ list: { source: 'DTSEN', listId: 'q1', personId: null, householdId: null } })).toBe(true);
  });

  it('is another where only one fact was handed on', () => {
    const other = { name: 'BUDI SANTOSO', birthDate: '1990-01-02' };
    expect(born({ ...other, list: null })).toBe(false);
    expect(born({ ...other, nik: '3171010201900003' })).toBe(false);
    expect(born({ ...other, nik: '3171010201900003', list: null })).toBe(false);
  });

  it('is known again by a row in its own list alone: the next gives it to somebody else', () => {
    const inRow = (facts: Partial<IdentityFacts['list']>) => ({
      ...listed,
      nik: null,
      birthDate: null,
      list: { source: 'DTSEN', listId: 'q1', personId: null, householdId: 'baris 2', ...facts },
    });
    expect(isSamePerson(inRow({}), inRow({}))).toBe(true);
    expect(isSamePerson(inRow({}), { ...inRow({}), name: 'BUDI SANTOSO' })).toBe(false);
    expect(isSamePerson(inRow({}), inRow({ householdId: 'baris 3' }))).toBe(false);
    expect(isSamePerson(inRow({}), inRow({ listId: 'q2' }))).toBe(false);
    expect(isSamePerson(inRow({ listId: null }), inRow({ listId: null }))).toBe(false);
    expect(isSamePerson(inRow({ householdId: 'R-2' }), inRow({ householdId: 'R-2', listId: 'q2' }))).toBe(
      true,
    );
  });

  it('is another where name and date are equal by chance and both NIKs are whole', () => {
    expect(born({ nik: '3172051708800044', list: null })).toBe(false);
    expect(born({ nik: null, list: null })).toBe(true);
  });

  it('is another in one household too, where father and son have one name', () => {
    const father = { ...listed, list: inHousehold };
    const of = (facts: Partial<IdentityFacts>) => isSamePerson(father, { ...father, ...facts });
    const son = { nik: '3171010203050001', birthDate: '2005-03-02' };
    expect(of(son)).toBe(false);
    expect(of({ ...son, birthDate: null })).toBe(false);
    expect(of({ nik: '3171011708800009', birthDate: '1985-03-02' })).toBe(false);
    expect(of({ nik: null, birthDate: '2005-03-02' })).toBe(false);
    const inRow = { source: 'DTSEN', listId: 'q1', personId: null, householdId: 'baris 2' };
    expect(isSamePerson({ ...father, list: inRow }, { ...father, ...son, list: inRow })).toBe(false);
  });

  it('is the same in one household where only a slip was mended', () => {
    const slip = { ...listed, list: inHousehold };
    const mended = (facts: Partial<IdentityFacts>) => isSamePerson(slip, { ...slip, ...facts });
    expect(mended({ nik: '3171011708800009' })).toBe(true);
    expect(mended({ nik: '3171011708800009', birthDate: null })).toBe(true);
    expect(mended({ nik: '3171011808800001' })).toBe(true);
    expect(mended({ nik: '3171015708800001' })).toBe(true);
    expect(mended({ nik: '3171011808800001', birthDate: null })).toBe(false);
    expect(mended({ nik: null, birthDate: '1981-08-17' })).toBe(true);
    expect(mended({ nik: null, birthDate: null })).toBe(true);
  });

  it('is the same member whatever is corrected, with nothing else known of them too', () => {
    const member = { ...listed, memberId: 'm', nik: null, birthDate: null, list: null };
    expect(isSamePerson(member, { ...member, name: 'Yusup', nik: listed.nik, birthDate: '1980-08-17' })).toBe(
      true,
    );
    expect(isSamePerson({ ...member, nik: '3172051708800044' }, { ...member, nik: listed.nik })).toBe(true);
    expect(isSamePerson(member, { ...member, memberId: 'n' })).toBe(false);
  });

  it('is another where both fathers are named and are not one, unless number and birth date say the same', () => {
    const of = (name: string, facts: Partial<IdentityFacts> = {}) =>
      isSamePerson(
        { ...listed, nik: null, list: inHousehold, name: 'AHMAD BIN ALI' },
        { ...listed, nik: null, list: inHousehold, name, ...facts },
      );
    expect(of('AHMAD BIN HASAN')).toBe(false);
    expect(of('AHMAD BIN HASAN', { list: null })).toBe(false);
    expect(of('AHMAD BIN HASAN', { birthDate: null })).toBe(false);
    for (const name of [
      'Achmad bin H. Ali',
      'AHMAD BIN ALI HASAN',
      'AHMAD',
      'AHMAD BIN A.',
      'AHMAD BIN ALIE',
    ])
      expect(of(name), name).toBe(true);
    const son = (name: string): IdentityFacts => ({ ...listed, nik: null, list: null, name });
    for (const father of ['ABD. RACHMAN', 'A. RAHMAN', 'ABDURRAHMAN', 'ABDUL RAHMEN', 'ABDUL R.'])
      expect(isSamePerson(son('AHMAD BIN ABDUL RAHMAN'), son(`AHMAD BIN ${father}`)), father).toBe(true);
    for (const father of ['ABDUL HAMID', 'B. RAHMAN', 'SALEH'])
      expect(isSamePerson(son('AHMAD BIN ABDUL RAHMAN'), son(`AHMAD BIN ${father}`)), father).toBe(false);
    const numbered = { ...listed, list: null, name: 'AHMAD BIN ALI' };
    expect(isSamePerson(numbered, { ...numbered, name: 'AHMAD BIN HASAN' })).toBe(true);
    expect(isSamePerson(numbered, { ...numbered, name: 'AHMAD BIN HASAN', birthDate: null })).toBe(false);
    expect(soundAlike('AHMAD BIN ALI', 'Achmad bin H. Ali')).toBe(true);
    expect(soundAlike('AHMAD BIN ALI', 'AHMAD BIN HASAN')).toBe(false);
  });

  it('has no key without a name', () => {
    expect(identityKeys({ ...listed, name: '' })).toEqual([]);
  });
});
