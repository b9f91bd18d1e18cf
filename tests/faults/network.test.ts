import { expect, it } from 'vitest';
import { ProvinceClient } from '../../electron/sync/province-client.ts';
import { calmLine, drawSpeeds, Network } from './network.ts';
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

it('breaks handshakes over certificates, which the office tells from a line that is gone, and over other things', async () => {
  const time = new VirtualTime();
  const network = new Network(time, streamOf(1, 'network'), async () => Response.json({}));
  network.weights = { ...calmLine, delivered: 0, tls_broken: 1 };
  const said = await heard(time, network, 20);
  expect(new Set(said)).toEqual(new Set(['untrusted', 'unreachable']));
  expect(said.filter((why) => why === 'untrusted')).toHaveLength(network.counts.get('untrusted') ?? 0);
  network.weights = calmLine;
  network.cutUntil = Number.POSITIVE_INFINITY;
  expect(await heard(time, network, 1)).toEqual(['unreachable']);
});

it('takes as long over a request as a slow line does, and counts it', async () => {
  const time = new VirtualTime();
  const network = new Network(time, streamOf(1, 'network'), async () => Response.json({}));
  const drawn = Array.from({ length: 20 }, (_, seed) => {
    const draw = drawSpeeds(streamOf(seed, 'speed'));
    return new Set(Array.from({ length: 40 }, () => draw())).size;
  });
  // Most lines are never slow, the others are so to any degree.
  expect(new Set(drawn)).toEqual(new Set([1, 4]));
  expect(drawn.filter((speeds) => speeds === 4).length).toBeLessThan(10);
  network.bytesPerSecond = 2_000;
  const actor = time.actor();
  actor.wakes();
  let took = 0;
  void network
    .fetchOf(actor)('https://provinsi.test/satu', { method: 'POST', body: 'x'.repeat(10_000) })
    .then(() => {
      took = time.now();
      actor.dies();
    });
  await time.runUntil(60_000, () => took > 0);
  expect([took > 5_000, took < 6_000, network.counts.get('slow_line')]).toEqual([true, true, 1]);
});

/** How the office reads what becomes of so many looks whether the province is there. */
async function heard(time: VirtualTime, network: Network, looks: number): Promise<string[]> {
  const actor = time.actor();
  const client = new ProvinceClient({ fetch: network.fetchOf(actor), timers: actor.limits() });
  const said: string[] = [];
  actor.wakes();
  void (async () => {
    for (let nth = 0; nth < looks; nth += 1) {
      const reply = await client.health('https://provinsi.test');
      said.push(reply.kind === 'silent' ? reply.why : reply.kind);
    }
    actor.dies();
  })();
  await time.runUntil(time.now() + 600_000, () => said.length === looks);
  return said;
}
