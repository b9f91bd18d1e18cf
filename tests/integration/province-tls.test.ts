import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { logIn, type ServeProcess, startServeIn } from '../serve-process.ts';
import { type Client, codeOf, kelurahan, password } from './office.ts';
import { lendOffice, patient, type PushingOffice } from './pushing.ts';
import { type Certificate, certify, SecureProvince } from './secure-province.ts';
import { TestProxy } from './test-proxy.ts';

describe('the province behind TLS', () => {
  let province: TestProvince;
  let o: PushingOffice;
  let authority: Certificate;
  let good: Certificate;
  let secure: SecureProvince;
  let agent: Agent;

  beforeAll(async () => {
    authority = await certify('CA Percobaan', { authority: true });
    good = await certify('localhost', { issuer: authority });
    secure = new SecureProvince(good);
    await secure.start();
  });
  afterAll(() => secure.stop());
  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });
  beforeEach(async () => {
    secure.behind = province.server.address;
    secure.cutting = false;
    secure.show(good);
    agent = new Agent({ connect: { ca: authority.cert, maxCachedSessions: 0 } });
    o.line.fault = async ({ url, init }) => {
      const through: RequestInit & { dispatcher: Agent } = { ...init, dispatcher: agent };
      return await fetch(url, through);
    };
    return () => agent.destroy();
  });

  async function enrol(code: string): Promise<string> {
    const administrator = await o.t.as('administrator');
    return await codeOf(administrator.sync.enrol.mutate({ address: secure.address, code }));
  }

  const untrusted = {
    code: 'province_untrusted',
    sentence: 'Sertifikat server provinsi tidak dapat dipercaya',
  };

  it.each<[what: string, wrong: () => Promise<Certificate> | null, told: typeof untrusted]>([
    ['signed by itself', () => certify('localhost'), untrusted],
    [
      'of an issuer that nobody knows',
      async () => certify('localhost', { issuer: await certify('CA Lain', { authority: true }) }),
      untrusted,
    ],
    ['out of date', () => certify('localhost', { from: -3, until: -1, issuer: authority }), untrusted],
    ['not yet valid', () => certify('localhost', { from: 1, until: 3, issuer: authority }), untrusted],
    ['for another machine', () => certify('lain.test', { issuer: authority }), untrusted],
    [
      'that does not arrive whole',
      () => null,
      { code: 'province_unreachable', sentence: 'tidak dapat dihubungi' },
    ],
  ])(
    'neither enrols with nor sends to a certificate %s, keeps it all, and goes on with the right one',
    async (_, wrong, told) => {
      const certificate = await wrong();
      const show = (right: boolean): void => {
        secure.cutting = certificate === null && !right;
        secure.show(right ? good : (certificate ?? good));
      };
      const code = await createEnrolmentCode(province.server.pool, kelurahan, o.t.clock.now());
      const before = secure.requests;
      show(false);
      expect([await enrol(code), secure.requests]).toEqual([told.code, before]);
      show(true);
      expect(await enrol(code)).toBe('no error');
      await o.until(({ connection }) => connection === 'tersambung');

      show(false);
      const status = await o.until(({ connection }) => connection === 'terputus');
      expect(status.sentence).toContain(told.sentence);
      const { requests } = secure;
      const caseId = await o.legalise(1);
      const { lines } = secure;
      o.register().push?.retryNow();
      await vi.waitFor(() => expect(secure.lines).toBeGreaterThan(lines + 1), patient);
      expect([secure.requests, o.status().waiting, o.item(caseId)?.state]).toEqual([requests, 1, 'menunggu']);

      show(true);
      o.register().push?.retryNow();
      await o.until(({ confirmed }) => confirmed === 1);
      expect(o.item(caseId)?.state).toBe('diterima');
    },
  );
});

// Elsewhere Node asks the system itself, which no test may give a certificate.
describe.runIf(process.platform === 'linux')('an authority that only the computer itself trusts', () => {
  let province: TestProvince;
  let o: PushingOffice;
  let secure: SecureProvince;
  let proxy: TestProxy;
  /** What the system reads its authorities from. */
  let system: { root: string; withIt: NodeJS.ProcessEnv; without: NodeJS.ProcessEnv };

  beforeAll(async () => {
    const authority = await certify('CA Kantor', { authority: true });
    const root = mkdtempSync(join(tmpdir(), 'mutakhir-sertifikat-'));
    const [file, empty] = [join(root, 'kantor.pem'), join(root, 'kosong')];
    writeFileSync(file, authority.cert);
    mkdirSync(empty);
    const without = { SSL_CERT_FILE: '', SSL_CERT_DIR: empty };
    system = { root, without, withIt: { ...without, SSL_CERT_FILE: file } };
    secure = new SecureProvince(await certify('localhost', { issuer: authority }));
    proxy = new TestProxy(null);
    await Promise.all([secure.start(), proxy.start()]);
  });
  afterAll(async () => {
    await Promise.all([secure.stop(), proxy.stop()]);
    rmSync(system.root, { recursive: true });
  });
  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });

  /** The program itself, on this office's folder. */
  async function start(env: NodeJS.ProcessEnv): Promise<{ serve: ServeProcess; administrator: Client }> {
    const serve = await startServeIn(env, o.t.dataDir);
    return { serve, administrator: await logIn(serve, { username: 'administrator1', password }) };
  }

  it.each([
    ['straight', false],
    ['through a proxy', true],
  ])('is trusted by the program as it runs, %s', async (_, isProxied) => {
    secure.behind = province.server.address;
    await o.t.as('administrator');
    await o.t.office.close();
    const code = await createEnrolmentCode(province.server.pool, kelurahan, new Date());
    const enrolment = { address: secure.address, code };

    const without = await start(system.without);
    if (isProxied)
      await without.administrator.proxy.set.mutate({
        host: '127.0.0.1',
        port: proxy.port,
        username: '',
        password: null,
      });
    expect(await codeOf(without.administrator.sync.enrol.mutate(enrolment))).toBe('province_untrusted');
    expect(await without.serve.stop()).toBe(0);

    const within = await start(system.withIt);
    expect(await codeOf(within.administrator.sync.enrol.mutate(enrolment))).toBe('no error');
    await vi.waitFor(
      async () =>
        expect(await within.administrator.sync.status.query()).toMatchObject({ connection: 'tersambung' }),
      patient,
    );
    expect(proxy.tunnels.length > 0).toBe(isProxied);
    expect(await within.serve.stop()).toBe(0);
    expect(within.serve.output()).toBe(`Mutakhir siap di ${within.serve.address}\n`);
  });
});
