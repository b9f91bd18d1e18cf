import { describe, expect, it } from 'vitest';
import { Decision, needsReason, stepsOfDecision, waitingForLurah, sampleSize } from './approval.ts';
import { CaseState, findEdge } from './case-flow.ts';

const states = CaseState.options.filter((state) => waitingForLurah[state] !== undefined);

describe('what the lurah decides', () => {
  it('goes along the table of edges, each step one that the lurah may take', () => {
    for (const start of states) {
      for (const decision of Decision.options) {
        let state = start;
        for (const action of stepsOfDecision(start, decision) ?? []) {
          const edge = findEdge(state, action);
          expect(edge?.by, `${state} ${action}`).toContain('lurah');
          state = edge?.to ?? state;
        }
      }
    }
  });

  it('ends where the words say', () => {
    expect(end('MENUNGGU_LURAH', 'setujui')).toBe('TERDAFTAR');
    expect(end('MENUNGGU_LURAH', 'kembalikan')).toBe('DIKEMBALIKAN');
    expect(end('MENUNGGU_LURAH', 'tolak')).toBe('DITOLAK_LURAH');
    expect(end('DICACAH', 'setujui')).toBe('DISAHKAN');
    expect(end('DIPERIKSA', 'setujui')).toBe('DISAHKAN');
    expect(end('DICACAH', 'kembalikan')).toBe('DITUGASKAN');
    expect(end('DIPERIKSA', 'kembalikan')).toBe('DITUGASKAN');
  });

  it('asks a reason wherever one of its steps does', () => {
    for (const start of states) {
      for (const decision of Decision.options) {
        let state = start;
        for (const action of stepsOfDecision(start, decision) ?? []) {
          const edge = findEdge(state, action);
          expect(!edge?.reason || needsReason(decision), `${start} ${decision}`).toBe(true);
          state = edge?.to ?? state;
        }
      }
    }
  });

  it('cannot be taken where nothing waits, nor a result be rejected as a registration is', () => {
    expect(stepsOfDecision('DICACAH', 'tolak')).toBeNull();
    expect(stepsOfDecision('TERDAFTAR', 'setujui')).toBeNull();
  });
});

function end(start: CaseState, decision: Decision): CaseState | null {
  let state: CaseState | null = start;
  for (const action of stepsOfDecision(start, decision) ?? []) {
    state = state === null ? null : (findEdge(state, action)?.to ?? null);
  }
  return state;
}

describe('the sample of a batch', () => {
  it('is a share of it, never fewer than three, and never more than it holds', () => {
    expect(sampleSize(2, 10)).toBe(2);
    expect(sampleSize(20, 10)).toBe(3);
    expect(sampleSize(45, 10)).toBe(5);
    expect(sampleSize(45, 100)).toBe(45);
  });
});
