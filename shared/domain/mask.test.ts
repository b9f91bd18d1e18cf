import { describe, expect, it } from 'vitest';
import { maskNumbers } from './mask.ts';

const nik = '3171011708800001';

describe('the numbers of persons in an answer', () => {
  it('are masked however deep they stand, also within a sentence', () => {
    const answer = { rows: [{ nik, note: `Amat, ${nik}, Anak`, members: 3, kk: null }] };
    expect(maskNumbers(answer)).toEqual({
      rows: [{ nik: '3171 •••• •••• 0001', note: 'Amat, 3171 •••• •••• 0001, Anak', members: 3, kk: null }],
    });
  });

  it('are no part of a hash, a longer number, or an id', () => {
    const others = [`a${nik}`, `${nik}1`, '0190a000-0000-7000-8000-000000000001', '3171011001/2026/000001'];
    expect(maskNumbers(others)).toEqual(others);
  });

  it('beside each other show where they differ', () => {
    const changed = '3171011708810001';
    expect(maskNumbers({ before: nik, after: changed })).toEqual({
      before: '3171 •••• •••0 0001',
      after: '3171 •••• •••1 0001',
    });
    expect(maskNumbers({ reported: nik, listed: null })).toEqual({
      reported: '3171 •••• •••• 0001',
      listed: null,
    });
  });

  it('that have nothing in common do not give each other away', () => {
    expect(JSON.stringify(maskNumbers({ before: nik, after: '9264322492219992' }))).not.toMatch(/\d{5}/);
  });

  it('stay masked when they are masked again', () => {
    expect(maskNumbers(maskNumbers(nik))).toBe('3171 •••• •••• 0001');
  });
});
