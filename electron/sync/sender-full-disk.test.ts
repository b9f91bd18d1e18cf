import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch, PrivateKey } from '../../shared/provincial/wire.ts';
import { ProvinceClient } from './province-client.ts';
import { Sender } from './sender.ts';
import { makeOfficeKey } from './signatures.ts';
import { answerBatch, HandTimers, MemoryOutbox, readBatch, serverTime } from './stand-ins.ts';

describe('the sender of a register that cannot be read or written', () => {
  let key: PrivateKey;
  let timers: HandTimers;
  let outbox: MemoryOutbox;
  let sender: Sender;
  let failures: unknown[];
  let pushes: number;
  let answer: (batch: Batch) => Promise<Response> | Response;

  beforeAll(async () => {
    key = await makeOfficeKey();
  });

  beforeEach(() => {
    timers = new HandTimers();
    outbox = new MemoryOutbox(timers, key);
    failures = [];
    pushes = 0;
    answer = accept;
    sender = new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: province }),
      clock: { now: () => new Date(serverTime) },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    });
  });

  const province: typeof fetch = async (input, init) => {
    if (String(input).endsWith('/v1/health'))
      return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
    pushes += 1;
    if (!(init?.body instanceof Uint8Array)) throw new Error('no body');
    return await answer(readBatch(init.body));
  };

  async function accept(batch: Batch): Promise<Response> {
    return await answerBatch(batch, key, new Map());
  }

  async function start(items = 0): Promise<void> {
    for (let n = 1; n <= items; n += 1) outbox.add(n);
    sender.start();
    await timers.ring();
  }

  it('tells of its own failures and goes on after a while', async () => {
    outbox.broken = true;
    await start(1);
    expect(failures).toHaveLength(1);
    outbox.broken = false;
    await timers.pass(5_000);
    expect(outbox.count('diterima')).toBe(1);
  });

  it('outlives a register that cannot be read or written for a while', async () => {
    const full = (): never => {
      throw new Error('disk full');
    };
    const { releaseLeases, nextDueIn } = outbox;
    outbox.releaseLeases = full;
    outbox.nextDueIn = full;
    await start(1);
    expect([failures.length, outbox.count('diterima')]).toEqual([2, 1]);
    Object.assign(outbox, { releaseLeases, nextDueIn });
    outbox.add(2);
    await timers.pass(2_000);
    expect(outbox.count('diterima')).toBe(2);
  });

  it.each(['release', 'settle'] as const)(
    'sends soon again what it could not %s, since the disk was full, and waits for no lease to run out',
    async (step) => {
      await start();
      const whole = outbox[step];
      outbox[step] = () => {
        throw new Error('disk full');
      };
      if (step === 'release') answer = () => new Response('', { status: 503 });
      outbox.add(1);
      sender.wake();
      await timers.ring();
      expect([failures.length, outbox.count('dikirim')]).toEqual([1, 1]);
      Object.assign(outbox, { [step]: whole });
      answer = accept;
      await timers.pass(10_000);
      expect(outbox.count('diterima')).toBe(1);
    },
  );

  it('does not send over and over what is answered while nothing can be written down', async () => {
    outbox.settle = () => {
      throw new Error('disk full');
    };
    await start(1);
    await timers.pass(60 * 60_000);
    expect(pushes).toBeGreaterThan(10);
    expect(pushes).toBeLessThan(40);
  });
});
