import { describe, expect, it } from 'vitest';
import { chooseGroups, codeGroups, codeWith } from './recovery-proof.ts';

const code = 'AB3DE-FGH2J-K4MNP-QRS5T-VWXY6';

describe('the proof that the recovery sheet can be read', () => {
  it('asks for two different groups, never the first', () => {
    for (const [left, right] of [
      [0, 0],
      [0.99, 0.99],
      [0.5, 0],
      [0, 0.99],
    ] as const) {
      const draws = [left, right];
      const [first, second] = chooseGroups(codeGroups(code).length, () => draws.shift() ?? 0);
      expect(first).toBeGreaterThan(0);
      expect(second).toBeGreaterThan(first);
      expect(second).toBeLessThan(5);
    }
  });

  it('puts what was typed in its place and nothing else', () => {
    expect(
      codeWith(
        code,
        new Map([
          [1, ' fgh2j '],
          [4, 'vwxy6'],
        ]),
      ),
    ).toBe(code);
    expect(codeWith(code, new Map([[1, 'XXXXX']]))).toBe('AB3DE-XXXXX-K4MNP-QRS5T-VWXY6');
  });
});
