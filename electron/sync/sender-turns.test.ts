import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Batch, type PrivateKey, wireLimits } from '../../shared/provincial/wire.ts';
import { ProvinceClient } from './province-client.ts';
import { Sender } from './sender.ts';
import { makeOfficeKey, publicHalf } from './signatures.ts';
import { answerBatch, HandTimers, MemoryOutbox, readBatch, serverTime } from './stand-ins.ts';

const hour = 60 * 60_000;
/** Batches after which nobody answers any more, so that a sender that asks for ever comes to its end. */
const patience = 40;

describe('the sender, between its outbox and the errands', () => {
  let key: PrivateKey;
  let newerKey: PrivateKey;
  let timers: HandTimers;
  let outbox: MemoryOutbox;
  /** Of batches and steps, in their order. */
  let turns: ('batch' | 'step')[];
  let answer: (batch: Batch) => Promise<Response> | Response;
  let step: () => void;
  let failures: unknown[];

  beforeAll(async () => {
    [key, newerKey] = await Promise.all([makeOfficeKey(), makeOfficeKey()]);
  });

  beforeEach(() => {
    timers = new HandTimers();
    outbox = new MemoryOutbox(timers, key);
    turns = [];
    answer = async (batch) => await answerBatch(batch, key, new Map());
    step = () => {};
    failures = [];
  });

  const network: typeof fetch = async (input, init) => {
    if (!String(input).endsWith('/v1/batches'))
      return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
    turns.push('batch');
    if (turns.length > patience) throw new TypeError('fetch failed');
    return await answer(readBatch(Buffer.from(await new Response(init?.body).arrayBuffer())));
  };

  function start(items: number): void {
    for (let n = 1; n <= items; n += 1) outbox.add(n);
    new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: network }),
      errands: {
        step: () => {
          turns.push('step');
          step();
          return Promise.resolve({ more: false, retryAfter: null });
        },
        hurry: () => {},
      },
      clock: { now: () => new Date(serverTime) },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    }).start();
  }

  /** So many wait that the first are due again before the last were sent. */
  function makeDueAgainAtOnce(): void {
    const settle = outbox.settle.bind(outbox);
    outbox.settle = (settlements) => {
      const ended = settle(settlements);
      for (const item of outbox.items) item.dueAt = 0;
      return ended;
    };
  }

  it('learns by an errand the key without which no answer to its records proves anything', async () => {
    makeDueAgainAtOnce();
    answer = async (batch) => await answerBatch(batch, newerKey, new Map());
    step = () => {
      const link = outbox.link.bind(outbox);
      outbox.link = () => {
        const known = link();
        return known && { ...known, serverKeys: [...known.serverKeys, publicHalf(newerKey)] };
      };
    };
    start(wireLimits.records * 3);
    await timers.ring();
    expect([outbox.count('diterima'), failures]).toEqual([wireLimits.records * 3, []]);
    // The second is on its way when the answers to the first are read.
    expect(turns.slice(0, 3)).toEqual(['batch', 'batch', 'step']);
  });

  it('sends all that comes to its end before a step is taken', async () => {
    start(wireLimits.records * 3);
    await timers.ring();
    expect(turns).toEqual(['batch', 'batch', 'batch', 'step']);
  });

  it.each([
    ['fails over each batch', () => new Response('{}', { status: 500 })],
    ['can take none of the records', () => refused(422)],
    [
      'falls silent over each batch',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
  ])('takes a step for each batch of a province that %s', async (_, says) => {
    makeDueAgainAtOnce();
    answer = says;
    start(9);
    await timers.pass(hour);
    const batches = turns.filter((turn) => turn === 'batch').length;
    const steps = turns.length - batches;
    expect(batches).toBeGreaterThan(8);
    expect(steps).toBeGreaterThanOrEqual(batches - 1);
    expect([outbox.count('menunggu'), failures]).toEqual([9, []]);
  });

  it('takes a step while the outbox cannot be read', async () => {
    const claim = outbox.claim.bind(outbox);
    outbox.claim = () => {
      throw new Error('unreadable');
    };
    step = () => {
      outbox.claim = claim;
    };
    start(1);
    await timers.pass(hour);
    expect([outbox.count('diterima'), failures.length]).toEqual([1, 1]);
  });
});

function refused(status: number): Response {
  return Response.json(
    { wire: 1, error: { code: 'invalid', sentence: 'Tidak terbaca.', field: null } },
    { status },
  );
}
