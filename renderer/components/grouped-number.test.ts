import { describe, expect, it } from 'vitest';
import { caretAfterGrouping, keptNumber, shownNumber } from './grouped-number.ts';

describe('a number in groups of four', () => {
  it('keeps the digits, whatever people put between them', () => {
    for (const typed of [
      '3171 0157 0880 0001',
      '3171.0157.0880.0001',
      "'3171015708800001",
      '3171-0157-08800001',
    ])
      expect(keptNumber(typed)).toBe('3171015708800001');
  });

  it('keeps what is no number as it was typed, for the form to say why', () => {
    expect(keptNumber('3,17E+15')).toBe('3,17E+15');
    expect(keptNumber('317101570880000O')).toBe('317101570880000O');
    expect(shownNumber('3,17E+15')).toBe('3,17E+15');
  });

  it('shows it grouped while it grows', () => {
    expect(shownNumber('31710')).toBe('3171 0');
    expect(shownNumber('3171015708800001')).toBe('3171 0157 0880 0001');
    expect(shownNumber('')).toBe('');
  });

  it('leaves the caret behind the same digit', () => {
    expect(caretAfterGrouping('31710', 5)).toBe(6);
    expect(caretAfterGrouping('3171 90157', 6)).toBe(6);
    expect(caretAfterGrouping('317 0157', 3)).toBe(3);
    expect(caretAfterGrouping('abc', 2)).toBe(2);
  });
});
