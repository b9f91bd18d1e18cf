import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Random } from '../../electron/training/random.ts';
import { FaultyProxy, noFate } from './faulty-proxy.ts';

/** More than goes in one piece. */
const long = Array.from({ length: 4_000 }, (_, line) => `baris ${line}`).join('\n');

let server: Server;
let proxy: FaultyProxy;
let address: string;
let heard: string[];

beforeEach(async () => {
  heard = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    heard.push(body);
    // In several pieces, each a moment after the other.
    for (let at = 0; at < long.length; at += 9_000) {
      response.write(long.slice(at, at + 9_000));
      await pause(5);
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  proxy = new FaultyProxy(new Random(1), bound === null || typeof bound === 'string' ? 0 : bound.port);
  address = await proxy.listen();
});
afterEach(() => {
  proxy.close();
  server.close();
  server.closeAllConnections();
});

it('carries what is long over a slow line as it was sent, both ways', async () => {
  proxy.weights = { ...noFate, slow: 1 };
  const response = await fetch(address, { method: 'POST', body: long.slice(0, 2_000) });
  expect(await response.text()).toBe(long);
  expect(heard).toEqual([long.slice(0, 2_000)]);
});

it('carries a byte a second for a while, then the rest', async () => {
  proxy.weights = { ...noFate, one_byte_a_second: 1 };
  const begun = performance.now();
  const response = await fetch(address);
  expect(await response.text()).toBe(long);
  expect(performance.now() - begun).toBeGreaterThan(3_000);
});

it('says nothing until the office gives up, and carries the next', async () => {
  proxy.weights = { ...noFate, silent_for_good: 1 };
  await expect(fetch(address, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow('timeout');
  expect(heard).toEqual([]);
  proxy.growCalm();
  expect(await (await fetch(address)).text()).toBe(long);
});
