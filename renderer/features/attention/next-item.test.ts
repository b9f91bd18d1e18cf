import { expect, it } from 'vitest';
import { nextItem } from './next-item.ts';

it('after a decision the item behind it is next, at the end the one before, and none where none is left', () => {
  expect(nextItem(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c');
  expect(nextItem(['a', 'b', 'c'], ['a'], 'b')).toBe('a');
  expect(nextItem(['a', 'b', 'c'], ['a', 'b'], 'c')).toBe('b');
  expect(nextItem(['a'], [], 'a')).toBeNull();
  // One that came meanwhile is not jumped to.
  expect(nextItem(['a', 'b'], ['new', 'a'], 'b')).toBe('a');
});
