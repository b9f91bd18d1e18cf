import { describe, expect, it } from 'vitest';
import { caseFlow, CaseState } from './case-flow.ts';
import { daysSince, QueueDays, queueStates } from './queue.ts';

describe('how long a queue waits', () => {
  it('has a limit only for states of the way that somebody leads on', () => {
    for (const state of queueStates) {
      expect(CaseState.options).toContain(state);
      expect(
        caseFlow.some(({ from, by }) => from === state && !by.includes('sistem')),
        state,
      ).toBe(true);
    }
    expect(QueueDays.parse({}).MENUNGGU_LURAH).toBe(3);
    expect(QueueDays.safeParse({ TERDAFTAR: 0 }).success).toBe(false);
  });

  it('counts whole days, and none for a clock that went back', () => {
    expect(daysSince('2026-11-10T02:00:00.000Z', '2026-11-12T01:59:59.000Z')).toBe(1);
    expect(daysSince('2026-11-10T02:00:00.000Z', '2026-11-10T01:00:00.000Z')).toBe(0);
  });
});
