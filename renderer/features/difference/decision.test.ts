import { expect, it } from 'vitest';
import { subjectOf } from './decision.ts';

const filter = { kinds: ['baru' as const] };
const nothing: ReadonlySet<string> = new Set();

it('a decision is about the ticked rows, else about all that is shown, which is always asked first', () => {
  expect(subjectOf(new Set(['4', '7']), { shown: 1200, stale: false, filter })).toEqual({
    which: { rows: [4, 7] },
    asks: false,
  });
  for (const shown of [1, 1200])
    expect(subjectOf(nothing, { shown, stale: false, filter })).toEqual({ which: { filter }, asks: true });
  expect(subjectOf(nothing, { shown: 0, stale: false, filter })).toBeNull();
});

it('is about nothing while what is shown is still of the filter before', () => {
  expect(subjectOf(nothing, { shown: 3, stale: true, filter })).toBeNull();
  expect(subjectOf(new Set(['4']), { shown: 3, stale: true, filter })).toBeNull();
});
