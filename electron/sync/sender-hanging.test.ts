import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrivateKey } from '../../shared/provincial/wire.ts';
import { ProvinceClient } from './province-client.ts';
import { rhythm, Sender } from './sender.ts';
import { makeOfficeKey } from './signatures.ts';
import { answerBatch, HandTimers, MemoryOutbox, readBatch, serverTime } from './stand-ins.ts';

describe('the sender, of which a request hangs in a line that is no more', () => {
  let key: PrivateKey;
  let timers: HandTimers;
  let outbox: MemoryOutbox;
  let requests: string[];
  let failures: unknown[];
  let sender: Sender;
  /** The round that hangs. */
  let round: Promise<void>;
  /** How many requests of the path hang, one after the other. */
  let hanging: number;
  /** Bytes of the newest request that had any. */
  let batchLength: number;
  /** Whether what hung was broken off. */
  let ended: boolean;
  /** Whether the proof was hurried along, each time that the errands were. */
  let hurried: boolean[];

  beforeAll(async () => {
    key = await makeOfficeKey();
  });

  beforeEach(() => {
    timers = new HandTimers();
    outbox = new MemoryOutbox(timers, key);
    outbox.add(1);
    requests = [];
    failures = [];
    hurried = [];
    ended = false;
    hanging = 1;
  });

  /** Begins to send; the first request of this path hangs, or is answered so, and every other is answered. */
  async function hang(path: string, answer?: () => Response): Promise<void> {
    const underWay = Promise.withResolvers<void>();
    const line: typeof fetch = async (input, init) => {
      const asked = new URL(String(input)).pathname;
      requests.push(asked);
      if (init?.body instanceof Uint8Array) batchLength = init.body.length;
      if (hanging > 0 && asked === path) {
        hanging -= 1;
        underWay.resolve();
        if (answer) return answer();
        await new Promise<never>((_, reject) =>
          init?.signal?.addEventListener('abort', () => {
            ended = true;
            reject(new DOMException('ended', 'AbortError'));
          }),
        );
      }
      if (asked === '/v1/health')
        return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
      if (!(init?.body instanceof Uint8Array)) throw new Error('no body');
      return await answerBatch(readBatch(init.body), key, new Map());
    };
    sender = new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: line, timers: { now: () => timers.now(), after: () => () => {} } }),
      errands: {
        step: async () => ({ more: false, retryAfter: null }),
        hurry: ({ proof }) => void hurried.push(proof),
      },
      clock: { now: () => new Date(serverTime) },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    });
    sender.start();
    round = timers.ring();
    await underWay.promise;
  }

  it.each(['/v1/batches', '/v1/health'])(
    'begins %s anew when the network is back, and waits for nothing',
    async (path) => {
      await hang(path);
      await timers.pass(1_000);
      sender.networkBack();
      await round;
      expect([outbox.count('menunggu'), timers.left]).toEqual([1, 0]);
      await timers.ring();
      expect([outbox.count('diterima'), timers.now(), failures]).toEqual([1, 1_000, []]);
      expect(requests.filter((asked) => asked === path)).toHaveLength(2);
      await sender.stop();
    },
  );

  it('leaves what set out since the network came back', async () => {
    await timers.pass(5_000);
    await hang('/v1/batches');
    await timers.pass(2_000);
    sender.networkBack(2_001);
    expect(ended).toBe(false);
    sender.networkBack(2_000);
    await round;
    expect(outbox.count('menunggu')).toBe(1);
    await sender.stop();
  });

  it('hurries the errands along when the network is back, but not the proof, which only a person hurries', async () => {
    await hang('/v1/batches');
    sender.networkBack();
    sender.retryNow();
    expect(hurried).toEqual([false, true]);
    await sender.stop();
  });

  it('keeps the pause that the province asked for just as the network came back', async () => {
    const wait = 3_600;
    await hang('/v1/batches', () => {
      sender.networkBack();
      return new Response('{}', { status: 429, headers: { 'retry-after': String(wait) } });
    });
    await round;
    expect(outbox.count('menunggu')).toBe(1);
    const batches = () => requests.filter((asked) => asked === '/v1/batches').length;
    await timers.pass(wait * 1_000 - 1);
    expect(batches()).toBe(1);
    await timers.pass(rhythm.online);
    expect([batches(), outbox.count('diterima')]).toEqual([2, 1]);
    await sender.stop();
  });

  it('waits on after trouble of the server itself, however often the network comes back', async () => {
    hanging = 9;
    await hang('/v1/batches', () => new Response('{}', { status: 503 }));
    await round;
    const batches = () => requests.filter((asked) => asked === '/v1/batches').length;
    const flap = async () => {
      await timers.pass(1_000);
      sender.networkBack();
      await timers.ring();
    };
    // The waits grow as if it had never gone.
    for (let flapped = 0; flapped < 60; flapped += 1) await flap();
    expect(batches()).toBeLessThan(9);
    expect(outbox.count('menunggu')).toBe(1);
    sender.retryNow();
    const before = batches();
    await timers.ring();
    expect(batches()).toBe(before + 1);
    await sender.stop();
  });

  it('begins it anew after some seconds when a person asks, and leaves what has just set out', async () => {
    await hang('/v1/health');
    await timers.pass(rhythm.hanging - 1);
    sender.retryNow();
    expect(ended).toBe(false);
    await timers.pass(1);
    sender.retryNow();
    await round;
    await timers.ring();
    expect([outbox.count('diterima'), timers.now(), failures]).toEqual([1, rhythm.hanging, []]);
    await sender.stop();
  });

  it('leaves a batch that a slow line may still carry, however often a person asks', async () => {
    await hang('/v1/batches');
    const leaving = Math.ceil((batchLength / 1_024) * 1_000);
    expect(leaving).toBeGreaterThan(100);
    for (let second = 1_000; second < leaving + rhythm.hanging; second += 1_000) {
      await timers.pass(1_000);
      sender.retryNow();
    }
    await timers.pass(leaving + rhythm.hanging - 1 - timers.now());
    sender.retryNow();
    expect(ended).toBe(false);
    await timers.pass(1);
    sender.retryNow();
    expect(ended).toBe(true);
    await round;
    await sender.stop();
  });

  it('breaks off one in a minute for a person, so that what takes longer to be answered gets through', async () => {
    hanging = 2;
    await hang('/v1/health');
    await timers.pass(rhythm.hanging);
    sender.retryNow();
    expect(ended).toBe(true);
    await round;
    ended = false;
    round = timers.ring();
    for (let asked = 0; asked < 11; asked += 1) {
      await timers.pass(5_000);
      sender.retryNow();
      expect(ended).toBe(false);
    }
    await timers.pass(5_000);
    sender.retryNow();
    expect(ended).toBe(true);
    await round;
    await sender.stop();
  });

  it('hears nothing of the network once it is stopped', async () => {
    await hang('/v1/batches');
    await sender.stop();
    sender.networkBack();
    await round;
    expect([outbox.count('menunggu'), timers.left, requests]).toEqual([
      1,
      null,
      ['/v1/health', '/v1/batches'],
    ]);
  });
});
