import { describe, expect, it } from 'vitest';
import { giveKept, KeptStates } from './use-kept-state.ts';

function typedReason(): { states: KeptStates; forget: () => void } {
  const states = new KeptStates();
  states.set('reason.a', 'Salah ketuk palu');
  return { states, forget: () => states.drop('reason.a') };
}

describe('giving the office what was typed', () => {
  it('keeps it until the office has it', async () => {
    const { states, forget } = typedReason();
    const seen: unknown[] = [];
    expect(await giveKept(async () => seen.push(states.get('reason.a')), forget)).toBeNull();
    expect(seen).toEqual(['Salah ketuk palu']);
    expect(states.get('reason.a')).toBeUndefined();
  });

  it('keeps it where the office refuses, and tells why', async () => {
    const { states, forget } = typedReason();
    const refusal = new Error('Rapat sudah disahkan.');
    expect(await giveKept(() => Promise.reject(refusal), forget)).toBe(refusal);
    expect(states.get('reason.a')).toBe('Salah ketuk palu');
  });
});
