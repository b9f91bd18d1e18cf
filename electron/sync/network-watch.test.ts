import { beforeEach, describe, expect, it } from 'vitest';
import { lookPause, reachable, systemNetwork, tellPause, watchAddresses } from './network-watch.ts';
import { HandTimers } from './stand-ins.ts';

describe('the watch over the network', () => {
  let timers: HandTimers;
  let addresses: string[];
  let wallClock: number;
  let told: number;
  let agos: number[];
  let broken: boolean;
  let end: () => void;

  beforeEach(() => {
    timers = new HandTimers();
    addresses = ['eth0 10.0.0.7'];
    wallClock = Date.parse('2026-11-10T02:00:00.000Z');
    told = 0;
    agos = [];
    broken = false;
    end = watchAddresses(
      () => {
        if (broken) throw new Error('uv_interface_addresses');
        return new Set(addresses);
      },
      timers,
      () => wallClock + timers.now(),
      () => 1,
    )((ago) => {
      told += 1;
      agos.push(ago);
    });
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

  it('keeps what it knew where a look fails, and goes on', async () => {
    broken = true;
    await timers.pass(3 * lookPause);
    broken = false;
    await timers.pass(3 * lookPause);
    expect(told).toBe(0);
    addresses = ['eth0 10.0.0.8'];
    await timers.pass(lookPause);
    expect(told).toBe(1);
  });

  it('looks each second from another moment on in each office', async () => {
    const told: number[] = [];
    for (const part of [0, 0.25, 0.75]) {
      const own = new HandTimers();
      const there = new Set<string>();
      watchAddresses(
        () => new Set(there),
        own,
        () => own.now(),
        () => part,
      )(() => told.push(own.now()));
      await own.pass(lookPause - 1);
      // The line is back everywhere in the same moment.
      there.add('eth0 10.0.0.7');
      await own.pass(lookPause);
    }
    expect(told).toEqual([lookPause, 1.25 * lookPause, 1.75 * lookPause]);
  });

  it('begins where the first look fails', async () => {
    end();
    broken = true;
    end = watchAddresses(
      () => {
        if (broken) throw new Error('uv_interface_addresses');
        return new Set(addresses);
      },
      timers,
      () => timers.now(),
      () => 1,
    )(() => (told += 1));
    broken = false;
    await timers.pass(lookPause);
    expect(told).toBe(1);
    end();
  });

  it('tells of a network that flaps once in a while, and how long ago it came last', async () => {
    const flap = async () => {
      addresses = [];
      await timers.pass(lookPause);
      addresses = ['wlan0 10.0.0.7'];
      await timers.pass(lookPause);
    };
    await flap();
    await flap();
    await flap();
    expect(agos).toEqual([0]);
    await timers.pass(tellPause);
    expect(agos).toEqual([0, tellPause - 4 * lookPause]);
    await timers.pass(3 * tellPause);
    expect(told).toBe(2);
  });

  it('takes no address for a network that a card gives itself', () => {
    const of = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
      ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never;
    expect([
      ...reachable({
        lo: [of('127.0.0.1', 'IPv4', true)],
        eth0: [of('169.254.7.9', 'IPv4'), of('fe80::1', 'IPv6')],
        eth1: [of('FEBF::1', 'IPv6')],
        wlan0: [of('10.0.0.7', 'IPv4'), of('2001:db8::1', 'IPv6')],
      }),
    ]).toEqual(['wlan0 10.0.0.7', 'wlan0 IPv6']);
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
