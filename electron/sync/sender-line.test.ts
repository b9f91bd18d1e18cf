import { describe, expect, it } from 'vitest';
import { ProvinceClient } from './province-client.ts';
import { Sender } from './sender.ts';
import { makeOfficeKey } from './signatures.ts';
import { answerBatch, HandTimers, MemoryOutbox, readBatch, serverTime } from './stand-ins.ts';

/**
 * Sends eight records over a line that carries no batch of more than two.
 *
 * @param breaks whether it breaks then, or is just too slow
 * @returns how many records each try was of
 */
async function sizesOver({ breaks }: { breaks: boolean }): Promise<number[]> {
  const key = await makeOfficeKey();
  const timers = new HandTimers();
  // The client waits beside the sender, whose alarm is set meanwhile.
  const limits = new HandTimers();
  const outbox = new MemoryOutbox(timers, key);
  const sizes: number[] = [];
  const line: typeof fetch = async (input, init) => {
    if (!String(input).endsWith('/v1/batches'))
      return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
    const batch = readBatch(Buffer.from(await new Response(init?.body).arrayBuffer()));
    sizes.push(batch.records.length);
    if (batch.records.length <= 2) return await answerBatch(batch, key, new Map());
    if (breaks) throw new TypeError('fetch failed');
    await limits.pass(60 * 60_000);
    init?.signal?.throwIfAborted();
    throw new Error('Nobody gave it up.');
  };
  for (let n = 1; n <= 8; n += 1) outbox.add(n);
  new Sender({
    ports: outbox,
    client: new ProvinceClient({ fetch: line, timers: limits }),
    clock: { now: () => new Date(serverTime) },
    timers,
    random: () => 0,
    onFailure: (cause) => {
      throw cause;
    },
  }).start();
  await timers.pass(5 * 60_000);
  expect(outbox.count('diterima')).toBe(8);
  return sizes;
}

describe('the sender, over a line that is', () => {
  it.each([
    ['too slow', false],
    ['breaking', true],
  ])('%s for a batch, asks less of it, and more again once one is through', async (_, breaks) => {
    expect(await sizesOver({ breaks })).toEqual([8, 4, 2, 4, 2, 4, 2, 2]);
  });
});
