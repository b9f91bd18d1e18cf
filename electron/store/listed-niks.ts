import { nikKey } from '../matching/blocking.ts';
import { normaliseNumber } from '../matching/numbers.ts';
import type { ReadableDb } from './connection.ts';
import type { PageShelf } from './page-shelf.ts';
import { inOrder, keyedLists, ReferenceKeys } from './reference-keys.ts';

/**
 * Persons of lists that stand, among them all who bear one of these NIKs: who asks compares the numbers
 * themselves. A filler is nobody's, nor is a number of more than `mostBearers` in one list.
 *
 * @param listIds null asks all lists, those that were undone too.
 * @param pages what was read before, where one connection asks again and again.
 */
export function listedByNik(
  db: ReadableDb,
  niks: readonly string[],
  listIds: readonly string[] | null = null,
  pages?: PageShelf,
): number[] {
  const keys = inOrder(niks.flatMap((nik) => nikKey(normaliseNumber(nik)) ?? []));
  const lists = keyedLists(db, listIds);
  const reference = new ReferenceKeys(db, pages);
  const bearers = lists.flatMap((list) =>
    [...reference.bearers(list, keys).values()].flatMap((some) => some ?? []),
  );
  return [...new Set(bearers)];
}
