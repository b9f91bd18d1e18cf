import fc from 'fast-check';
import { expect, it } from 'vitest';
import { displaySheetCode, formatSheetCode, parseSheetCode } from './sheet-code.ts';

const code = fc.record({
  serial: fc.integer({ min: 1, max: 99_999_999 }),
  print: fc.integer({ min: 1, max: 999 }),
});

it('comes back as it was printed, with blanks or without', () => {
  fc.assert(
    fc.property(code, (value) => {
      expect(parseSheetCode(displaySheetCode(formatSheetCode(value)))).toEqual(value);
    }),
  );
});

it('finds every wrong digit and every swap of neighbours', () => {
  fc.assert(
    fc.property(
      code,
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 1, max: 9 }),
      (value, place, shift) => {
        const digits = formatSheetCode(value);
        const wrong =
          digits.slice(0, place) + String((Number(digits[place]) + shift) % 10) + digits.slice(place + 1);
        expect(parseSheetCode(wrong)).toBeNull();
      },
    ),
  );
  fc.assert(
    fc.property(code, fc.integer({ min: 0, max: 10 }), (value, place) => {
      const digits = formatSheetCode(value);
      fc.pre(digits[place] !== digits[place + 1]);
      expect(
        parseSheetCode(digits.slice(0, place) + digits[place + 1] + digits[place] + digits.slice(place + 2)),
      ).toBeNull();
    }),
  );
});

it('refuses what no sheet can bear', () => {
  expect(parseSheetCode('3171011708800001')).toBeNull();
  expect(() => formatSheetCode({ serial: 100_000_000, print: 1 })).toThrow(RangeError);
});
