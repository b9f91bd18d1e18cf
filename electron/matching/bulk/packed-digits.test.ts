import { describe, expect, it } from 'vitest';
import { nik } from './levels.ts';
import { isOneDigitSlip, packDigits, PackedDigits } from './packed-digits.ts';
import { nikLevel } from './value-levels.ts';

const number = '3171065708900012';
const numbers = [
  number,
  '3171065708900021',
  '3171065708900013',
  '3171065708909912',
  '3273015708900012',
  '3171065708900',
  '317106570890001',
  '31710657089000123',
  '9871065708900012',
  '3171065709910012',
  '1234567',
  '1234576',
  '7654321',
  'A12-77',
  null,
];

describe('packed digits', () => {
  it('say what reading digit by digit says, or leave it to that', () => {
    const packed = new PackedDigits(numbers);
    const level = { missing: nik.missing, equal: nik.equal, different: nik.different, tail: nik.same_tail };
    const otherwise = numbers.flatMap((one, row) =>
      numbers.flatMap((other, column) => {
        const said = packed.compare(row, packed, column);
        const right = said === 'unsure' || level[said] === nikLevel(one, other);
        return right ? [] : [{ one, other, said }];
      }),
    );
    expect(otherwise).toEqual([]);
  });

  it.each([
    ['19900817', '19900818', true],
    ['19900817', '19900871', true],
    ['91900817', '19900817', true],
    ['19900817', '19901708', false],
    ['19900817', '19910818', false],
    ['19900817', '19900817', false],
  ])('%s and %s are one slip: %s', (one, other, slip) => {
    expect(isOneDigitSlip(packDigits(one), packDigits(other))).toBe(slip);
  });
});
