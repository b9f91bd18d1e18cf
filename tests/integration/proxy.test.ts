import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestProvince } from '../provincial-server/testing.ts';
import { codeOf } from './office.ts';
import { lendOffice, type PushingOffice } from './pushing.ts';

/** A small real proxy: it tunnels for those who say who they are, and notes for whom. */
class TestProxy {
  readonly tunnels: string[] = [];
  readonly #server: Server;
  readonly #open = new Set<Duplex>();
  port = 0;

  constructor(credentials: string | null) {
    const expected =
      credentials === null ? null : `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
    this.#server = createServer((_, response) => response.writeHead(400).end());
    this.#server.on('connect', (request, socket, head) => {
      this.#open.add(socket);
      if (expected !== null && request.headers['proxy-authorization'] !== expected)
        return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      this.tunnels.push(request.url ?? '');
      const { hostname, port } = new URL(`http://${request.url}`);
      const far = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        far.write(head);
        far.pipe(socket).pipe(far);
      });
      far.on('error', () => socket.destroy());
      socket.on('error', () => far.destroy());
      socket.on('close', () => far.destroy());
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const bound = this.#server.address();
    this.port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('the province through a proxy', () => {
  let province: TestProvince;
  let proxy: TestProxy;
  let o: PushingOffice;
  beforeAll(async () => {
    proxy = new TestProxy('kantor:sandi proksi é');
    await proxy.start();
  });
  afterAll(() => proxy.stop());
  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });
  beforeEach(() => {
    proxy.tunnels.length = 0;
  });

  const set = async (password: string | null, port = proxy.port) =>
    await (
      await o.t.as('administrator')
    ).proxy.set.mutate({
      host: '127.0.0.1',
      port,
      username: 'kantor',
      password,
    });

  it('enrols and pushes through it, and straight again once it is taken away', async () => {
    const first = new TestProxy('kantor:sandi proksi é');
    await first.start();
    expect(await set('sandi proksi é', first.port)).toEqual({
      host: '127.0.0.1',
      port: first.port,
      username: 'kantor',
      hasPassword: true,
    });
    await o.enrol(province.server);
    await o.legalise(1);
    await o.until(({ confirmed }) => confirmed === 1);
    expect(new Set(first.tunnels)).toEqual(new Set([new URL(province.server.address).host]));
    const administrator = await o.t.as('administrator');
    expect(await administrator.proxy.set.mutate(null)).toBeNull();
    // What was under way through it may still have been.
    await first.stop();
    await o.legalise(2);
    await o.until(({ confirmed }) => confirmed === 2);
  });

  it('says that the proxy refuses, keeps everything, and goes on once the password is right', async () => {
    await set('salah');
    expect(await codeOf(o.enrol(province.server))).toBe('proxy_refused');
    await set('sandi proksi é');
    await o.enrol(province.server);
    await o.until(({ connection }) => connection === 'tersambung');
    await set('salah');
    const status = await o.until(({ connection }) => connection === 'terputus');
    expect(status.sentence).toContain('Proksi jaringan menolak');
    await o.legalise(1);
    expect(o.status().waiting).toBe(1);
    await set('sandi proksi é');
    await o.until(({ confirmed }) => confirmed === 1);
    // A change of anything else keeps the password that is stored.
    await set(null);
    await o.legalise(2);
    await o.until(({ confirmed }) => confirmed === 2);
  });

  it('waits while the proxy is down', async () => {
    await o.enrol(province.server);
    const gone = new TestProxy(null);
    await gone.start();
    await gone.stop();
    await set('x', gone.port);
    const status = await o.until(({ connection }) => connection === 'terputus');
    expect(status.sentence).toContain('dikirim sendiri begitu tersambung');
  });

  it('is set by the administrator alone, and read without its password', async () => {
    await set('sandi proksi é');
    const clerk = await o.t.as('petugas_loket');
    expect(await codeOf(clerk.proxy.read.query())).toBe('not_allowed');
    expect(await codeOf(clerk.proxy.set.mutate(null))).toBe('not_allowed');
    expect(JSON.stringify(await (await o.t.as('administrator')).proxy.read.query())).not.toContain('sandi');
    expect(await codeOf(set('x', 70_000))).toBe('invalid_input');
  });

  it.each([
    ['the same proxy and name', {}, true],
    ['another host', { host: 'localhost' }, false],
    ['another port', { port: 1 }, false],
    ['another name', { username: 'lain' }, false],
    ['no name', { username: '' }, false],
    ['a password without a name', { username: '', password: 'x' }, false],
  ])('keeps a stored password for %s: %#', async (_, change, hasPassword) => {
    await set('sandi proksi é');
    const administrator = await o.t.as('administrator');
    const told = { host: '127.0.0.1', port: proxy.port, username: 'kantor', password: null };
    expect(await administrator.proxy.set.mutate({ ...told, ...change })).toMatchObject({ hasPassword });
    expect(await set(null)).toMatchObject({ hasPassword });
  });

  it.each<[string, (address: string) => { status: number; headers: Record<string, string>; body: string }]>([
    [
      'a page in the place of an answer',
      () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<title>Wi-Fi</title>' }),
    ],
    ['a redirect to its log-in', (at) => ({ status: 302, headers: { location: `${at}/masuk` }, body: '' })],
    [
      'JSON of its own',
      () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"login":true}' }),
    ],
  ])('knows a captive portal by %s', async (_, answer) => {
    await o.enrol(province.server);
    await o.until(({ connection }) => connection === 'tersambung');
    const portal = createServer((request, response) => {
      const { status, headers, body } = answer(`http://${request.headers.host}`);
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    const bound = portal.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    o.line.fault = async ({ url, init }) => await fetch(url.replace(/:\d+/, `:${port}`), init);
    await o.legalise(1);
    const status = await o.until(({ connection }) => connection === 'terputus');
    expect(status.sentence).toContain('Yang menjawab bukan server provinsi');
    o.line.fault = null;
    await o.until(({ confirmed }) => confirmed === 1);
    portal.closeAllConnections();
    await new Promise((resolve) => portal.close(resolve));
  });
});
