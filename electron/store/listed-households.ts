import { householdKey } from '../matching/blocking.ts';
import type { ReadableDb } from './connection.ts';
import { inOrder, keyedLists, ReferenceKeys } from './reference-keys.ts';

/**
 * A person in each household of the lists that stand, among them one of every household that its source calls
 * by one of these names: who asks compares the names themselves, and the source.
 */
export function listedBySourceId(db: ReadableDb, sourceIds: readonly string[]): number[] {
  const keys = inOrder(sourceIds.map(householdKey));
  const reference = new ReferenceKeys(db);
  return keyedLists(db, null).flatMap((list) =>
    [...reference.bearers(list, keys).values()].flatMap((some) => some ?? []),
  );
}
