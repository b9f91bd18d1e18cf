import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { followingOf, isLast, listPause, lookAgainAfter, nextOf } from './worklist.ts';

const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

it('the next finding is the one after, from the end round again; of the last loaded more is read first', () => {
  expect(followingOf(rows, null)?.id).toBe('a');
  expect(followingOf(rows, 'a')?.id).toBe('b');
  expect([isLast(rows, 'b'), isLast(rows, 'c'), isLast([], null)]).toEqual([false, true, false]);
  // The next page is there meanwhile, or there is none.
  expect(followingOf([...rows, { id: 'd' }], 'c')?.id).toBe('d');
  expect(followingOf(rows, 'c')?.id).toBe('a');
  expect(followingOf([{ id: 'a' }], 'a')).toBeNull();
  expect(followingOf(rows, 'settled')?.id).toBe('a');
});

it('cases are looked at one after the other, and less often while it fails', () => {
  expect(lookAgainAfter({ data: { pending: 3, renewing: null }, error: null })).toBeLessThan(100);
  expect(lookAgainAfter({ data: undefined, error: null })).toBeLessThan(100);
  expect(lookAgainAfter({ data: { pending: 0, renewing: null }, error: null })).toBe(false);
  expect(lookAgainAfter({ data: { pending: 3, renewing: null }, error: new Error('gone') })).toBe(listPause);
  expect(lookAgainAfter({ data: { pending: 3, renewing: { code: 'keys_renewing' } }, error: null })).toBe(
    listPause,
  );
});

/** A list of the office's, read by pages of two as far as the first. */
async function listOf(...ids: string[]) {
  const queries = new QueryClient();
  const list = new InfiniteQueryObserver(queries, {
    queryKey: ['list'],
    queryFn: async ({ pageParam }) => ({
      rows: ids.slice(pageParam, pageParam + 2).map((id) => ({ id })),
      total: ids.length,
    }),
    initialPageParam: 0,
    getNextPageParam: (last, every) => (every.length * 2 < last.total ? every.length * 2 : null),
  });
  const leave = list.subscribe(() => {});
  await list.refetch();
  return { ids, queries, list, leave };
}

it('after the last that is loaded was settled comes the one that moves up to its place, while the list is read anew', async () => {
  const { ids, queries, list, leave } = await listOf('a', 'b', 'c', 'd', 'e');
  ids.splice(1, 1);
  const next = nextOf(list.getCurrentResult(), 'b', true);
  await queries.invalidateQueries({ queryKey: ['list'] });
  expect((await next)?.id).toBe('c');
  leave();
});

it('where none moves up, or the list cannot be read, the first comes', async () => {
  const short = await listOf('a', 'b', 'c');
  const read = short.list.getCurrentResult();
  short.ids.splice(1, 2);
  expect((await nextOf(read, 'b', true))?.id).toBe('a');
  short.ids.splice(0, 1);
  expect(await nextOf(read, 'b', true)).toBeNull();
  short.leave();

  const lost = await listOf('a', 'b', 'c');
  const stands = lost.list.getCurrentResult();
  const next = await nextOf({ ...stands, refetch: async () => stands }, 'b', true);
  expect(next?.id).toBe('a');
  lost.leave();
});

it('after the last that is loaded and stays comes the first of the page that is read', async () => {
  const { list, leave } = await listOf('a', 'b', 'c');
  expect((await nextOf(list.getCurrentResult(), 'b', false))?.id).toBe('c');
  leave();
});
