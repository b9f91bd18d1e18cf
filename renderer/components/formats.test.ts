import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatFileSize,
  formatInstant,
  formatLongDate,
  formatNumber,
  formatRupiah,
  formatTime,
} from './formats.ts';

describe('formats', () => {
  it('writes dates the Indonesian way, whatever the time zone of the computer', () => {
    expect(formatDate('1980-08-17')).toBe('17 Agu 1980');
    expect(formatLongDate('1980-08-17')).toBe('17 Agustus 1980');
    // Half past five in the morning in Jakarta, the evening before in Greenwich.
    expect(formatDate('2026-11-21T22:30:00.000Z')).toBe('22 Nov 2026');
    expect(formatLongDate('2026-11-21T16:59:00.000Z')).toBe('21 November 2026');
  });

  it('writes instants and times with a dot', () => {
    const instant = new Date(2026, 10, 22, 9, 5).toISOString();
    expect(formatTime(instant)).toBe('09.05');
    expect(formatInstant(instant)).toBe('22 Nov 2026 09.05');
  });

  it('writes numbers and money', () => {
    expect(formatNumber(1234)).toBe('1.234');
    expect(formatRupiah(300000)).toBe('Rp300.000');
  });

  it('writes sizes of files', () => {
    expect(formatFileSize(12)).toBe('1 KB');
    expect(formatFileSize(340 * 1024)).toBe('340 KB');
    expect(formatFileSize(1.5 * 1024 * 1024)).toBe('1,5 MB');
  });
});
