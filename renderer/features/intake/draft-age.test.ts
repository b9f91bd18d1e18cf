import { describe, expect, it } from 'vitest';
import { ageOfDraft } from './draft-age.ts';

const now = Date.parse('2026-11-22T03:00:00.000Z');

describe('the age of a draft', () => {
  it.each([
    ['2026-11-22T02:59:50.000Z', 'baru saja'],
    ['2026-11-22T04:00:00.000Z', 'baru saja'],
    ['2026-11-22T02:48:00.000Z', '12 menit yang lalu'],
    ['2026-11-22T00:00:00.000Z', '3 jam yang lalu'],
    ['2026-11-21T03:00:00.000Z', 'kemarin'],
    ['2026-11-17T03:00:00.000Z', '5 hari yang lalu'],
  ])('of %s is %s', (touchedAt, words) => {
    expect(ageOfDraft(touchedAt, now)).toBe(words);
  });
});
