import { z } from 'zod';
import { householdKey } from '../matching/blocking.ts';
import type { ReadableDb } from './connection.ts';
import { ReferenceKeys } from './reference-keys.ts';

const Numbers = z.array(z.number());

/**
 * A person in each household of the lists that stand, among them one of every household that its source calls
 * by one of these names: who asks compares the names themselves, and the source.
 */
export function listedBySourceId(db: ReadableDb, sourceIds: readonly string[]): number[] {
  const keys = sourceIds.map(householdKey);
  const lists = Numbers.parse(db.prepare('SELECT number FROM reference_index').pluck().all());
  const reference = new ReferenceKeys(db);
  return lists.flatMap((list) => [...reference.bearers(list, keys).values()].flatMap((some) => some ?? []));
}
