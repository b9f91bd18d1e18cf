import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jaroWinkler } from './jaro-winkler.ts';
import { normaliseNumber, numberDistance } from './numbers.ts';

const nik = '3171011708800001';

describe('reading a NIK or No KK', () => {
  it('takes letters that look like digits for digits', () => {
    expect(normaliseNumber("'3171 O1l7 0880 000I")).toMatchObject({
      digits: '3171011708800001',
      valid: true,
    });
  });

  it.each([
    '0000000000000000',
    '9999999999999999',
    '1234567890123456',
    '3171010000000000',
    '3171011708800000',
    '',
    '-',
    'tidak ada',
  ])('makes the filler "%s" nothing', (filler) => {
    expect(normaliseNumber(filler)).toMatchObject({ digits: null, valid: false });
  });

  it('keeps a number of the wrong length as weak evidence', () => {
    expect(normaliseNumber(nik.slice(1))).toMatchObject({ digits: nik.slice(1), valid: false });
  });
});

describe('distance of numbers', () => {
  it.each([
    [nik, { kind: 'equal' }],
    ['3171011708800002', { kind: 'one_digit', at: 16 }],
    ['3171011780800001', { kind: 'transposed', at: 9 }],
    ['317101170880001', { kind: 'one_missing' }],
    ['3171021708800002', { kind: 'two_digits' }],
    ['3275094501900003', { kind: 'different' }],
  ])('%s', (other, expected) => {
    expect(numberDistance(nik, other)).toEqual(expected);
  });
});

describe('Jaro–Winkler', () => {
  it.each([
    ['MARTHA', 'MARHTA', 0.961],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.813],
    ['', 'A', 0],
  ])('%s and %s', (left, right, expected) => {
    expect(jaroWinkler(left, right)).toBeCloseTo(expected, 3);
  });

  it('is symmetric, between 0 and 1, and 1 only for equals', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-E]{0,8}$/), fc.stringMatching(/^[A-E]{0,8}$/), (left, right) => {
        const there = jaroWinkler(left, right);
        expect(there).toBeCloseTo(jaroWinkler(right, left), 10);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there === 1).toBe(left === right);
      }),
    );
  });

  it('says the same to who asks only whether it is so much', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-E]{0,8}$/),
        fc.stringMatching(/^[A-E]{0,8}$/),
        fc.constantFrom(0.6, 0.8, 0.92),
        (left, right, least) => {
          const whole = jaroWinkler(left, right);
          const asked = jaroWinkler(left, right, least);
          expect(whole >= least ? asked : asked < least).toBe(whole >= least ? whole : true);
        },
      ),
    );
    expect(jaroWinkler('HIDAYAT', 'WIBOWO', 0.92)).toBe(0);
  });
});
