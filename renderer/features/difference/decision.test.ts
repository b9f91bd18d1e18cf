import { expect, it } from 'vitest';
import { subjectOf } from './decision.ts';
import { words } from './words.ts';

const filter = { kinds: ['baru' as const] };
const nothing: ReadonlySet<string> = new Set();
const loaded: ReadonlySet<string> = new Set(['4', '7']);

it('a decision is about the ticked rows, else about all that is shown, which is always asked first', () => {
  expect(subjectOf(new Set(['4', '7']), { shown: 1200, stale: false, filter, loaded })).toEqual({
    which: { rows: [4, 7] },
    asks: null,
  });
  for (const shown of [1, 1200])
    expect(subjectOf(nothing, { shown, stale: false, filter, loaded })).toEqual({
      which: { filter },
      asks: 'shown',
    });
  expect(subjectOf(nothing, { shown: 0, stale: false, filter, loaded })).toBeNull();
});

it('is about nothing while what is shown is still of the filter before', () => {
  expect(subjectOf(nothing, { shown: 3, stale: true, filter, loaded })).toBeNull();
  expect(subjectOf(new Set(['4']), { shown: 3, stale: true, filter, loaded })).toBeNull();
});

it('is asked first where a row that was ticked is out of sight', () => {
  expect(subjectOf(new Set(['4', '2000']), { shown: 3000, stale: false, filter, loaded })).toEqual({
    which: { rows: [4, 2000] },
    asks: 'outOfSight',
  });
});

it('is asked about with one number in title and button: what was ticked is not all', () => {
  expect(words.asked('outOfSight', false, 3)).toMatchObject({
    title: 'Tolak 3 yang dipilih?',
    confirm: 'Tolak 3 yang dipilih',
  });
  expect(words.asked('shown', true, 5_000)).toMatchObject({
    title: 'Terima 5.000 yang ditampilkan?',
    confirm: 'Terima semua',
  });
});
