import { z } from 'zod';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { Sex } from '../../shared/domain/person.ts';
import type { CandidatePerson, CandidateSource } from '../matching/candidate-source.ts';
import { draftInput } from '../matching/normalise.ts';
import type { ReadableDb } from './connection.ts';
import { findDraft } from './intake.ts';
import type { KeyIndex } from './matching.ts';

const Count = z.object({ n: z.number() });

/** The persons of each set of ids; who is not among them is left out. */
function eachOf(
  ids: readonly (readonly string[])[],
  persons: readonly CandidatePerson[],
): CandidatePerson[][] {
  const byId = new Map(persons.map((person) => [person.id, person]));
  return ids.map((some) => some.flatMap((id) => byId.get(id) ?? []));
}

// Cases -------------------------------------------------------------------------------------------

const MemberRow = z.object({
  id: z.string(),
  case_id: z.string(),
  name: z.string(),
  nik: z.string().nullable(),
  kk: z.string().nullable(),
  sex: Sex,
  birth_date: z.string().nullable(),
  relation: z.string(),
  family_no: z.number(),
  mother_name: z.string().nullable(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  kelurahan: z.string(),
});

const memberColumns = `
  member.id, member.case_id, member.name, member.nik, family.kk, member.sex, member.birth_date, member.relation,
  member.family_no, member.mother_name, case_file.street, case_file.rt, case_file.rw, case_file.kelurahan
  FROM member
  JOIN case_file ON case_file.id = member.case_id
  LEFT JOIN family ON family.case_id = member.case_id AND family.no = member.family_no`;

/** Members of the register's cases, `exceptCase` left out and those that went into another. A household is a case. */
export function caseCandidates(db: ReadableDb, index: KeyIndex, exceptCase: string | null): CandidateSource {
  const byIds = db.prepare(
    `SELECT ${memberColumns} WHERE member.id IN (SELECT value FROM json_each(?)) AND member.case_id IS NOT ?
       AND case_file.state <> 'DIGABUNG'`,
  );
  const ofCase = db.prepare(`SELECT ${memberColumns} WHERE member.case_id = ? ORDER BY member.position`);
  return {
    frequency: index.frequency,
    population: Count.parse(db.prepare('SELECT count(*) AS n FROM member').get()).n,
    undated: true,
    find: (keysOf) => {
      const { owners, capped } = index.find('member', keysOf);
      const persons = byIds.all(JSON.stringify([...new Set(owners.flat())]), exceptCase).map(rowToMember);
      return { persons: eachOf(owners, persons), capped };
    },
    household: (caseId) => ofCase.all(caseId).map(rowToMember),
  };
}

function rowToMember(raw: unknown): CandidatePerson {
  const row = MemberRow.parse(raw);
  return {
    id: row.id,
    householdId: row.case_id,
    relation: row.relation,
    familyNo: row.family_no,
    input: {
      name: row.name,
      nik: row.nik,
      kk: row.kk,
      sex: row.sex,
      birthDate: row.birth_date,
      age: null,
      ageOn: null,
      motherName: row.mother_name,
      address: { street: row.street, rt: row.rt, rw: row.rw, kelurahan: row.kelurahan },
    },
  };
}

// Drafts ------------------------------------------------------------------------------------------

/** Members of open drafts, `exceptDraft` left out. A household is a draft. */
export function draftCandidates(
  db: ReadableDb,
  index: KeyIndex,
  exceptDraft: string | null,
): CandidateSource {
  const opened = new Map<string, CandidatePerson[]>();
  const ofDraft = (draftId: string): CandidatePerson[] => {
    const known = opened.get(draftId);
    if (known !== undefined) return known;
    const draft = findDraft(db, draftId);
    const persons = draft === null ? [] : draftToPersons(draftId, draft.body);
    opened.set(draftId, persons);
    return persons;
  };
  return {
    frequency: index.frequency,
    population: Count.parse(db.prepare('SELECT count(DISTINCT owner_id) AS n FROM draft_key').get()).n,
    undated: true,
    find: (keysOf) => {
      const { owners, capped } = index.find('draft', keysOf);
      const drafts = new Set(owners.flat().map((owner) => owner.slice(0, owner.indexOf('/'))));
      const persons = [...drafts].filter((draftId) => draftId !== exceptDraft).flatMap(ofDraft);
      return { persons: eachOf(owners, persons), capped };
    },
    household: ofDraft,
  };
}

function draftToPersons(draftId: string, draft: DraftHousehold): CandidatePerson[] {
  return draft.members.map((member) => ({
    id: `${draftId}/${member.id}`,
    householdId: draftId,
    relation: member.relation === '' ? null : member.relation,
    familyNo: /^\d$/.test(member.familyNo) ? Number(member.familyNo) : null,
    input: draftInput(member, draft),
  }));
}

// Reference lists ---------------------------------------------------------------------------------

const ReferenceRow = z.object({
  id: z.number(),
  household_id: z.number(),
  name: z.string(),
  nik: z.string().nullable(),
  kk: z.string().nullable(),
  sex: Sex.nullable(),
  birth_date: z.string().nullable(),
  age: z.number().nullable(),
  list_date: z.string(),
  relation: z.string().nullable(),
  family_no: z.number().nullable(),
  mother_name: z.string().nullable(),
  street: z.string().nullable(),
  rt: z.number().nullable(),
  rw: z.number().nullable(),
  kelurahan: z.string().nullable(),
});

const referenceColumns = `
  person.id, person.household_id, person.name, person.nik, coalesce(person.kk, household.kk) AS kk, person.sex,
  person.birth_date, person.age, list.list_date, person.relation, person.family_no, person.mother_name,
  household.street, household.rt, household.rw, household.kelurahan
  FROM reference_person AS person
  JOIN reference_household AS household ON household.id = person.household_id
  JOIN reference_list AS list ON list.id = household.list_id`;

/** Persons of the named lists, which are searched as one. */
export function referenceCandidates(
  db: ReadableDb,
  index: KeyIndex,
  listIds: readonly string[],
): CandidateSource {
  const lists = JSON.stringify(listIds);
  const byIds = db.prepare(
    `SELECT ${referenceColumns}
     WHERE person.id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) AND list.id IN (SELECT value FROM json_each(?))`,
  );
  const ofHousehold = db.prepare(
    `SELECT ${referenceColumns} WHERE person.household_id = ? ORDER BY person.position`,
  );
  return {
    frequency: index.frequency,
    population: Count.parse(
      db
        .prepare(
          'SELECT coalesce(sum(persons), 0) AS n FROM reference_list WHERE id IN (SELECT value FROM json_each(?))',
        )
        .get(lists),
    ).n,
    undated: index.haveUndated(lists),
    find: (keysOf) => {
      const { owners, capped } = index.find('reference', keysOf);
      const persons = byIds.all(JSON.stringify([...new Set(owners.flat())]), lists).map(rowToReference);
      return { persons: eachOf(owners, persons), capped };
    },
    household: (householdId) => ofHousehold.all(Number(householdId)).map(rowToReference),
  };
}

function rowToReference(raw: unknown): CandidatePerson {
  const row = ReferenceRow.parse(raw);
  return {
    id: String(row.id),
    householdId: String(row.household_id),
    relation: row.relation,
    familyNo: row.family_no,
    input: {
      name: row.name,
      nik: row.nik,
      kk: row.kk,
      sex: row.sex,
      birthDate: row.birth_date,
      age: row.age,
      ageOn: row.list_date,
      motherName: row.mother_name,
      address: { street: row.street, rt: row.rt, rw: row.rw, kelurahan: row.kelurahan },
    },
  };
}
