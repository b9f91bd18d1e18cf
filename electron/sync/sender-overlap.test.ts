import { beforeEach, describe, expect, it } from 'vitest';
import { type PrivateKey, wireLimits } from '../../shared/provincial/wire.ts';
import { ProvinceClient } from './province-client.ts';
import { Sender } from './sender.ts';
import { makeOfficeKey } from './signatures.ts';
import { answerBatch, HandTimers, MemoryOutbox, readBatch, serverTime } from './stand-ins.ts';

describe('the sender, with more than one batch', () => {
  let key: PrivateKey;
  let timers: HandTimers;
  let outbox: MemoryOutbox;
  let failures: unknown[];
  let accepted: Map<string, string>;
  /** How many answers were written down when each batch arrived. */
  let written: number[];
  let answering: number;

  beforeEach(async () => {
    key = await makeOfficeKey();
    timers = new HandTimers();
    outbox = new MemoryOutbox(timers, key);
    failures = [];
    accepted = new Map();
    written = [];
    answering = 0;
    for (let n = 1; n <= wireLimits.records + 1; n += 1) outbox.add(n);
  });

  const province: typeof fetch = async (_, init) => {
    if (!(init?.body instanceof Uint8Array))
      return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
    written.push(outbox.settled.length);
    answering += 1;
    const response = await answerBatch(readBatch(init.body), key, accepted);
    answering -= 1;
    return response;
  };

  async function send(): Promise<void> {
    new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: province }),
      clock: { now: () => new Date(serverTime) },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    }).start();
    await timers.ring();
  }

  it('writes down what one was answered while the next is under way', async () => {
    await send();
    expect([written, outbox.count('diterima')]).toEqual([[0, 0], wireLimits.records + 1]);
  });

  it('waits for the one under way when an answer cannot be written down', async () => {
    const settle = outbox.settle.bind(outbox);
    outbox.settle = () => {
      outbox.settle = settle;
      throw new Error('disk full');
    };
    await send();
    expect([written.length, answering, failures.length]).toEqual([2, 0, 1]);
    outbox.releaseLeases();
    await timers.pass(5_000);
    expect(outbox.count('diterima')).toBe(wireLimits.records + 1);
  });
});
