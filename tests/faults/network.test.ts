import { expect, it } from 'vitest';
import { Network } from './network.ts';
import { streamOf } from './streams.ts';
import { VirtualTime } from './virtual-time.ts';

it('hands a request over with its body and how long that is, and one without a body without', async () => {
  const time = new VirtualTime();
  const seen: unknown[] = [];
  const network = new Network(time, streamOf(1, 'network'), async (request) => {
    seen.push([request.method, request.headers.get('content-length'), await request.text()]);
    return Response.json({});
  });
  const actor = time.actor();
  const send = network.fetchOf(actor);
  actor.wakes();
  void (async () => {
    await send('https://provinsi.test/satu', { method: 'POST', body: 'sembilan!' });
    await send('https://provinsi.test/dua');
    actor.dies();
  })();
  await time.runUntil(60_000);
  expect(seen).toEqual([
    ['POST', '9', 'sembilan!'],
    ['GET', null, ''],
  ]);
});
