import { expect, it } from 'vitest';
import { daysLeft, periodOf } from './period.ts';

it('puts each day into the period that ends next', () => {
  expect(periodOf('2026-11-10', [5, 11])).toEqual({
    id: '2026-11',
    name: 'MPM November 2026',
    start: '2026-06-01',
    end: '2026-11-30',
  });
  expect(periodOf('2026-12-01', [5, 11])).toMatchObject({
    id: '2027-05',
    start: '2026-12-01',
    end: '2027-05-31',
  });
  expect(periodOf('2026-05-31', [11, 5])).toMatchObject({ id: '2026-05', start: '2025-12-01' });
  expect(periodOf('2026-03-01', [6])).toMatchObject({
    id: '2026-06',
    start: '2025-07-01',
    end: '2026-06-30',
  });
});

it('counts the days that are left', () => {
  expect(daysLeft(periodOf('2026-11-18', [5, 11]), '2026-11-18')).toBe(12);
  expect(daysLeft(periodOf('2026-11-30', [5, 11]), '2026-11-30')).toBe(0);
});
