import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loopbackAddresses } from '../../electron/door/address.ts';
import { createDoor } from '../../electron/door/door.ts';
import { createLog } from '../../electron/log.ts';
import { buildApp } from '../../electron/packaging/build-app.ts';
import { Shell } from '../electron-shell/shell.ts';
import { startServe } from '../serve-process.ts';
import { makeOfficeFolder, openTestOffice, password, TestClock } from './office.ts';

/** One way to the office, as its callers see it. */
interface OpenDoor {
  /** Scheme, host and port it is called by. */
  address: string;
  ask(request: Request): Promise<Response>;
  close(): Promise<unknown>;
}

const assets = resolve('dist/renderer');
const app = resolve(`tests/.output/doors-app-${process.pid}`);

const doors: Record<string, (folder: string) => Promise<OpenDoor>> = {
  async 'the bare office behind its door'() {
    const { office, close } = await openTestOffice();
    const door = createDoor({
      office,
      assets,
      addresses: loopbackAddresses,
      clock: new TestClock(),
      log: createLog('silent'),
    });
    return { address: 'http://127.0.0.1:4321', ask: door.fetch, close };
  },

  async 'the plain Node door'(folder) {
    await makeOfficeFolder(folder);
    const serve = await startServe(folder);
    return { address: serve.address.slice(0, -1), ask: (request) => fetch(request), close: serve.stop };
  },

  async 'the Electron window'(folder) {
    await makeOfficeFolder(folder);
    const shell = new Shell(app, '--data', folder);
    await shell.waitFor('shown');
    return { address: 'app://mutakhir', ask: (request) => shell.fetch(request), close: () => shell.stop() };
  },
};

beforeAll(() => buildApp(app));
afterAll(() => rmSync(app, { recursive: true, force: true }));

describe.each(Object.entries(doors))('%s', (_name, open) => {
  let folder: string;
  let door: OpenDoor;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mutakhir-doors-'));
    door = await open(folder);
  });
  afterAll(async () => {
    await door.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    door.ask(new Request(`${door.address}${path}`, { headers }));
  const post = (path: string, body: BodyInit = '', headers: Record<string, string> = {}) =>
    door.ask(
      new Request(`${door.address}${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    );

  test('serves the built screen, hashed files for ever and the page never from a cache', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const [script] = /\/assets\/[^"]+\.js/.exec(await page.text()) ?? [];
    const asset = await get(script ?? '/no-script-in-the-page');
    expect(asset.status).toBe(200);
    expect(asset.headers.get('content-type')).toMatch('text/javascript');
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  test('an address of the screen gets the page again after a reload', async () => {
    expect(await (await get('/pendaftaran/baru')).text()).toBe(await (await get('/')).text());
  });

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
  ])('no path leaves the screen folder: %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ problem: { code: 'not_found' } });
  });

  test('lets no script in but its own, and no page around it', async () => {
    for (const response of [await get('/'), await post('/rpc/session.status')]) {
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  test('answers without cookies, and nothing of it may be kept', async () => {
    const response = await post('/rpc/session.status');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.has('set-cookie')).toBe(false);
    expect((await post('/files/document', '{}')).headers.get('cache-control')).toBe('no-store');
  });

  test('means nobody is logged in: identity is the token that a login gave', async () => {
    const login = await post('/rpc/session.login', JSON.stringify({ username: 'administrator1', password }));
    const { token } = (await login.json()).result.data;
    expect((await post('/rpc/session.current', '', { authorization: `Bearer ${token}` })).status).toBe(200);

    const receipt = JSON.stringify({ kind: 'tanda_terima', input: {} });
    for (const authorization of ['', 'Bearer made-up', `Basic ${token}`, token]) {
      const call = await post('/rpc/session.current', '', { authorization });
      expect(call.status).toBe(401);
      expect(await call.json()).toMatchObject({ error: { data: { problem: { code: 'not_logged_in' } } } });
      const document = await post('/files/document', receipt, { authorization, cookie: `token=${token}` });
      expect(document.status).toBe(401);
      expect(await document.json()).toMatchObject({ problem: { code: 'not_logged_in' } });
    }
  });

  test('is closed to pages of elsewhere, by the host they call and the origin they come from', async () => {
    const foreign = await post('/rpc/session.status', '', { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toMatchObject({ problem: { code: 'cross_origin' } });
    const own = await post('/rpc/session.status', '', { origin: door.address });
    expect(own.status).toBe(200);
  });

  test('takes no body beyond its limit', async () => {
    const response = await post('/rpc/session.login', JSON.stringify({ username: 'x'.repeat(3_000_000) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ problem: { code: 'body_too_large' } });
  });

  test('says what is not there in the one error shape', async () => {
    for (const path of ['/files/nothing', '/workstation/print', '/assets/gone-12345678.js']) {
      const response = await (path.startsWith('/assets') ? get(path) : post(path));
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        problem: {
          code: 'not_found',
          message: expect.any(String),
          next: expect.any(String),
          details: {},
          fields: [],
        },
      });
    }
  });
});

test('the plain Node door is called by its own names only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-doors-'));
  const serve = await startServe(folder);
  const rebound = await askWithHost(serve.address, 'evil.example');
  expect(rebound).toBe(421);
  expect(await askWithHost(serve.address, 'localhost')).toBe(200);
  await serve.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** `fetch` sets the Host header itself; a page whose name was rebound sends another. */
async function askWithHost(address: string, name: string): Promise<number | undefined> {
  const { port } = new URL(address);
  const asked = request({ host: '127.0.0.1', port, headers: { host: `${name}:${port}` } });
  asked.end();
  const [answer]: IncomingMessage[] = await once(asked, 'response');
  answer?.resume();
  return answer?.statusCode;
}
