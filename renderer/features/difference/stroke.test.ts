import { describe, expect, it } from 'vitest';
import { takeBack } from './stroke.ts';

describe('a decision on many rows that is taken back', () => {
  it('turns back each row that it turned, none else, in calls that the office takes', async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => index * 2);
    const calls: [boolean, number[]][] = [];
    const changed = await takeBack({ accepted: false, rows }, (accepted, some) => {
      calls.push([accepted, some]);
      return Promise.resolve({ changed: some });
    });
    expect(changed).toBe(12_000);
    expect(calls.map(([accepted, some]) => [accepted, some.length])).toEqual([
      [true, 5000],
      [true, 5000],
      [true, 2000],
    ]);
    expect(calls.flatMap(([, some]) => some)).toEqual(rows);
  });
});
