import { describe, expect, it } from 'vitest';
import { tellProgress } from './progress.ts';

describe('how far a long run has come', () => {
  it('is told every ten seconds, and not of a run that is shorter or through', () => {
    let now = 0;
    const told: string[] = [];
    const progress = tellProgress(
      (line) => told.push(line),
      () => now,
    );
    const at = (milliseconds: number, done: number) => {
      now = milliseconds;
      progress(done, 500);
    };
    at(9_999, 100);
    at(10_000, 110);
    at(12_000, 130);
    at(20_000, 200);
    at(40_000, 500);
    expect(told).toEqual([
      'link: 110 dari 500 orang sudah dibandingkan.',
      'link: 200 dari 500 orang sudah dibandingkan.',
    ]);
  });
});
