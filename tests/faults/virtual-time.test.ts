import { expect, it } from 'vitest';
import { VirtualTime } from './virtual-time.ts';

it('goes on after a program that ends its turn without waiting for anything', async () => {
  const time = new VirtualTime();
  const program = time.actor();
  const seen: string[] = [];
  program.timers().after(1_000, () => void seen.push('woken'));
  time.after(2_000, () => void seen.push('later'));
  await time.runUntil(3_000);
  expect([seen, program.working, time.now()]).toEqual([['woken', 'later'], false, 3_000]);
});

it('stands still while a program works', async () => {
  const time = new VirtualTime();
  const program = time.actor();
  const seen: number[] = [];
  program.timers().after(1_000, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(time.now());
  });
  time.after(1_001, () => void seen.push(time.now()));
  await time.runUntil(3_000);
  expect(seen).toEqual([1_000, 1_001]);
});
