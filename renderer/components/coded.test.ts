import { describe, expect, it } from 'vitest';
import { optionOf, readCode } from './coded.ts';

const sex = [
  { value: 'L', key: '1', label: 'Laki-laki' },
  { value: 'P', key: '2', label: 'Perempuan' },
];
const water = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  key: String(index + 1),
  label: `Sumber ${index + 1}`,
}));

describe('a coded field', () => {
  it('takes the number, or the letter people know', () => {
    expect(readCode(sex, '2')).toBe('P');
    expect(readCode(sex, 'p')).toBe('P');
    expect(readCode(sex, ' 1 ')).toBe('L');
  });

  it('takes the newest digit when typed over, and both digits of a long code', () => {
    expect(readCode(sex, '12')).toBe('P');
    expect(readCode(water, '1')).toBe('1');
    expect(readCode(water, '12')).toBe('12');
    expect(readCode(water, '19')).toBe('9');
  });

  it('empties, and keeps what is no code', () => {
    expect(readCode(sex, '')).toBe('');
    expect(readCode(sex, '7')).toBe('7');
    expect(optionOf(sex, '7')).toBeNull();
    expect(optionOf(sex, 'P')?.label).toBe('Perempuan');
  });
});
