import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch, PrivateKey } from '../../shared/provincial/wire.ts';
import { backoff } from './backoff.ts';
import { ProvinceClient } from './province-client.ts';
import { rhythm, Sender } from './sender.ts';
import { makeOfficeKey } from './signatures.ts';
import { answerBatch, HandTimers, MemoryOutbox, officeId, readBatch, serverTime } from './stand-ins.ts';

type Answering = (batch: Batch) => Promise<Response> | Response;

describe('the sender', () => {
  let key: PrivateKey;
  let timers: HandTimers;
  let outbox: MemoryOutbox;
  let sender: Sender;
  let requests: string[];
  let failures: unknown[];
  /** What the far end does with a look and with a batch. */
  let look: () => Promise<Response> | Response;
  let answer: Answering;
  let accepted: Map<string, string>;

  beforeAll(async () => {
    key = await makeOfficeKey();
  });

  beforeEach(() => {
    timers = new HandTimers();
    outbox = new MemoryOutbox(timers, key);
    requests = [];
    failures = [];
    accepted = new Map();
    look = present;
    answer = accept;
    sender = new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: network }),
      clock: { now: () => new Date(serverTime) },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    });
  });

  const network: typeof fetch = async (input, init) => {
    const path = new URL(String(input)).pathname;
    requests.push(path);
    if (path === '/v1/health') return await look();
    if (!(init?.body instanceof Uint8Array)) throw new Error('no body');
    return await answer(readBatch(init.body));
  };

  async function accept(batch: Batch): Promise<Response> {
    return await answerBatch(batch, key, accepted);
  }

  function pushes(): number {
    return requests.filter((path) => path === '/v1/batches').length;
  }

  async function start(items = 0): Promise<void> {
    for (let n = 1; n <= items; n += 1) outbox.add(n);
    sender.start();
    await timers.ring();
  }

  it('stays quiet while the office is not enrolled, and begins when it is', async () => {
    outbox.enrolled = false;
    sender.start();
    await timers.pass(0);
    expect([requests, timers.left, sender.connection().state]).toEqual([[], null, 'not_enrolled']);
    outbox.enrolled = true;
    sender.wake();
    await timers.ring();
    expect(sender.connection().state).toBe('online');
  });

  it('looks every few seconds whether the province is there, and shows it', async () => {
    await start();
    expect([sender.connection().state, timers.left]).toEqual(['online', rhythm.online]);
    look = gone;
    await timers.ring();
    expect(sender.connection()).toMatchObject({ state: 'offline', silence: 'unreachable' });
    expect(timers.left).toBe(rhythm.offline);
    look = present;
    await timers.ring();
    expect(sender.connection()).toMatchObject({ state: 'online', silence: null });
  });

  it('sends at once what is queued while the line is there, without looking first', async () => {
    await start();
    outbox.add(1);
    sender.wake();
    expect(timers.left).toBe(0);
    await timers.ring();
    expect(outbox.count('diterima')).toBe(1);
    expect(requests).toEqual(['/v1/health', '/v1/batches']);
  });

  it('sends what is queued while it is sending', async () => {
    answer = async (batch) => {
      if (outbox.items.length === 1) {
        outbox.add(2);
        sender.wake();
      }
      return await accept(batch);
    };
    await start(1);
    if (timers.left === 0) await timers.ring();
    expect(outbox.count('diterima')).toBe(2);
  });

  it('takes nothing from the outbox while nobody is there', async () => {
    look = gone;
    await start(3);
    await timers.pass(60_000);
    expect([pushes(), outbox.count('menunggu')]).toEqual([0, 3]);
  });

  it('doubles its wait while batches fail, and begins anew when the line was gone and came back', async () => {
    answer = () => Response.json({}, { status: 503 });
    await start(1);
    const waits: number[] = [];
    for (let tries = 1; tries <= 12; tries += 1) {
      const from = timers.now();
      const before = pushes();
      while (pushes() === before) await timers.ring();
      waits.push(timers.now() - from);
    }
    expect(waits.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(backoff.longest);
    expect(sender.connection().state).toBe('online');

    look = gone;
    await timers.pass(rhythm.online);
    look = present;
    answer = accept;
    await timers.pass(rhythm.offline);
    expect(outbox.count('diterima')).toBe(1);
  });

  it('does not storm a server that answers looks and drops batches', async () => {
    answer = gone;
    await start(1);
    await timers.pass(10 * 60_000);
    expect(pushes()).toBeLessThan(16);
    expect(outbox.count('menunggu')).toBe(1);
  });

  it('waits as long as the server asks; only a person shortens it', async () => {
    answer = () => Response.json({}, { status: 429, headers: { 'retry-after': '600' } });
    await start(1);
    look = gone;
    await timers.pass(10_000);
    look = present;
    await timers.pass(500_000);
    expect(pushes()).toBe(1);
    answer = accept;
    sender.retryNow();
    await timers.ring();
    expect(outbox.count('diterima')).toBe(1);
  });

  it('sets aside the one record that the server cannot take, and sends the rest', async () => {
    answer = async (batch) =>
      batch.records.some((record) => record.body['n'] === 5)
        ? refused(413, 'body_too_large', 'Terlalu besar.')
        : await accept(batch);
    await start(9);
    expect([outbox.count('diterima'), outbox.count('menunggu')]).toEqual([8, 1]);
    expect(outbox.settled.find((settlement) => settlement.outcome === 'unclear')).toMatchObject({
      code: 'body_too_large',
      sentence: 'Terlalu besar.',
    });
  });

  it('sets aside the one record that the server fails over each time, and never one for trouble of its own', async () => {
    const fails = () => Response.json({}, { status: 500 });
    answer = async (batch) =>
      batch.records.some((record) => record.body['n'] === 5) ? fails() : await accept(batch);
    await start(9);
    await timers.pass(60 * 60_000);
    expect([outbox.count('diterima'), outbox.count('menunggu')]).toEqual([8, 1]);
    expect(outbox.settled.find((settlement) => settlement.outcome === 'unclear')).toMatchObject({
      code: 'server_fault',
    });
    // It keeps being tried, and goes through once the server can take it.
    answer = accept;
    await timers.pass(24 * 60 * 60_000);
    expect(outbox.count('diterima')).toBe(9);
  });

  it('sets nothing aside where the server is down, and storms no server that fails over everything', async () => {
    answer = () => Response.json({}, { status: 503 });
    await start(4);
    await timers.pass(60 * 60_000);
    expect(outbox.settled).toEqual([]);
    const before = pushes();
    answer = () => Response.json({}, { status: 500 });
    await timers.pass(60 * 60_000);
    expect(pushes() - before).toBeLessThan(90);
    answer = accept;
    await timers.pass(24 * 60 * 60_000);
    expect(outbox.count('diterima')).toBe(4);
  });

  it('goes on at once with a new enrolment, though the old one is refused just then', async () => {
    answer = () => {
      // Enrolled anew while the batch is under way.
      outbox.credential = 'kunci baru';
      sender.retryNow();
      answer = accept;
      return refused(403, 'office_revoked', 'Dicabut.');
    };
    await start(1);
    expect(sender.connection()).toMatchObject({ state: 'online', refusal: null });
    await timers.ring();
    expect(outbox.count('diterima')).toBe(1);
  });

  it.each([
    ['cannot take the record', () => refused(422, 'invalid', 'Tidak terbaca.')],
    ['asks to wait', () => new Response('', { status: 503, headers: { 'retry-after': '3600' } })],
    ['falls silent', gone],
  ])('goes on at once with a new enrolment, though the old province %s just then', async (_, says) => {
    answer = () => {
      outbox.credential = 'kunci baru';
      sender.retryNow();
      answer = accept;
      return says();
    };
    await start(1);
    if (timers.left === 0) await timers.ring();
    expect(outbox.count('diterima')).toBe(1);
    expect(outbox.settled.map(({ outcome }) => outcome)).toEqual(['confirmed']);
  });

  it('waits for no province that was left, whose answer to an errand asks for it', async () => {
    const steps: string[] = [];
    const step = (link: { credential: string }) => {
      steps.push(link.credential);
      outbox.credential = 'kunci baru';
      return Promise.resolve({ more: false, retryAfter: steps.length === 1 ? 3_600_000 : null });
    };
    sender = new Sender({
      ports: outbox,
      client: new ProvinceClient({ fetch: network }),
      errands: { step, hurry: () => {} },
      clock: { now: () => new Date(serverTime) },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    });
    await start();
    expect(steps).toEqual(['kunci', 'kunci baru']);
  });

  it('leaves an office alone that the province refuses, and says what it said', async () => {
    answer = () => refused(403, 'office_revoked', 'Dicabut.');
    await start(1);
    expect(sender.connection()).toMatchObject({
      state: 'refused',
      refusal: { code: 'office_revoked', sentence: 'Dicabut.' },
    });
    await timers.pass(rhythm.refused - 1);
    expect([pushes(), outbox.count('menunggu')]).toEqual([1, 1]);
    answer = accept;
    await timers.pass(rhythm.online);
    expect([sender.connection().state, outbox.count('diterima')]).toEqual(['online', 1]);
  });

  it.each([
    ['a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'not_province'],
    ['JSON of somebody else', () => Response.json({ status: 'ok' }), 'not_province'],
    [
      'half an answer',
      () => new Response('{"wire":1,', { headers: { 'content-type': 'application/json' } }),
      'interrupted',
    ],
    [
      'a proxy’s 502',
      () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
      'busy',
    ],
    [
      'an answer to another batch',
      () => Response.json({ wire: 1, batchId: officeId, serverTime, answers: [] }),
      'not_province',
    ],
  ])('takes %s for no answer', async (_, made, silence) => {
    await start();
    answer = made;
    outbox.add(1);
    sender.wake();
    await timers.ring();
    expect([outbox.count('menunggu'), outbox.settled]).toEqual([1, []]);
    look = made;
    sender.retryNow();
    await timers.ring();
    expect(sender.connection()).toMatchObject({ state: 'offline', silence });
  });

  it('breaks off what is under way when it is stopped, and gives it back', async () => {
    const underWay = Promise.withResolvers<void>();
    answer = () => {
      underWay.resolve();
      return new Promise<Response>(() => {});
    };
    outbox.add(1);
    const hanging = new Sender({
      ports: outbox,
      // A fetch that hears the signal, as the real one does.
      client: new ProvinceClient({
        fetch: (input, init) =>
          Promise.race([
            network(input, init),
            new Promise<never>((_, reject) =>
              init?.signal?.addEventListener('abort', () =>
                reject(new DOMException('stopped', 'AbortError')),
              ),
            ),
          ]),
      }),
      clock: { now: () => new Date() },
      timers,
      random: () => 0,
      onFailure: (cause) => failures.push(cause),
    });
    hanging.start();
    const rung = timers.ring();
    await underWay.promise;
    await hanging.stop();
    expect([outbox.count('menunggu'), timers.left, failures]).toEqual([1, null, []]);
    sender.start();
    await rung;
  });

  it('gets every item through, once, whatever befalls the line (property)', async () => {
    const fault = fc.constantFrom('fine', 'lost', 'answer_lost', 'half', 'busy', 'portal', 'looks_fail');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (faults, items) => {
          const queue = [...faults];
          timers = new HandTimers();
          outbox = new MemoryOutbox(timers, key);
          accepted = new Map();
          const times = new Map<string, number>();
          look = () => (queue[0] === 'looks_fail' ? (queue.shift(), gone()) : present());
          answer = async (batch) => {
            const befalls = queue.shift() ?? 'fine';
            if (befalls === 'lost') return gone();
            if (befalls === 'portal')
              return new Response('<html>', { headers: { 'content-type': 'text/html' } });
            if (befalls === 'busy')
              return Response.json({}, { status: 503, headers: { 'retry-after': '7' } });
            for (const record of batch.records)
              if (!accepted.has(record.key)) times.set(record.key, (times.get(record.key) ?? 0) + 1);
            const response = await accept(batch);
            if (befalls === 'answer_lost') return gone();
            if (befalls === 'half')
              return new Response((await response.text()).slice(0, -9), {
                headers: { 'content-type': 'application/json' },
              });
            return response;
          };
          const one = new Sender({
            ports: outbox,
            client: new ProvinceClient({ fetch: network }),
            clock: { now: () => new Date() },
            timers,
            random: () => 0.5,
            onFailure: (cause) => failures.push(cause),
          });
          for (let n = 1; n <= items; n += 1) outbox.add(n);
          one.start();
          await timers.pass(60 * 60_000);
          await one.stop();
          expect(failures).toEqual([]);
          expect(outbox.count('diterima')).toBe(items);
          expect([...times.values()]).toEqual(Array.from({ length: items }, () => 1));
          expect(outbox.settled.filter((settlement) => settlement.outcome === 'confirmed')).toHaveLength(
            items,
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});

function present(): Response {
  return Response.json({ wire: 1, service: 'mutakhir-provincial', status: 'ok', serverTime });
}

function refused(status: number, code: string, sentence: string): Response {
  return Response.json({ wire: 1, error: { code, sentence, field: null } }, { status });
}

function gone(): never {
  throw new TypeError('fetch failed');
}
