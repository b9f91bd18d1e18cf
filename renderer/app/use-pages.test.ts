import { describe, expect, it } from 'vitest';
import { asListed, join, pagesInSight, standing } from './use-pages.ts';

describe('a list whose filter changes', () => {
  const before = { name: 'all', list: { total: 1200, rows: ['a'] } };
  const found = { total: 3, rows: ['b'] };

  it('shows the rows before it, marked, until the new ones are here', () => {
    expect(standing('all', null, before, false)).toEqual({ list: before.list, stale: false });
    expect(standing('rw 7', null, before, false)).toEqual({ list: before.list, stale: true });
    expect(standing('rw 7', found, before, false)).toEqual({ list: found, stale: false });
    expect(standing('rw 7', null, null, false)).toEqual({ list: null, stale: false });
  });

  it('shows no rows of another filter where its own did not come; its own stay', () => {
    expect(standing('rw 7', null, before, true)).toEqual({ list: null, stale: false });
    expect(standing('all', null, before, true)).toEqual({ list: before.list, stale: false });
  });
});

it('what was opened is shown as the list has it now, and stays open once it left the list', () => {
  const opened = { id: 1, state: 'menunggu' };
  const keyOf = ({ id }: { id: number }) => String(id);
  expect(asListed(opened, [undefined, { id: 1, state: 'diterima' }], keyOf)?.state).toBe('diterima');
  expect(asListed(opened, [{ id: 2, state: 'diterima' }], keyOf)).toBe(opened);
  expect(asListed(null, [opened], keyOf)).toBeNull();
});

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
