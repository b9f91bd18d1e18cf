import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Batch } from '../../shared/provincial/wire.ts';
import { ProvinceClient } from './province-client.ts';
import { makeOfficeKey } from './signatures.ts';
import { MemoryOutbox } from './stand-ins.ts';
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
