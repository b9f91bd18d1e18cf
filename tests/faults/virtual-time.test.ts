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

it('stands still while a program works beside what it waits for, and lets that set out first', async () => {
  const time = new VirtualTime();
  const program = time.actor();
  const seen: string[] = [];
  const note = (what: string): void => void seen.push(`${what} at ${time.now()}`);
  program.timers().after(1_000, async () => {
    const answered = Promise.withResolvers<void>();
    const asking = new Promise<void>((resolve) => setTimeout(resolve, 5)).then(async () => {
      note('asked');
      time.after(10, () => {
        program.wakes();
        answered.resolve();
      });
      program.waits();
      await answered.promise;
      note('answered');
      program.waits();
    });
    const writing = program.timers().beside(asking, async () => {
      note('writing');
      await new Promise((resolve) => setTimeout(resolve, 5));
      note('written');
    });
    await Promise.all([asking, writing]);
  });
  await time.runUntil(3_000);
  expect(seen).toEqual(['asked at 1000', 'writing at 1000', 'written at 1000', 'answered at 1010']);
});

it('lets what left a program get to the line before it works on beside that', async () => {
  const time = new VirtualTime();
  const program = time.actor();
  const seen: string[] = [];
  program.timers().after(1_000, async () => {
    const left = Promise.withResolvers<void>();
    const asking = (async () => {
      program.setsOut();
      left.resolve();
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push('on the line');
      program.waits();
    })();
    await Promise.all([asking, program.timers().beside(left.promise, async () => void seen.push('writing'))]);
  });
  await time.runUntil(3_000);
  expect(seen).toEqual(['on the line', 'writing']);
});

it('begins to run only when what was begun before waits', async () => {
  const time = new VirtualTime();
  const program = time.actor();
  const seen: string[] = [];
  time.after(1_000, () => void seen.push('alarm'));
  program.wakes();
  setTimeout(() => {
    seen.push('begun');
    program.waits();
  }, 5);
  await time.runUntil(2_000);
  expect(seen).toEqual(['begun', 'alarm']);
});

it('bears no mark of what a killed program still does, whenever the machine comes to that', async () => {
  const traceOf = async (goesOn: boolean): Promise<string> => {
    const time = new VirtualTime();
    const program = time.actor();
    program.dies();
    if (goesOn) for (const alarms of [program.timers(), program.limits()]) alarms.after(5, () => {});
    time.after(10, () => {});
    await time.runUntil(20);
    return time.trace;
  };
  expect(await traceOf(true)).toBe(await traceOf(false));
});
