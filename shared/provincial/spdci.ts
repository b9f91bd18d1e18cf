import { assertNever } from '../domain/assert-never.ts';
import type { Member, Relation, Sex } from '../domain/person.ts';

/**
 * Codes of the SPDCI social-registry vocabulary (schema.spdci.org, `common/v1`) for what it has codes
 * for. What it has none for keeps the code of the wire. Documented in docs/api/README.md.
 */

/** `SexCategoryEnum`. */
export function spdciSex(sex: Sex): 'male' | 'female' {
  return sex === 'L' ? 'male' : 'female';
}

/** `HouseholdRoleEnum`: 1 head, 2 father, 3 mother, 4 child, 5 unknown (parents-in-law count as parents). */
export function spdciHouseholdRole(relation: Relation, sex: Sex): '1' | '2' | '3' | '4' | '5' {
  switch (relation) {
    case '1':
      return '1';
    case '3':
      return '4';
    case '6':
      return sex === 'L' ? '2' : '3';
    case '2':
    case '4':
    case '5':
    case '7':
    case '8':
      return '5';
    default:
      return assertNever(relation);
  }
}

/** A member in the words of an SPDCI `Member`; who has no NIK has no identifier. */
export function spdciMember(member: Pick<Member, 'name' | 'nik' | 'sex' | 'birthDate' | 'relation'>) {
  return {
    identifier:
      member.nik === null ? [] : [{ identifier_type: 'UIN' as const, identifier_value: member.nik }],
    name: member.name,
    sex: spdciSex(member.sex),
    birth_date: member.birthDate,
    household_role: spdciHouseholdRole(member.relation, member.sex),
  };
}
