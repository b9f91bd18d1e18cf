import { describe, expect, it } from 'vitest';
import { formatCaseNumber } from './case-number.ts';

describe('the number of a case', () => {
  const facts = { kelurahan: '31.71.01.1001', year: '2026', serial: 42 };

  it('follows the format of the office', () => {
    expect(formatCaseNumber('{area}/{year}/{serial:6}', facts)).toBe('3171011001/2026/000042');
    expect(formatCaseNumber('MPM-{serial}', facts)).toBe('MPM-42');
  });

  it('grows beyond its width instead of losing digits', () => {
    expect(formatCaseNumber('{serial:2}', { ...facts, serial: 1234 })).toBe('1234');
  });
});
