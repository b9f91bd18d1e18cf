import type { ReferenceBody } from '../../shared/provincial/down.ts';
import type { ReadableDb } from './connection.ts';
import { eachHousehold } from './reference-rows.ts';

type Household = ReferenceBody['households'][number];

/** Whether a list has moved in, whole. */
export function hasList(db: ReadableDb, listId: string): boolean {
  return (
    db
      .prepare(
        'SELECT 1 FROM reference_list WHERE id = ? AND id NOT IN (SELECT list_id FROM reference_pending)',
      )
      .get(listId) !== undefined
  );
}

/**
 * Every household of a list as it stands, so that a difference can be laid over it. A rank that an
 * earlier list stated stays that list's.
 */
export function* readListHouseholds(db: ReadableDb, listId: string): Generator<Household> {
  for (const { household, persons } of eachHousehold(db, listId))
    yield { ...household, persons: persons.map(({ person }) => person) };
}
