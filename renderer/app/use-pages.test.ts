import { describe, expect, it } from 'vitest';
import { join, pagesInSight } from './use-pages.ts';

describe('the pages of a long list', () => {
  it('are those in sight, one before and one after, and none beyond the end', () => {
    expect(pagesInSight({ first: 0, last: 0 }, null)).toEqual([0]);
    expect(pagesInSight({ first: 0, last: 30 }, 20_000)).toEqual([0, 1]);
    expect(pagesInSight({ first: 390, last: 420 }, 20_000)).toEqual([0, 1, 2, 3]);
    expect(pagesInSight({ first: 19_970, last: 19_999 }, 20_000)).toEqual([98, 99]);
    expect(pagesInSight({ first: 5_000, last: 5_030 }, 12)).toEqual([0]);
    expect(pagesInSight({ first: 0, last: 0 }, 0)).toEqual([0]);
  });

  it('stand at their places, with room for those that are not loaded', () => {
    const list = join([{ number: 1, page: { total: 202, rows: ['a', 'b'] } }]);
    expect(list?.rows).toHaveLength(202);
    expect(list?.rows[199]).toBeUndefined();
    expect(list?.rows[201]).toBe('b');
    expect(join([])).toBeNull();
  });

  it('forget rows of a list that became shorter', () => {
    const list = join([
      { number: 0, page: { total: 1, rows: ['a'] } },
      { number: 1, page: { total: 202, rows: ['x', 'y'] } },
    ]);
    expect(list).toEqual({ total: 1, rows: ['a'] });
  });
});
