import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import pino from 'pino';
import { AppError, type AppProblem } from '../../shared/errors.ts';
import { loopbackAddresses } from './address.ts';
import { createDoor, type Door } from './door.ts';

/** Stands in for the office: says what it was asked, or fails when told to. */
const office = {
  async fetch(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    if (path === '/rpc/broken') throw new TypeError('a mistake of ours');
    if (path === '/rpc/stopped') throw new AppError('office_stopped');
    return Response.json({ path, body: await request.text() });
  },
};

let folder: string;
/** What the door wrote to its log. */
let lines: string[];
let now: Date;
let door: Door;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-door-'));
  mkdirSync(join(folder, 'screen', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not for the screen');
  writeFileSync(join(folder, 'screen', 'index.html'), '<!doctype html><title>Mutakhir</title>');
  writeFileSync(join(folder, 'screen', 'assets', 'index-abc123.js'), 'export {};');
  lines = [];
  now = new Date('2026-11-22T04:00:00Z');
  door = createDoor({
    office,
    assets: join(folder, 'screen'),
    addresses: loopbackAddresses,
    clock: { now: () => now },
    rate: { burst: 3, perSecond: 1 },
    log: pino({ base: null }, { write: (line) => void lines.push(line) }),
  });
});

afterEach(() => rmSync(folder, { recursive: true }));

const call = (path: string, init?: RequestInit) =>
  door.fetch(new Request(`http://127.0.0.1:4321${path}`, init));
const post = (path: string, body: BodyInit = '') => call(path, { method: 'POST', body });
async function problemOf(response: Response): Promise<AppProblem> {
  const { problem } = JSON.parse(await response.text());
  return problem;
}

describe('the screen', () => {
  test('hashed files may be kept for ever, the page itself never', async () => {
    const script = await call('/assets/index-abc123.js');
    expect(script.headers.get('content-type')).toMatch('text/javascript');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const page = await call('/');
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('an address of the screen router gets the page, a missing file does not', async () => {
    expect(await (await call('/pendaftaran/baru')).text()).toContain('<title>Mutakhir');
    expect((await call('/assets/gone-123456.js')).status).toBe(404);
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/..\\secret.txt',
  ])('a path that leaves the folder is refused: %s', async (path) => {
    const response = await call(path);
    expect(response.status).toBe(404);
    expect(await problemOf(response)).toMatchObject({ code: 'not_found' });
  });

  test('is read only', async () => {
    expect((await post('/assets/index-abc123.js')).status).toBe(404);
  });
});

describe('every answer', () => {
  test.each(['/', '/rpc/x', '/files/x', '/assets/gone.js'])(
    'carries the security headers: %s',
    async (path) => {
      const { headers } = await call(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.has('set-cookie')).toBe(false);
    },
  );

  test('of the office is never kept', async () => {
    expect((await post('/rpc/x')).headers.get('cache-control')).toBe('no-store');
    expect((await call('/files/x')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the office behind it', () => {
  test('gets the request as it came', async () => {
    expect(await (await post('/rpc/cases.list', '{"a":1}')).json()).toEqual({
      path: '/rpc/cases.list',
      body: '{"a":1}',
    });
  });

  test('is not asked for what belongs to the workstation', async () => {
    expect(await problemOf(await post('/workstation/print'))).toMatchObject({ code: 'not_found' });
  });

  test('that has stopped is named as such', async () => {
    expect(await problemOf(await post('/rpc/stopped'))).toMatchObject({ code: 'office_stopped' });
    expect(lines).toEqual([]);
  });

  test('that fails leaves a reference for the log and the screen alike', async () => {
    const problem = await problemOf(await post('/rpc/broken'));
    expect(problem.code).toBe('internal');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { reference: problem.details['reference'], kind: 'TypeError' },
    ]);
    expect(problem.next).toContain(String(problem.details['reference']));
  });
});

describe('limits', () => {
  test('a caller gone wild is slowed, and let in again', async () => {
    for (let i = 0; i < 3; i++) expect((await post('/rpc/x')).status).toBe(200);
    expect(await problemOf(await post('/rpc/x'))).toMatchObject({ code: 'rate_limited' });
    now = new Date(now.getTime() + 1000);
    expect((await post('/rpc/x')).status).toBe(200);
  });

  test('a foreign page reaches neither office nor screen', async () => {
    const foreign = await call('/rpc/x', { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(await problemOf(foreign)).toMatchObject({ code: 'cross_origin' });
    const rebound = await door.fetch(new Request('http://evil.example/'));
    expect(rebound.status).toBe(421);
  });
});
