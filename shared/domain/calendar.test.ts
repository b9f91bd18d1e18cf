import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar, deadlinesOf, inspectDeadlines, nextDeadline } from './calendar.ts';
import { daysBetween, periodAfter, periodOf, shiftDay, shortPeriodName } from './period.ts';

const period = periodOf('2026-11-10', [5, 11]);
const calendar = Calendar.parse({});

describe('the calendar of a period', () => {
  it('counts back from the last day', () => {
    expect(deadlinesOf(period, calendar, {}).map(({ stage, date }) => [stage, date])).toEqual([
      ['pendaftaran', '2026-10-16'],
      ['muskel', '2026-10-31'],
      ['verifikasi', '2026-11-16'],
      ['pengesahan', '2026-11-25'],
      ['pengiriman', '2026-11-30'],
    ]);
  });

  it('lets a period have a date of its own, and says so', () => {
    const deadlines = deadlinesOf(period, calendar, { muskel: '2026-11-03' });
    expect(deadlines[1]).toEqual({ stage: 'muskel', date: '2026-11-03', fixed: true });
    expect(inspectDeadlines(period, deadlines)).toEqual([]);
  });

  it('names the next deadline, its own day included, and none after the last', () => {
    const deadlines = deadlinesOf(period, calendar, {});
    expect(nextDeadline(deadlines, '2026-11-16')).toMatchObject({ stage: 'verifikasi', daysLeft: 0 });
    expect(nextDeadline(deadlines, '2026-11-17')).toMatchObject({ stage: 'pengesahan', daysLeft: 8 });
    expect(nextDeadline(deadlines, '2026-12-01')).toBeNull();
  });

  it('refuses dates outside the period and out of order', () => {
    const outside = deadlinesOf(period, calendar, { pengiriman: '2026-12-02' });
    expect(inspectDeadlines(period, outside)).toEqual([
      {
        stage: 'pengiriman',
        message: 'Batas Pengiriman ke provinsi di luar periode MPM November 2026.',
      },
    ]);
    const crossed = deadlinesOf(period, calendar, { muskel: '2026-10-01' });
    expect(inspectDeadlines(period, crossed).map(({ stage }) => stage)).toEqual(['muskel']);
  });

  it('never leaves a short period', () => {
    const monthly = periodOf('2026-11-10', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(deadlinesOf(monthly, calendar, {})[0]?.date).toBe('2026-11-01');
  });
});

describe('periods', () => {
  it('follow one another without a gap', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 4000 }),
        (months, offset) => {
          const one = periodOf(shiftDay('2020-01-01', offset), months);
          const next = periodAfter(one, months);
          expect(daysBetween(one.end, next.start)).toBe(1);
          expect(next.id > one.id).toBe(true);
        },
      ),
    );
  });

  it('have a short name', () => {
    expect(shortPeriodName({ id: '2026-11' })).toBe('MPM Nov 2026');
    expect(shortPeriodName({ id: '2027-08' })).toBe('MPM Agu 2027');
  });
});
