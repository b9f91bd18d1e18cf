import { beforeEach, describe, expect, it } from 'vitest';
import { lookPause, systemNetwork, watchAddresses } from './network-watch.ts';
import { HandTimers } from './stand-ins.ts';

describe('the watch over the network', () => {
  let timers: HandTimers;
  let addresses: string[];
  let wallClock: number;
  let told: number;
  let end: () => void;

  beforeEach(() => {
    timers = new HandTimers();
    addresses = ['eth0 10.0.0.7'];
    wallClock = Date.parse('2026-11-10T02:00:00.000Z');
    told = 0;
    end = watchAddresses(
      () => new Set(addresses),
      timers,
      () => wallClock + timers.now(),
    )(() => (told += 1));
  });

  it('tells of a cable that is in again, once, and of none that is out', async () => {
    await timers.pass(10 * lookPause);
    addresses = [];
    await timers.pass(10 * lookPause);
    expect(told).toBe(0);
    addresses = ['eth0 10.0.0.7'];
    await timers.pass(lookPause);
    expect(told).toBe(1);
    await timers.pass(10 * lookPause);
    expect(told).toBe(1);
  });

  it('tells of another network beside the one before', async () => {
    addresses = ['eth0 10.0.0.7', 'wlan0 192.168.1.9'];
    await timers.pass(lookPause);
    expect(told).toBe(1);
  });

  it('tells that the computer slept, and of no clock that is put right by a little or back', async () => {
    wallClock += 10_000;
    await timers.pass(lookPause);
    wallClock -= 86_400_000;
    await timers.pass(lookPause);
    expect(told).toBe(0);
    wallClock += 3_600_000;
    await timers.pass(lookPause);
    expect(told).toBe(1);
  });

  it('ends', async () => {
    end();
    addresses = ['eth0 10.0.0.8'];
    await timers.pass(10 * lookPause);
    expect([told, timers.left]).toEqual([0, null]);
  });

  it('can look at the addresses of this computer', () => {
    const endIt = systemNetwork(() => (told += 1));
    endIt();
    expect(told).toBe(0);
  });
});
