import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient, makeOfficeFolder } from './office.ts';
import { runServe, startServe, type ServeProcess } from '../serve-process.ts';

let folder: string;
let started: ServeProcess[];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'mutakhir-serve-')), 'data');
  started = [];
});

afterEach(async () => {
  for (const serve of started)
    if (serve.process.exitCode === null && serve.process.signalCode === null) await serve.kill();
  rmSync(join(folder, '..'), { recursive: true });
});

async function start(...flags: string[]): Promise<ServeProcess> {
  const serve = await startServe(folder, ...flags);
  started.push(serve);
  return serve;
}

/** The same request at another address; the typed client has one of its own. */
function moveTo(address: string, request: Request): Request {
  return new Request(new URL(new URL(request.url).pathname, address), request);
}

async function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return { server, port: address.port };
}

describe('the plain Node door', () => {
  test('says its address on one line, serves, and ends cleanly when told', async () => {
    const serve = await start();
    expect(serve.output()).toBe(`Mutakhir siap di ${serve.address}\n`);
    const page = await fetch(serve.address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Mutakhir');
    expect(await serve.stop()).toBe(0);
    expect(serve.output()).toBe(`Mutakhir siap di ${serve.address}\n`);
  });

  test.skipIf(process.platform === 'win32')('keeps the data folder for its owner alone', async () => {
    await start();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('folds the write-ahead log into the register when it ends', async () => {
    const administrator = await makeOfficeFolder(folder);
    const serve = await start();
    const client = createClient((request) => fetch(moveTo(serve.address, request)), null);
    await client.session.login.mutate(administrator);
    const register = join(folder, 'register.db');
    expect(existsSync(`${register}-wal`)).toBe(true);
    expect(await serve.stop()).toBe(0);
    expect(existsSync(register)).toBe(true);
    expect(existsSync(`${register}-wal`)).toBe(false);
  });

  test('started twice on one folder leads to the first', async () => {
    const first = await start();
    const second = await runServe('--data', folder, '--no-open');
    expect(second).toEqual({ code: 0, output: `Mutakhir sudah berjalan di ${first.address}\n` });
  });

  test('starts again where it was killed', async () => {
    const first = await start();
    await first.kill();
    const second = await start();
    expect((await fetch(second.address)).status).toBe(200);
  });

  test('says so when the port is taken, and lets go of the folder', async () => {
    const { server, port } = await occupyPort();
    const refused = await runServe('--data', folder, '--no-open', '--port', String(port));
    expect(refused.code).toBe(2);
    expect(refused.output).toBe(
      `Porta ${port} sedang dipakai program lain. Pilih porta lain, atau --port 0 untuk porta bebas mana saja.\n`,
    );
    server.close();
    await start();
  });

  test('does not start on a command line it does not understand', async () => {
    const refused = await runServe('--data', folder, '--terbang');
    expect(refused.code).toBe(2);
    expect(refused.output).toContain('--terbang');
    expect(existsSync(folder)).toBe(false);
  });
});
