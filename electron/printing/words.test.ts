import { expect, it } from 'vitest';
import { paperDay } from './words.ts';

it('a day on paper is written as Indonesian writes it, on every day of a year', () => {
  const written = new Intl.DateTimeFormat('id-ID', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  for (let nth = 0; nth < 366; nth += 1) {
    const day = new Date(Date.UTC(2024, 0, 1 + nth));
    expect(paperDay(day.toISOString().slice(0, 10))).toBe(written.format(day));
  }
  expect(paperDay('1908-05-02')).toBe('2 Mei 1908');
});
