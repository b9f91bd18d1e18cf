import { expect, it } from 'vitest';
import { formatLetterNumber } from './document.ts';

it('numbers a letter by the office’s own format', () => {
  const facts = { serial: 7, code: 'ST', dated: '2026-11-04' };
  expect(formatLetterNumber('{serial:3}/{code}/{roman}/{year}', facts)).toBe('007/ST/XI/2026');
  expect(formatLetterNumber('{serial}/-1.851.3/{month}.{year}', facts)).toBe('7/-1.851.3/11.2026');
});
