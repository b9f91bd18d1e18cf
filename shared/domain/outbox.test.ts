import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextOutboxState,
  type OutboxEvent,
  OutboxState,
  settledOutboxStates,
  waitingOutboxStates,
} from './outbox.ts';

const events: OutboxEvent[] = ['ambil', 'lepas', 'tunda', 'tahan', 'terima', 'tolak', 'tentang'];

describe('the way of an outbox item', () => {
  it('ends only by receipt or rejection, and never begins again', () => {
    expect([...waitingOutboxStates, ...settledOutboxStates].sort()).toEqual([...OutboxState.options].sort());
    for (const state of settledOutboxStates)
      for (const event of events) expect(nextOutboxState(state, event)).toBeNull();
    for (const state of OutboxState.options) {
      for (const event of ['ambil', 'lepas', 'tunda', 'tahan'] as const)
        expect(settledOutboxStates).not.toContain(nextOutboxState(state, event));
    }
  });

  it('can reach a receipt from wherever it got to', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(...events.filter((event) => !['terima', 'tolak', 'tentang'].includes(event))),
        ),
        (happened) => {
          let state: OutboxState = 'menunggu';
          for (const event of happened) state = nextOutboxState(state, event) ?? state;
          // Taken by a sender, also after one that died, and answered.
          const taken = nextOutboxState(state, 'ambil');
          expect(taken).toBe('dikirim');
          expect(nextOutboxState('dikirim', 'terima')).toBe('diterima');
          expect(nextOutboxState(state, 'terima')).toBe('diterima');
        },
      ),
    );
  });
});
