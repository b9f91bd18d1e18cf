import type { Answers } from '../domain/answers.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { Member, Relation, Sex } from '../domain/person.ts';
import type { SpdciMember } from './read.ts';
import type { WireVisit } from './record.ts';

/**
 * Codes of the SPDCI social-registry vocabulary (schema.spdci.org, `common/v1` and `extensions/social/v1`)
 * for what it has codes for. What it has none for keeps the code of the wire. Documented in docs/api/README.md.
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

/** What a visit tells of a member. */
type Told = {
  [Key in 'marital_status' | 'education_level' | 'employment_status']: NonNullable<SpdciMember[Key]> | null;
};
/** Codes, each with the answers that it stands for. */
type Codes<Key extends keyof Told> = readonly (readonly [NonNullable<Told[Key]>, readonly string[]])[];

/** Where an instrument asks of members what SPDCI has codes for, and the answers that one code stands for. */
interface Questions {
  marital: string;
  certificate: string;
  certificates: Codes<'education_level'>;
  works: string;
  position: string;
}

/** Belum kawin, kawin, cerai hidup, cerai mati; the instruments number them alike. */
const maritalStatuses: Codes<'marital_status'> = [
  ['S', ['1']],
  ['M', ['2']],
  ['D', ['3']],
  ['W', ['4']],
];

/** Kedudukan dalam pekerjaan utama; the instruments number it alike. */
const positions: Codes<'employment_status'> = [
  ['6', ['1']],
  ['5', ['3']],
  ['4', ['4', '5']],
];

const regsosek: Questions = {
  marital: '408',
  certificate: '415',
  certificates: [
    ['1', ['1', '2', '3', '4', '5']],
    ['2', ['6', '7', '8', '9', '10']],
    ['3', ['11', '12', '13', '14', '15', '16', '17']],
    ['6', ['19']],
    ['7', ['21']],
    ['8', ['22']],
  ],
  works: '416a',
  position: '418',
};

/** By id and version: a later version may number its answers anew. */
const instruments: Readonly<Record<string, Questions>> = {
  'bdt-2015/1': {
    marital: 'Sta_kawin',
    certificate: 'Ijazah_tertinggi',
    certificates: [
      ['1', ['1']],
      ['2', ['2']],
      ['3', ['3']],
      ['6', ['5']],
    ],
    works: 'Sta_Bekerja',
    position: 'Status_pekerjaan',
  },
  'regsosek22k/1': regsosek,
  'regsosek22k/2': regsosek,
};

/**
 * What a visit was told of a member: `MaritalStatusEnum`, `EducationCodeEnum` and `EmploymentStatusEnum`; null for what
 * was not asked or not answered, and for an answer that no one code stands for.
 */
export function spdciAnswers(
  { id, version }: Pick<WireVisit['instrument'], 'id' | 'version'>,
  answers: Answers,
): Told {
  const questions = instruments[`${id}/${version}`];
  if (questions === undefined) return nothingTold;
  const coded = <Key extends keyof Told>(codes: Codes<Key>, question: string) => {
    const answer = answers[question];
    return answer === undefined ? null : (codes.find(([, given]) => given.includes(answer))?.[0] ?? null);
  };
  return {
    marital_status: coded<'marital_status'>(maritalStatuses, questions.marital),
    education_level: coded<'education_level'>(questions.certificates, questions.certificate),
    // Whoever works is employed, whatever the position; who did not in the past week need not be without work.
    employment_status:
      coded<'employment_status'>(positions, questions.position) ??
      (answers[questions.works] === 'ya' ? '1' : null),
  };
}

const nothingTold: Told = { marital_status: null, education_level: null, employment_status: null };

/**
 * A member in the words of an SPDCI `Member`; who has no NIK has no identifier.
 *
 * @param visit The visit whose answers may be told; null where there was none or the reader may not know them.
 */
export function spdciMember(
  member: Pick<Member, 'id' | 'name' | 'nik' | 'sex' | 'birthDate' | 'relation'>,
  visit: Pick<WireVisit, 'instrument' | 'members'> | null,
): SpdciMember {
  return {
    identifier: member.nik === null ? [] : [{ identifier_type: 'UIN', identifier_value: member.nik }],
    name: member.name,
    sex: spdciSex(member.sex),
    birth_date: member.birthDate,
    household_role: spdciHouseholdRole(member.relation, member.sex),
    ...(visit === null ? nothingTold : spdciAnswers(visit.instrument, visit.members[member.id] ?? {})),
  };
}
