import type { InfiniteData } from '@tanstack/react-query';

interface Row {
  id: string;
}

type ListPages<Known> = InfiniteData<{ rows: Known[] }> | undefined;

/** The list as far as it was read, and how more of it is. */
interface Worklist<Known> {
  data: ListPages<Known>;
  hasNextPage: boolean;
  fetchNextPage(): Promise<{ data: ListPages<Known> }>;
  refetch(): Promise<{ data: ListPages<Known> }>;
}

export function rowsOf<Known>(data: ListPages<Known>): Known[] {
  return data?.pages.flatMap((page) => page.rows) ?? [];
}

/**
 * The one to go on to, also where its page is still to be read; null where none is left.
 *
 * @param settled the open one was settled just now: it leaves the list, and the next moves up to its place.
 */
export async function nextOf<Known extends Row>(
  list: Worklist<Known>,
  openId: string | null,
  settled: boolean,
): Promise<Known | null> {
  const rows = rowsOf(list.data);
  if (!list.hasNextPage || !isLast(rows, openId)) return followingOf(rows, openId);
  if (!settled) return followingOf(rowsOf((await list.fetchNextPage()).data), openId);
  const fresh = rowsOf((await list.refetch()).data);
  const movedUp = fresh.some(({ id }) => id === openId) ? undefined : fresh[rows.length - 1];
  return movedUp ?? followingOf(fresh, openId);
}

/** Whether the open one is the last that is loaded. */
export function isLast(rows: readonly Row[], openId: string | null): boolean {
  return openId !== null && rows.at(-1)?.id === openId;
}

/** The one after the open one, from the end round to the first; null where there is no other. */
export function followingOf<Known extends Row>(rows: readonly Known[], openId: string | null): Known | null {
  const at = rows.findIndex(({ id }) => id === openId);
  return rows[at + 1] ?? rows.find(({ id }) => id !== openId) ?? null;
}

/** While cases are still looked at: ms until the next are, and until the list is asked again, which costs far more. */
const lookingPause = 20;
export const listPause = 2000;

/** Milliseconds until the next cases are looked at: at once while there are any, later where it failed or keys are renewed first. */
export function lookAgainAfter(looked: {
  data?: { pending: number; renewing: unknown };
  error: unknown;
}): number | false {
  if (looked.error !== null || (looked.data?.renewing ?? null) !== null) return listPause;
  return looked.data?.pending === 0 ? false : lookingPause;
}
