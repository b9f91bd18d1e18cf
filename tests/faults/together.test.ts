import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { playSeed } from './sum.ts';
import { together } from './together.ts';

it('stops the others where one fails, and waits until they have', async () => {
  const stopped = new AbortController();
  let rounds = 0;
  const others = async (): Promise<void> => {
    while (!stopped.signal.aborted) await pause(5);
    rounds += 1;
  };
  const failing = pause(20).then(() => Promise.reject(new Error('fell')));
  await expect(together([others(), failing, others()], () => stopped.abort())).rejects.toThrow('fell');
  expect(rounds).toBe(2);
});

it('tells a run that throws by its seed', async () => {
  const played = await playSeed(42, () => Promise.reject(new Error('The office ended with 1.')));
  expect(played).toMatchObject({ seed: 42, problems: [expect.stringContaining('The office ended with 1.')] });
});
