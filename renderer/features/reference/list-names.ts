import type { ReferenceListInfo } from '../../../shared/contract/reference.ts';
import { isRegistry, type ReferenceSource } from '../../../shared/domain/reference.ts';

type Lists = readonly ReferenceListInfo[];

/** Whether a list stands, and none of a later version of its name does. */
export function isNewest(list: ReferenceListInfo, lists: Lists): boolean {
  const standing = lists.filter(
    ({ source, name, withdrawnAt }) => source === list.source && name === list.name && withdrawnAt === null,
  );
  return list.withdrawnAt === null && standing.every(({ version }) => version <= list.version);
}

/** Lists of this register under other names that count today. */
export function otherNames(lists: Lists, source: ReferenceSource, name: string): ReferenceListInfo[] {
  if (!isRegistry(source)) return [];
  return lists.filter((list) => list.current && list.source === source && list.name !== name.trim());
}

/**
 * Whether a list of this name stands: another version is made by comparing alone, where a blank cell erases
 * nothing. Results of padan stand beside each other.
 */
export function isTaken(lists: Lists, source: ReferenceSource, name: string): boolean {
  return (
    source !== 'DUKCAPIL' &&
    lists.some((list) => list.source === source && list.withdrawnAt === null && list.name === name.trim())
  );
}
