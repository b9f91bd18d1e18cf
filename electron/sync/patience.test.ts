import { describe, expect, it } from 'vitest';
import { watch } from './patience.ts';
import { HandTimers } from './stand-ins.ts';

const minute = 60_000;

/** Milliseconds after which an answer is given up of which each second brings so many bytes; null where none was. */
async function givenUpAfter(bytesASecond: number, seconds: number): Promise<number | null> {
  const timers = new HandTimers();
  const given: number[] = [];
  const patience = watch(timers, minute, () => given.push(timers.now()));
  for (let second = 0; second < seconds && given.length === 0; second += 1) {
    await timers.pass(1_000);
    if (given.length === 0 && bytesASecond > 0) patience.hear(bytesASecond);
  }
  patience.end();
  await timers.pass(100 * minute);
  return given[0] ?? null;
}

describe('the patience with an answer', () => {
  it('ends after a minute without a byte', async () => {
    expect(await givenUpAfter(0, 3_600)).toBe(minute);
  });

  it('lasts as long as a slow line brings something', async () => {
    expect(await givenUpAfter(64_000, 3_600)).toBeNull();
    expect(await givenUpAfter(2_000, 3_600)).toBeNull();
  });

  it('lasts for what goes up first as long as the slowest line takes for it, and a minute more', async () => {
    const [piece, pace] = [256 * 1_024, 1_024];
    const timers = new HandTimers();
    const given: number[] = [];
    watch(timers, minute, () => given.push(timers.now()), piece);
    await timers.pass(100 * minute);
    expect(given).toEqual([(piece / pace) * 1_000 + minute]);
  });

  it('is not stretched for ever by single bytes', async () => {
    const after = await givenUpAfter(1, 3_600);
    expect(after).toBeGreaterThanOrEqual(minute);
    expect(after).toBeLessThan(minute + 1_000);
  });

  it('ends a minute after the last byte of an answer that came fast', async () => {
    const timers = new HandTimers();
    const given: number[] = [];
    const patience = watch(timers, minute, () => given.push(timers.now()));
    await timers.pass(5_000);
    patience.hear(5_000_000);
    await timers.pass(100 * minute);
    expect(given).toEqual([5_000 + minute]);
  });
});
