import { describe, expect, it } from 'vitest';
import { Pace, watch } from './patience.ts';
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

  it('lasts for what goes up by what the line carried last, and grows with each that came to nothing', async () => {
    const kilobyte = 1_024;
    const pace = new Pace();
    const leaving = () => pace.leaving(800 * kilobyte);
    expect(leaving()).toBe(800_000);
    // A hundred kilobytes a second: the next may take eight times as long.
    pace.answered(100 * kilobyte, 1_000);
    expect(leaving()).toBe(64_000);
    const timers = new HandTimers();
    const given: number[] = [];
    watch(timers, minute, () => given.push(timers.now()), 800 * kilobyte, pace);
    await timers.pass(100 * minute);
    expect(given).toEqual([64_000 + minute]);
    // A look at a line that is dead tells nothing of what goes up.
    pace.gaveUp(0);
    expect(leaving()).toBe(64_000);
    pace.gaveUp(800 * kilobyte);
    expect(leaving()).toBe(512_000);
    // Never more than the slowest line takes; and an answer to little says how far the province is.
    for (let again = 0; again < 9; again += 1) pace.gaveUp(800 * kilobyte);
    pace.answered(1_000, 1);
    expect(leaving()).toBe(800_000);
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
