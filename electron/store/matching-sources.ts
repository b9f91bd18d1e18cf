import { z } from 'zod';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { Sex } from '../../shared/domain/person.ts';
import type { CandidatePerson, CandidateSource } from '../matching/candidate-source.ts';
import { briefOf, type Glimpse } from '../matching/brief.ts';
import { draftInput, normalisationVersion, normalisePerson } from '../matching/normalise.ts';
import type { ReadableDb } from './connection.ts';
import { findDraft } from './intake.ts';
import type { KeyIndex } from './matching.ts';

const Count = z.object({ n: z.number() });
const Ids = z.array(z.string());

/** The first so many of what is asked for, or all; a limit that is bound has SQLite make the statement anew each time. */
function limited(sql: string, most: number | undefined): string {
  return most === undefined ? sql : `${sql} LIMIT ${most}`;
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

const membersOfCase = `SELECT ${memberColumns} WHERE member.case_id = ? ORDER BY member.position`;

/** Members of the register's cases, `exceptCase` left out and those that went into another. A household is a case. */
export function caseCandidates(db: ReadableDb, index: KeyIndex, exceptCase: string | null): CandidateSource {
  const byIds = db.prepare(
    `SELECT ${memberColumns} WHERE member.id IN (SELECT value FROM json_each(?)) AND member.case_id IS NOT ?
       AND case_file.state <> 'DIGABUNG'`,
  );
  const own = new Set(
    Ids.parse(db.prepare('SELECT id FROM member WHERE case_id = ?').pluck().all(exceptCase)),
  );
  return {
    frequency: index.frequency,
    population: Count.parse(db.prepare('SELECT count(*) AS n FROM member').get()).n,
    undated: true,
    find: (keysOf) => {
      const { glimpses, capped } = index.findMembers(keysOf);
      return { glimpses: glimpses.map((some) => some.filter(({ id }) => !own.has(id))), capped };
    },
    fetch: (ids) => byIds.all(JSON.stringify(ids), exceptCase).map(rowToMember),
    household: (caseId, most) => db.prepare(limited(membersOfCase, most)).all(caseId).map(rowToMember),
  };
}

/** Some members after this one, in the order of their ids, whose keys other rules made or nobody. */
export function someToKey(db: ReadableDb, after: string, most: number): CandidatePerson[] {
  return db
    .prepare(
      `SELECT ${memberColumns} LEFT JOIN match_member ON match_member.member_id = member.id
       WHERE member.id > ? AND match_member.rules IS NOT ${normalisationVersion} ORDER BY member.id LIMIT ?`,
    )
    .all(after, most)
    .map(rowToMember);
}

function rowToMember(raw: unknown): CandidatePerson {
  const row = MemberRow.parse(raw);
  return {
    id: row.id,
    list: '',
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
  const fetch = (ids: readonly string[]): CandidatePerson[] => {
    const drafts = new Set(ids.map((id) => id.slice(0, id.indexOf('/'))));
    const asked = new Set(ids);
    return [...drafts]
      .filter((draftId) => draftId !== exceptDraft)
      .flatMap(ofDraft)
      .filter(({ id }) => asked.has(id));
  };
  return {
    frequency: index.frequency,
    population: Count.parse(db.prepare('SELECT count(DISTINCT owner_id) AS n FROM draft_key').get()).n,
    undated: true,
    find: (keysOf) => {
      const { owners, capped } = index.findDrafts(keysOf);
      const glimpses = owners.map((some) =>
        fetch(some).map(({ id, input }): Glimpse => ({
          id,
          list: '',
          briefs: briefOf(normalisePerson(input)),
          at: 0,
        })),
      );
      return { glimpses, capped };
    },
    fetch,
    household: (draftId, most) => ofDraft(draftId).slice(0, most),
  };
}

function draftToPersons(draftId: string, draft: DraftHousehold): CandidatePerson[] {
  return draft.members.map((member) => ({
    id: `${draftId}/${member.id}`,
    list: '',
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
  list_id: z.string(),
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
  person.id, person.household_id, household.list_id, person.name, person.nik, coalesce(person.kk, household.kk) AS kk, person.sex,
  person.birth_date, person.age, list.list_date, person.relation, person.family_no, person.mother_name,
  household.street, household.rt, household.rw, household.kelurahan
  FROM reference_person AS person
  JOIN reference_household AS household ON household.id = person.household_id
  JOIN reference_list AS list ON list.id = household.list_id`;

// Put together once: a text made anew with every family is hashed anew to find its statement.
const listedByIds = `
  SELECT ${referenceColumns}
  WHERE person.id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) AND list.id IN (SELECT value FROM json_each(?))`;
const listedOfHousehold = `SELECT ${referenceColumns} WHERE person.household_id = ? ORDER BY person.position`;

/** Persons of the named lists, which are searched as one. */
export function referenceCandidates(
  db: ReadableDb,
  index: KeyIndex,
  listIds: readonly string[],
): CandidateSource {
  const lists = JSON.stringify(listIds);
  const byIds = db.prepare(listedByIds);
  return {
    frequency: index.frequency,
    population: index.personsIn(lists),
    undated: index.haveUndated(lists),
    find: (keysOf) => index.findListed(lists, keysOf),
    fetch: (ids) => byIds.all(JSON.stringify(ids), lists).map(rowToReference),
    household: (householdId, most) =>
      db.prepare(limited(listedOfHousehold, most)).all(Number(householdId)).map(rowToReference),
  };
}

/** Everyone of a list, as they are compared, some households at a time. */
export function* eachListed(db: ReadableDb, listId: string): Generator<CandidatePerson[]> {
  const some = db
    .prepare('SELECT id FROM reference_household WHERE list_id = ? AND id > ? ORDER BY id LIMIT 300')
    .pluck();
  const ofHouseholds = db.prepare(
    `SELECT ${referenceColumns} WHERE person.household_id IN (SELECT value FROM json_each(?)) ORDER BY person.id`,
  );
  for (let after = 0; ;) {
    const households = z.array(z.number()).parse(some.all(listId, after));
    const last = households.at(-1);
    if (last === undefined) return;
    yield ofHouseholds.all(JSON.stringify(households)).map(rowToReference);
    after = last;
  }
}

function rowToReference(raw: unknown): CandidatePerson {
  const row = ReferenceRow.parse(raw);
  return {
    id: String(row.id),
    list: row.list_id,
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
