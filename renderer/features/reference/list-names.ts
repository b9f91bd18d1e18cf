import type { ReferenceListInfo } from '../../../shared/contract/reference.ts';
import { isRegistry, isVersioned, type ReferenceSource } from '../../../shared/domain/reference.ts';

type Lists = readonly ReferenceListInfo[];

/** Whether a list stands, and none of its name does that is later: by its date, and of one date by its version. */
export function isNewest(list: ReferenceListInfo, lists: Lists): boolean {
  const isLater = ({ listDate, version }: ReferenceListInfo) =>
    listDate === list.listDate ? version > list.version : listDate > list.listDate;
  return (
    list.withdrawnAt === null &&
    !lists.some(
      (other) =>
        other.source === list.source &&
        other.name === list.name &&
        other.withdrawnAt === null &&
        isLater(other),
    )
  );
}

/** Lists of this register under other names that count today. */
export function otherNames(lists: Lists, source: ReferenceSource, name: string): ReferenceListInfo[] {
  if (!isRegistry(source)) return [];
  return lists.filter((list) => list.current && list.source === source && list.name !== name.trim());
}

/** Whether a list of this name stands, whose next version is made by comparing alone. */
export function isTaken(lists: Lists, source: ReferenceSource, name: string): boolean {
  return (
    isVersioned(source) &&
    lists.some((list) => list.source === source && list.withdrawnAt === null && list.name === name.trim())
  );
}

/**
 * The list that a file is most likely the next version of: one that counts today, the latest first, and names a kelurahan
 * of the file. Where either names none they may be of one area. Null where there is none: beside the list of another area
 * everyone would be new, and everyone of that list gone.
 *
 * @param comparable lists of the file's source, each the newest of its name.
 * @param kelurahan codes that the file names.
 */
export function likelyBase(comparable: Lists, kelurahan: readonly string[]): ReferenceListInfo | null {
  const ofArea = (list: ReferenceListInfo) =>
    kelurahan.length === 0 ||
    list.kelurahan.length === 0 ||
    list.kelurahan.some((code) => kelurahan.includes(code));
  return (
    comparable
      .filter((list) => list.current && ofArea(list))
      .toSorted((one, other) => other.listDate.localeCompare(one.listDate))[0] ?? null
  );
}
