import { createServer } from 'node:http';
import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestProvince } from '../provincial-server/testing.ts';
import { codeOf } from './office.ts';
import { lendOffice, patient, type PushingOffice } from './pushing.ts';
import { type Certificate, certify, SecureProvince } from './secure-province.ts';
import { TestProxy } from './test-proxy.ts';

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

describe('the province behind TLS, through a proxy', () => {
  let province: TestProvince;
  let proxy: TestProxy;
  let o: PushingOffice;
  let good: Certificate;
  let secure: SecureProvince;

  beforeAll(async () => {
    const authority = await certify('CA Percobaan', { authority: true });
    good = await certify('localhost', { issuer: authority });
    const known = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...known, authority.cert]);
    secure = new SecureProvince(good);
    proxy = new TestProxy('kantor:sandi');
    await Promise.all([secure.start(), proxy.start()]);
    return () => tls.setDefaultCACertificates(known);
  });
  afterAll(() => Promise.all([secure.stop(), proxy.stop()]));
  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });
  beforeEach(async () => {
    secure.behind = province.server.address;
    secure.show(good);
    proxy.tunnels.length = 0;
    proxy.refusing = false;
    const administrator = await o.t.as('administrator');
    await administrator.proxy.set.mutate({
      host: '127.0.0.1',
      port: proxy.port,
      username: 'kantor',
      password: 'sandi',
    });
  });

  const enrol = async (): Promise<string> =>
    await codeOf(o.enrol({ ...province.server, address: secure.address }));

  it('enrols and pushes under its certificate, and every line runs through the proxy', async () => {
    expect(await enrol()).toBe('no error');
    const caseId = await o.legalise(1);
    await o.until(({ confirmed }) => confirmed === 1);
    expect([o.item(caseId)?.state, o.item(caseId)?.receipt?.id]).toEqual(['diterima', expect.any(String)]);
    expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(secure.address).host]));
    expect(proxy.tunnels.length).toBeGreaterThanOrEqual(secure.lines);
  });

  it('sends nothing to another certificate behind the proxy, says so, and goes on with the right one', async () => {
    const other = await certify('localhost', { issuer: await certify('CA Lain', { authority: true }) });
    secure.show(other);
    const before = secure.requests;
    expect([await enrol(), secure.requests]).toEqual(['province_untrusted', before]);
    secure.show(good);
    expect(await enrol()).toBe('no error');
    await o.until(({ connection }) => connection === 'tersambung');

    secure.show(other);
    const status = await o.until(({ connection }) => connection === 'terputus');
    expect(status.sentence).toContain('Sertifikat server provinsi tidak dapat dipercaya');
    const { requests } = secure;
    const caseId = await o.legalise(1);
    const tunnels = proxy.tunnels.length;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(proxy.tunnels.length).toBeGreaterThan(tunnels + 1), patient);
    expect([secure.requests, o.item(caseId)?.state]).toEqual([requests, 'menunggu']);

    secure.show(good);
    o.register().push?.retryNow();
    await o.until(({ confirmed }) => confirmed === 1);
  });

  it('keeps the tunnel that stands, and says that the proxy refuses once it wants a new one', async () => {
    expect(await enrol()).toBe('no error');
    const [first, second] = [await o.registered(1), await o.registered(2)];
    o.legaliseRegistered(first.caseId);
    await o.until(({ confirmed }) => confirmed === 1);
    proxy.refusing = true;
    const { lines } = secure;
    o.legaliseRegistered(second.caseId);
    await o.until(({ confirmed }) => confirmed === 2);
    expect(secure.lines).toBe(lines);

    proxy.hangUp();
    const status = await o.until(({ connection }) => connection === 'terputus');
    expect(status.sentence).toContain('Proksi jaringan menolak');
    const caseId = await o.legalise(3);
    const { refused } = proxy;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(proxy.refused).toBeGreaterThan(refused + 1), patient);
    expect([secure.lines, o.item(caseId)?.state]).toEqual([lines, 'menunggu']);

    proxy.refusing = false;
    o.register().push?.retryNow();
    await o.until(({ confirmed }) => confirmed === 3);
    expect(o.item(caseId)?.state).toBe('diterima');
  });
});
