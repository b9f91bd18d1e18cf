import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { Address } from '../../shared/domain/household.ts';
import type { DraftHousehold, DraftMember } from '../../shared/domain/draft.ts';
import { IsoDate, type Member, Sex } from '../../shared/domain/person.ts';
import { normaliseAddress, type NormalisedAddress, type RawAddress } from './addresses.ts';
import { normaliseName, type NormalisedName } from './names.ts';
import { normaliseNumber, type NormalisedNumber } from './numbers.ts';

/**
 * Grows with every change of these rules, of keys and of briefs: what an older version stored is written
 * anew. Held by normalise.test.ts.
 */
export const normalisationVersion = 8;

/** A person as any source states them; what is not known is null. */
export interface MatchInput {
  name: string;
  nik: string | null;
  kk: string | null;
  sex: Sex | null;
  /** ISO date. */
  birthDate: string | null;
  /** Age in whole years on `ageOn`, for lists that hold no birth date. */
  age: number | null;
  /** ISO date of the list that states the age. */
  ageOn: string | null;
  motherName: string | null;
  address: RawAddress;
}

export interface MatchPerson {
  input: MatchInput;
  name: NormalisedName;
  mother: NormalisedName | null;
  nik: NormalisedNumber;
  kk: NormalisedNumber;
  sex: Sex | null;
  birthDate: string | null;
  /** From the date, or estimated from the age (then it may be one off). */
  birthYear: number | null;
  birthYearIsEstimate: boolean;
  address: NormalisedAddress;
  /** Everything that was read differently from how it stood. */
  rules: string[];
}

/** How the mother's name of an input reads. */
export function normaliseMother({ motherName }: Pick<MatchInput, 'motherName'>): NormalisedName | null {
  return motherName ? normaliseName(motherName, 'P') : null;
}

/**
 * Pure: the same input under the same `normalisationVersion` gives the same person.
 *
 * @param address the input's, for who has read it already for others of the household.
 * @param mother the same.
 */
export function normalisePerson(
  input: MatchInput,
  address: NormalisedAddress = normaliseAddress(input.address),
  mother: NormalisedName | null = normaliseMother(input),
): MatchPerson {
  const name = normaliseName(input.name, input.sex);
  const nik = normaliseNumber(input.nik);
  const kk = normaliseNumber(input.kk);
  const estimated = input.birthDate === null && input.age !== null && input.ageOn !== null;
  return {
    input,
    name,
    mother,
    nik,
    kk,
    sex: input.sex,
    birthDate: input.birthDate,
    birthYear: birthYearOf(input),
    birthYearIsEstimate: estimated,
    address,
    rules: [...name.rules, ...nik.rules, ...kk.rules, ...address.rules],
  };
}

function birthYearOf(input: MatchInput): number | null {
  if (input.birthDate !== null) return Number(input.birthDate.slice(0, 4));
  if (input.age === null || input.ageOn === null) return null;
  return Number(input.ageOn.slice(0, 4)) - input.age;
}

/** A member of a case or draft, under the family card that `familyNo` names. */
export function memberInput(member: Member, address: Address, kk: string | null): MatchInput {
  return {
    name: member.name,
    nik: member.nik,
    kk,
    sex: member.sex,
    birthDate: member.birthDate,
    age: null,
    ageOn: null,
    motherName: member.motherName,
    address,
  };
}

/** A member of a draft: half-typed values count as not known. */
export function draftInput(member: DraftMember, draft: DraftHousehold): MatchInput {
  const sex = Sex.safeParse(member.sex);
  const birthDate = IsoDate.safeParse(member.birthDate);
  const family = draft.families.find(({ no }) => String(no) === member.familyNo);
  return {
    name: member.name,
    nik: textOrNull(member.nik),
    kk: textOrNull(family?.kk ?? ''),
    sex: sex.success ? sex.data : null,
    birthDate: birthDate.success ? birthDate.data : null,
    age: null,
    ageOn: null,
    motherName: textOrNull(member.motherName),
    address: {
      street: textOrNull(draft.address.street),
      rt: wholeNumber(draft.address.rt),
      rw: wholeNumber(draft.address.rw),
      kelurahan: textOrNull(draft.address.kelurahan),
    },
  };
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}

function wholeNumber(text: string): number | null {
  return /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : null;
}

/** A person of whom nothing is known but what they are known again by. */
export function identityInput({
  name,
  nik,
  sex,
  birthDate,
}: Pick<MatchInput, 'name' | 'nik' | 'sex' | 'birthDate'>): MatchInput {
  return {
    name,
    nik,
    kk: null,
    sex,
    birthDate,
    age: null,
    ageOn: null,
    motherName: null,
    address: { street: null, rt: null, rw: null, kelurahan: null },
  };
}

/** A person of a reference list; `dated` is the ISO date of the list, on which ages were true. */
export function referenceInput(
  person: Pick<ReferencePerson, 'name' | 'nik' | 'kk' | 'sex' | 'birthDate' | 'age' | 'motherName'>,
  household: Pick<ReferenceHousehold, 'kk' | 'street' | 'rt' | 'rw' | 'kelurahan'>,
  dated: string,
): MatchInput {
  return {
    name: person.name,
    nik: person.nik,
    kk: person.kk ?? household.kk,
    sex: person.sex,
    birthDate: person.birthDate,
    age: person.age,
    ageOn: dated,
    motherName: person.motherName,
    address: { street: household.street, rt: household.rt, rw: household.rw, kelurahan: household.kelurahan },
  };
}
