import { describe, expect, it } from 'vitest';
import type { BatchOutcome, SureCase } from '../../../shared/contract/identification.ts';
import { confirmAll, undoAll } from './batches.ts';

const sure = Array.from({ length: 450 }, (_, index): SureCase => ({
  caseId: `case ${index}`,
  number: `3171011001/2026/${index}`,
  version: 1,
  headName: '',
  result: 'tetap',
  links: 1,
  wrong: 0.01,
}));

/** An office that answers, and notes what it was asked; the first of every batch it refuses. */
function office(before: (call: number) => void = () => {}) {
  const calls: { stroke: string; count: number }[] = [];
  return {
    calls,
    confirm: async ({ cases, stroke }: { cases: { caseId: string }[]; stroke: string }) => {
      await Promise.resolve();
      calls.push({ stroke, count: cases.length });
      before(calls.length);
      return cases.map(({ caseId }, index) => ({
        caseId,
        number: caseId,
        done: index > 0,
        result: null,
        problem: index > 0 ? null : 'Berubah',
      }));
    },
  };
}

/** Somebody who looks on and keeps what was answered. */
function watching<Answer>() {
  const controller = new AbortController();
  const answers: Answer[] = [];
  const progress: number[] = [];
  return {
    answers,
    progress,
    stop: () => controller.abort(),
    watch: {
      signal: controller.signal,
      onAnswered: (batch: readonly Answer[]) => {
        answers.push(...batch);
        progress.push(answers.length);
      },
    },
  };
}

describe('confirming what the program is sure of', () => {
  it('leaves none out, however many they are, and is one stroke', async () => {
    const { calls, confirm } = office();
    const { answers, progress, watch } = watching<BatchOutcome>();
    await confirmAll(sure, confirm, watch);
    expect(calls.map(({ count }) => count)).toEqual([200, 200, 50]);
    expect(new Set(calls.map(({ stroke }) => stroke)).size).toBe(1);
    expect(progress).toEqual([200, 400, 450]);
    expect(answers.map(({ caseId }) => caseId)).toEqual(sure.map(({ caseId }) => caseId));
  });

  it('stops after the batch that is under way, whose answers are told still', async () => {
    const { answers, stop, watch } = watching<BatchOutcome>();
    const { calls, confirm } = office((call) => {
      if (call === 2) stop();
    });
    await confirmAll(sure, confirm, watch);
    expect(calls).toHaveLength(2);
    expect(answers).toHaveLength(400);
  });

  it('stops where the office no longer answers, and has told what was refused before', async () => {
    const { calls, confirm } = office((call) => {
      if (call === 2) throw new Error('gone');
    });
    const { answers, watch } = watching<BatchOutcome>();
    await expect(confirmAll(sure, confirm, watch)).rejects.toThrow('gone');
    expect(calls).toHaveLength(2);
    expect(answers.filter(({ done }) => !done).map(({ caseId }) => caseId)).toEqual(['case 0']);
  });
});

describe('taking a stroke back', () => {
  /** Takes two back a call, of five. */
  function undoing(before: (call: number) => void = () => {}) {
    const left = ['a', 'b', 'c', 'd', 'e'];
    let calls = 0;
    return async () => {
      await Promise.resolve();
      calls += 1;
      before(calls);
      return { caseIds: left.splice(0, 2), left: left.length };
    };
  }

  it('goes on until none is left', async () => {
    const { answers, progress, watch } = watching<string>();
    await undoAll(undoing(), watch);
    expect(answers).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(progress).toEqual([2, 4, 5]);
  });

  it('stops after the call that is under way', async () => {
    const { answers, stop, watch } = watching<string>();
    await undoAll(
      undoing(() => stop()),
      watch,
    );
    expect(answers).toEqual(['a', 'b']);
  });

  it('stops where the office refuses, and has told what was taken back before', async () => {
    const { answers, watch } = watching<string>();
    const refusing = undoing((call) => {
      if (call === 3) throw new Error('gone');
    });
    await expect(undoAll(refusing, watch)).rejects.toThrow('gone');
    expect(answers).toEqual(['a', 'b', 'c', 'd']);
  });
});
