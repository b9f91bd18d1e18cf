import { expect, it } from 'vitest';
import { latestError } from './latest.ts';

it('an error is shown of what was tried last, and an older one no more', () => {
  const old = new Error('making failed');
  const late = new Error('reading failed');
  expect(
    latestError([
      { submittedAt: 1, error: old },
      { submittedAt: 0, error: null },
    ]),
  ).toBe(old);
  expect(
    latestError([
      { submittedAt: 1, error: old },
      { submittedAt: 2, error: late },
    ]),
  ).toBe(late);
  expect(
    latestError([
      { submittedAt: 1, error: old },
      { submittedAt: 2, error: null },
    ]),
  ).toBeNull();
  expect(latestError([])).toBeNull();
});
