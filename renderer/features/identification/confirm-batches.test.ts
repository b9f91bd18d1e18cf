import { describe, expect, it } from 'vitest';
import type { SureCase } from '../../../shared/contract/identification.ts';
import { confirmAll } from './confirm-batches.ts';

const sure = Array.from({ length: 450 }, (_, index): SureCase => ({
  caseId: `case ${index}`,
  version: 1,
  headName: '',
  result: 'tetap',
}));

describe('confirming what the program is sure of', () => {
  it('leaves none out, however many they are, and is one stroke', async () => {
    const calls: { stroke: string; count: number }[] = [];
    const progress: number[] = [];
    const outcomes = await confirmAll(
      sure,
      ({ cases, stroke }) => {
        calls.push({ stroke, count: cases.length });
        return Promise.resolve(
          cases.map(({ caseId }) => ({ caseId, number: '', done: true, result: null, problem: null })),
        );
      },
      (answered) => progress.push(answered),
    );
    expect(calls.map(({ count }) => count)).toEqual([200, 200, 50]);
    expect(new Set(calls.map(({ stroke }) => stroke)).size).toBe(1);
    expect(progress).toEqual([200, 400, 450]);
    expect(outcomes.map(({ caseId }) => caseId)).toEqual(sure.map(({ caseId }) => caseId));
  });

  it('stops where the office no longer answers', async () => {
    let calls = 0;
    const refuse = () => {
      calls += 1;
      return Promise.reject(new Error('gone'));
    };
    await expect(confirmAll(sure, refuse, () => {})).rejects.toThrow('gone');
    expect(calls).toBe(1);
  });
});
