import { beforeEach, describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';
import { ProvinceClient } from './province-client.ts';
import { Sender } from './sender.ts';
import { makeOfficeKey } from './signatures.ts';
import { HandTimers, MemoryOutbox } from './stand-ins.ts';

const week = 7 * 86_400_000;
/** One for all of the hundred thousand looks: nobody reads where each was thrown, which is dear to find out. */
const down = new TypeError('fetch failed');

describe('the sender, through a week of trouble', { timeout: 240_000 }, () => {
  let timers: HandTimers;
  let outbox: MemoryOutbox;
  let there: boolean;
  let pushes: number;

  beforeEach(async () => {
    timers = new HandTimers();
    outbox = new MemoryOutbox(timers, await makeOfficeKey());
    there = false;
    pushes = 0;
    for (let n = 1; n <= 3; n += 1) outbox.add(n);
    new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: province }),
      clock: { now: () => new Date('2026-11-22T02:00:00.000Z') },
      timers,
      random: () => 0.5,
      onFailure: (cause) => {
        throw cause;
      },
    }).start();
  });

  /** Answers looks while it is there, and takes no batch. */
  const province: typeof fetch = async (input) => {
    if (!there) throw down;
    if (String(input).endsWith('/v1/batches')) {
      pushes += 1;
      return Response.json({}, { status: 503 });
    }
    const serverTime = '2026-11-22T02:00:00.000Z';
    return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
  };

  it('takes nothing out while the server is down, and sends within five seconds of its coming back', async () => {
    await timers.pass(week);
    expect([pushes, outbox.count('menunggu')]).toEqual([0, 3]);
    there = true;
    await timers.pass(5_000);
    expect(pushes).toBeGreaterThan(0);
  });

  it('asks a server that takes no batch no oftener than every few minutes', async () => {
    there = true;
    await timers.pass(week);
    expect(pushes).toBeLessThan(week / (backoff.longest / 2) + 16);
    expect(pushes).toBeGreaterThan(week / (backoff.longest * 1.1));
    expect(outbox.count('menunggu')).toBe(3);
  });
});
