import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Batch, wireVersion } from '../../shared/provincial/wire.ts';
import { ProvinceClient } from './province-client.ts';
import { makeOfficeKey } from './signatures.ts';
import { HandTimers, MemoryOutbox } from './stand-ins.ts';
import { systemTimers } from './timers.ts';

it('sends each body as the very text that was hashed', async () => {
  const outbox = new MemoryOutbox(systemTimers, await makeOfficeKey());
  outbox.add(1);
  outbox.add(2);
  const bodies = ['{"b":"Ñ","a": 1.50}', '{"n":2}'];
  const records = outbox
    .claim(2)
    .values()
    .map(({ record }, nth) => ({ head: record, body: bodies[nth] ?? '' }));
  const sent: string[] = [];
  const client = new ProvinceClient({
    fetch: async (_, init) => {
      sent.push(gunzipSync(new Uint8Array(await new Response(init?.body).arrayBuffer())).toString());
      return new Response();
    },
  });
  const link = outbox.link();
  if (link === null) throw new Error('not enrolled');
  const batchId = '0198a000-0000-7000-8000-0000000000aa';
  await client.push(link, { batchId, sentAt: '2026-11-22T02:00:00.000Z', records });
  for (const body of bodies) expect(sent[0]).toContain(`,"body":${body}}`);
  expect(Batch.parse(JSON.parse(String(sent[0]))).records.map(({ body }) => body)).toEqual([
    { b: 'Ñ', a: 1.5 },
    { n: 2 },
  ]);
});

it('holds nothing of a batch that is answered but what the line was given', async () => {
  const outbox = new MemoryOutbox(systemTimers, await makeOfficeKey());
  outbox.add(1);
  const [item] = outbox.claim(1);
  const link = outbox.link();
  if (link === null || item === undefined) throw new Error('not enrolled');
  const client = new ProvinceClient({ fetch: () => Promise.resolve(new Response()) });
  const body = JSON.stringify({ nama: 'Slamet '.repeat(75_000) });
  const push = async (): Promise<unknown> =>
    await client.push(link, { batchId: 'a', sentAt: 'b', records: [{ head: item.record, body }] });
  await push();
  const before = process.memoryUsage().arrayBuffers;
  for (let times = 0; times < 20; times += 1) await push();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(512 * 1024);
});

it('waits for a slow line to carry a piece of a file up', async () => {
  const link = new MemoryOutbox(systemTimers, await makeOfficeKey()).link();
  if (link === null) throw new Error('not enrolled');
  const hash = 'a'.repeat(64);
  const timers = new HandTimers();
  const client = new ProvinceClient({
    timers,
    fetch: async (_, init) => {
      // A quarter of a megabyte at 16 kbit/s; the answer comes when all of it is there.
      await timers.pass((Number(Object(init?.body).length) / 2_000) * 1_000);
      init?.signal?.throwIfAborted();
      return Response.json({ wire: wireVersion, hash, size: 262_144, received: 262_144, complete: true });
    },
  });
  expect((await client.putChunk(link, hash, 0, new Uint8Array(262_144))).kind).toBe('answered');
});

it('sees within seconds that a large piece hangs, where the line carried the one before quickly', async () => {
  const link = new MemoryOutbox(systemTimers, await makeOfficeKey()).link();
  if (link === null) throw new Error('not enrolled');
  const hash = 'a'.repeat(64);
  const timers = new HandTimers();
  let isDead = false;
  const client = new ProvinceClient({
    timers: { now: () => timers.now(), after: () => () => {} },
    fetch: async (_, init) => {
      if (isDead)
        return await new Promise<never>((_, reject) =>
          init?.signal?.addEventListener('abort', () => reject(new DOMException('ended', 'AbortError'))),
        );
      await timers.pass(1_000);
      return Response.json({ wire: wireVersion, hash, size: 524_288, received: 262_144, complete: false });
    },
  });
  const ending = new AbortController();
  const send = () => client.putChunk(link, hash, 0, new Uint8Array(262_144), ending.signal);
  expect((await send()).kind).toBe('answered');
  isDead = true;
  const sending = send();
  // As slow as an eighth of before, and five seconds.
  await timers.pass(8_000 + 4_999);
  expect(client.hangs(ending.signal, 5_000)).toBe(false);
  await timers.pass(1);
  expect(client.hangs(ending.signal, 5_000)).toBe(true);
  ending.abort();
  expect(await sending).toEqual({ kind: 'silent', why: 'unreachable' });
});

it('takes what is said of another file for no answer', async () => {
  const link = new MemoryOutbox(systemTimers, await makeOfficeKey()).link();
  if (link === null) throw new Error('not enrolled');
  const [own, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const state = (hash: string) => ({ wire: wireVersion, hash, size: 9, received: 9, complete: true });
  const askedAbout = async (said: string) => {
    const client = new ProvinceClient({ fetch: async () => Response.json(state(said)) });
    return [await client.putChunk(link, own, 0, new Uint8Array(9)), await client.attachmentState(link, own)];
  };
  const mixedUp = { kind: 'silent', why: 'not_province' };
  expect(await askedAbout(other)).toEqual([mixedUp, mixedUp]);
  const answered = { kind: 'answered', answer: state(own) };
  // As a server says it that does not know the nonce yet.
  expect(await askedAbout(own)).toEqual([answered, answered]);
});

it('takes a body that was cut off on its way for no answer, so that less is sent at once', async () => {
  const link = new MemoryOutbox(systemTimers, await makeOfficeKey()).link();
  if (link === null) throw new Error('not enrolled');
  const error = { code: 'cut_off', sentence: 'Kiriman berhenti di tengah jalan; kirim lagi.', field: null };
  const client = new ProvinceClient({
    fetch: async () => Response.json({ wire: wireVersion, error }, { status: 408 }),
  });
  const batch = {
    batchId: '0198a000-0000-7000-8000-0000000000aa',
    sentAt: '2026-11-22T02:00:00.000Z',
    records: [],
  };
  expect(await client.push(link, batch)).toEqual({ kind: 'silent', why: 'timeout' });
});

it.each(['text/html', 'application/json'])(
  'takes a network that wants a log-in first (%s) for another than the province, and waits for no word of it',
  async (type) => {
    const client = new ProvinceClient({
      fetch: async () =>
        new Response('{"error":{"code":"portal","sentence":"Masuk dahulu."}}', {
          status: 511,
          headers: { 'content-type': type, 'retry-after': '3600' },
        }),
    });
    expect(await client.health('https://provinsi.test')).toEqual({ kind: 'silent', why: 'not_province' });
  },
);

it('takes what was said of a file before for no answer', async () => {
  const link = new MemoryOutbox(systemTimers, await makeOfficeKey()).link();
  if (link === null) throw new Error('not enrolled');
  const hash = 'a'.repeat(64);
  const before: Response[] = [];
  let replays = false;
  const client = new ProvinceClient({
    fetch: async (input) => {
      const nonce = new URL(String(input)).searchParams.get('nonce');
      const fresh = Response.json({ wire: wireVersion, hash, size: 9, received: 9, complete: true, nonce });
      before.push(fresh.clone());
      return (replays ? before.shift() : fresh) ?? fresh;
    },
  });
  const ask = async () => [
    (await client.putChunk(link, hash, 0, new Uint8Array(9))).kind,
    (await client.attachmentState(link, hash)).kind,
  ];
  expect(await ask()).toEqual(['answered', 'answered']);
  replays = true;
  expect(await ask()).toEqual(['silent', 'silent']);
});
