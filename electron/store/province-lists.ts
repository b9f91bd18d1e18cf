import { z } from 'zod';
import { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { ReferenceBody } from '../../shared/provincial/down.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { type NewList, ReferenceStaging } from './reference-staging.ts';

type Household = ReferenceBody['households'][number];

export function hasList(db: ReadableDb, listId: string): boolean {
  return db.prepare('SELECT 1 FROM reference_list WHERE id = ?').get(listId) !== undefined;
}

/** Moves a list of the province in, in the caller's transaction; answers its version in this register. */
export function insertProvinceList(db: WritableDb, list: NewList, households: readonly Household[]): number {
  const staging = new ReferenceStaging(db, list.listDate);
  for (const { persons, ...household } of households) {
    staging.household(household.sourceId, household);
    for (const person of persons) staging.person(household.sourceId, person);
  }
  return staging.commit(list, () => {});
}

/** Every household of a list as it stands, so that a difference can be laid over it. */
export function readListHouseholds(db: ReadableDb, listId: string): Household[] {
  const personsOf = db.prepare(
    `SELECT source_id AS sourceId, position AS "order", name, nik, kk, sex, birth_place AS birthPlace, birth_date AS birthDate, age,
            relation, family_no AS familyNo, mother_name AS motherName, answers
     FROM reference_person WHERE household_id = ? ORDER BY position`,
  );
  return db
    .prepare(
      `SELECT id, source_id AS sourceId, kk, street, rt, rw, kelurahan, kelurahan_name AS kelurahanName, percentile, desil, answers
       FROM reference_household WHERE list_id = ? ORDER BY id`,
    )
    .all(listId)
    .map((raw) => {
      const { id, ...household } = z.looseObject({ id: z.number() }).parse(raw);
      return {
        ...ReferenceHousehold.parse(withAnswers(household)),
        persons: personsOf.all(id).map((person) => ReferencePerson.parse(withAnswers(person))),
      };
    });
}

function withAnswers(raw: unknown): unknown {
  const row = z.looseObject({ answers: z.string() }).parse(raw);
  return { ...row, answers: JSON.parse(row.answers) };
}
