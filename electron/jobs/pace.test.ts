import { setImmediate as breath } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

/** Reads pieces that become a part each, as fast as it may; counts them. */
function reading(pace: Pace): { parts: number; over: Promise<void> } {
  const file = {
    size: 10,
    async *read(start: number, end: number) {
      for (let at = start; at < end; at += 1) yield Uint8Array.of(at);
    },
  };
  const state = { parts: 0, over: Promise.resolve() };
  state.over = (async () => {
    for await (const _ of pace.keptBy(file).read(0, 10)) {
      state.parts += 1;
      pace.handedOver();
    }
  })();
  return state;
}

it('who reads is so many parts ahead, and goes on for each that is written', async () => {
  const pace = new Pace(3, new AbortController().signal);
  const state = reading(pace);
  await breath();
  expect(state.parts).toBe(3);
  pace.written();
  await breath();
  expect(state.parts).toBe(4);
  for (let count = 0; count < 7; count += 1) {
    pace.written();
    await breath();
  }
  await state.over;
  expect(state.parts).toBe(10);
});

it('who reads is ahead where the next part is the last that there is room for', () => {
  const pace = new Pace(3, new AbortController().signal);
  expect(pace.isAhead).toBe(false);
  pace.handedOver();
  expect(pace.isAhead).toBe(false);
  pace.handedOver();
  expect(pace.isAhead).toBe(true);
  pace.written();
  expect(pace.isAhead).toBe(false);
});

it('two who read the same file at once wait for the same room, and none of them for ever', async () => {
  const pace = new Pace(3, new AbortController().signal);
  const both = [reading(pace), reading(pace)];
  await breath();
  const parts = () => both.reduce((sum, one) => sum + one.parts, 0);
  for (let written = 0; written < 20; written += 1) {
    // One part of each may be on its way when the room is taken.
    expect(parts() - written).toBeLessThanOrEqual(4);
    pace.written();
    await breath();
  }
  await Promise.all(both.map(({ over }) => over));
  expect(parts()).toBe(20);
});

it('who waits hears that it shall stop', async () => {
  const stop = new AbortController();
  const state = reading(new Pace(3, stop.signal));
  await breath();
  stop.abort();
  await state.over;
  expect(state.parts).toBe(10);
});
