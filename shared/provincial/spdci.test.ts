import { expect, it } from 'vitest';
import { Relation } from '../domain/person.ts';
import { spdciHouseholdRole, spdciMember } from './spdci.ts';

it('maps each relation to a household role that SPDCI has', () => {
  expect(Relation.options.map((relation) => spdciHouseholdRole(relation, 'P'))).toEqual([
    '1',
    '5',
    '4',
    '5',
    '5',
    '3',
    '5',
    '5',
  ]);
  expect(spdciHouseholdRole('6', 'L')).toBe('2');
});

it('gives who has no NIK no identifier', () => {
  const siti = { name: 'Siti', nik: null, sex: 'P', birthDate: '1980-01-01', relation: '1' } as const;
  expect(spdciMember(siti)).toEqual({
    identifier: [],
    name: 'Siti',
    sex: 'female',
    birth_date: '1980-01-01',
    household_role: '1',
  });
  expect(spdciMember({ ...siti, nik: '3171014101800001' }).identifier).toEqual([
    { identifier_type: 'UIN', identifier_value: '3171014101800001' },
  ]);
});
