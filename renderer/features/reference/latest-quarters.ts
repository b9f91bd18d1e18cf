import type { ReferenceListInfo } from '../../../shared/contract/reference.ts';
import { isRegistry } from '../../../shared/domain/reference.ts';

/** The snapshot that one would lay beside a list: the latest of its source before it, its own name first. */
export function earlierList(
  list: ReferenceListInfo,
  lists: readonly ReferenceListInfo[],
): ReferenceListInfo | null {
  const before = lists.filter(
    ({ source, listDate, version, withdrawnAt }) =>
      source === list.source &&
      withdrawnAt === null &&
      (listDate < list.listDate || (listDate === list.listDate && version < list.version)),
  );
  const [latest] = before.toSorted(
    (left, right) =>
      Number(right.name === list.name) - Number(left.name === list.name) ||
      right.listDate.localeCompare(left.listDate) ||
      right.version - left.version,
  );
  return latest ?? null;
}

/** This quarter and the one before: the newest register list of today that has an earlier one. */
export function latestQuarters(
  lists: readonly ReferenceListInfo[],
): { baseListId: string; listId: string } | null {
  const newest = lists
    .filter(({ current, source }) => current && isRegistry(source))
    .toSorted((left, right) => right.listDate.localeCompare(left.listDate));
  for (const list of newest) {
    const earlier = earlierList(list, lists);
    if (earlier !== null) return { baseListId: earlier.id, listId: list.id };
  }
  return null;
}
