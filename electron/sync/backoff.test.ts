import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, backoffAfter, readRetryAfter } from './backoff.ts';

describe('the wait between tries', () => {
  it('doubles up to its longest', () => {
    expect([1, 2, 3, 4, 9, 10, 1_000_000].map((failures) => backoffAfter(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]);
  });

  it('is spread over the upper half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const wait = backoffAfter(failures, random);
          expect(wait).toBeGreaterThanOrEqual(backoffAfter(failures, 0));
          expect(wait).toBeLessThanOrEqual(backoff.longest);
          expect(backoffAfter(failures, 0) * 2).toBe(backoffAfter(failures, 1));
        },
      ),
    );
  });

  it('is what the server asks for, in seconds or as a date by its own clock, within an hour', () => {
    const now = 'Sun, 22 Nov 2026 02:00:00 GMT';
    expect(readRetryAfter('5', now)).toBe(5_000);
    expect(readRetryAfter('Sun, 22 Nov 2026 02:00:30 GMT', now)).toBe(30_000);
    expect(readRetryAfter('Sun, 22 Nov 2020 02:00:30 GMT', now)).toBe(0);
    expect(readRetryAfter('999999', now)).toBe(3_600_000);
    expect(readRetryAfter('Sun, 22 Nov 2026 02:00:30 GMT', null)).toBeNull();
    expect(readRetryAfter('besok', now)).toBeNull();
    expect(readRetryAfter(null, now)).toBeNull();
  });
});
