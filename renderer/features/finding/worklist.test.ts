import { expect, it } from 'vitest';
import { followingOf, isLast, listPause, lookAgainAfter } from './worklist.ts';

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
  expect(lookAgainAfter({ data: { pending: 3 }, error: null })).toBeLessThan(100);
  expect(lookAgainAfter({ data: undefined, error: null })).toBeLessThan(100);
  expect(lookAgainAfter({ data: { pending: 0 }, error: null })).toBe(false);
  expect(lookAgainAfter({ data: { pending: 3 }, error: new Error('gone') })).toBe(listPause);
});
