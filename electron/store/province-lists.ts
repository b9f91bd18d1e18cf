import type { ReferenceBody } from '../../shared/provincial/down.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { eachHousehold } from './reference-rows.ts';
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

/**
 * Every household of a list as it stands, so that a difference can be laid over it. A rank that an
 * earlier list stated stays that list's.
 */
export function readListHouseholds(db: ReadableDb, listId: string): Household[] {
  return [...eachHousehold(db, listId)].map(({ household, persons }) => ({
    ...household,
    persons: persons.map(({ person }) => person),
  }));
}
