import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';

describe('admission', () => {
  it('lets in as many as there is room for, and the next when one leaves', () => {
    const door = new Admission({ atOnce: 2, now: () => 0 });
    expect([door.enter(), door.enter()]).toEqual([{ entered: true }, { entered: true }]);
    expect(door.enter().entered).toBe(false);
    door.leave();
    expect(door.enter().entered).toBe(true);
  });

  it('lets those whose body has come go ahead, in their turn', async () => {
    const door = new Admission({ atOnce: 1, now: () => 0 });
    door.enter();
    door.leave();
    door.enter();
    const back: string[] = [];
    const waiting = ['first', 'second'].map(async (who) => {
      await door.again();
      back.push(who);
    });
    expect(door.enter().entered).toBe(false);
    door.leave();
    expect(door.enter().entered).toBe(false);
    await waiting[0];
    expect(back).toEqual(['first']);
    door.leave();
    await waiting[1];
    expect(door.enter().entered).toBe(false);
    door.leave();
    expect(door.enter().entered).toBe(true);
  });

  it('sends more away for longer, but nobody for more than a minute', () => {
    let now = 0;
    const door = new Admission({ atOnce: 4, now: () => now, random: () => 0 });
    for (let n = 0; n < 4; n += 1) door.enter();
    now = 2_000;
    door.leave();
    door.enter();
    const waits = Array.from({ length: 4_000 }, () => {
      const told = door.enter();
      return told.entered ? 0 : told.retryAfter;
    });
    expect(waits[0]).toBe(1);
    expect(waits.toSorted((left, right) => left - right)).toEqual(waits);
    expect(waits.at(-1)).toBe(60);
  });

  it('forgets those who should have come back', () => {
    let now = 0;
    const door = new Admission({ atOnce: 1, now: () => now, random: () => 0 });
    door.enter();
    for (let n = 0; n < 100; n += 1) door.enter();
    now = 120_000;
    expect(door.enter()).toEqual({ entered: false, retryAfter: 1 });
  });
});
