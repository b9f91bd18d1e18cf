import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, createServer as createRelay, type Server as Relay } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signatureHeader } from '../../shared/provincial/wire.ts';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { codeOf, kelurahan } from './office.ts';
import { lendOffice, patient, type PushingOffice } from './pushing.ts';

/** Made when the test runs, and valid around this day: nothing of it is kept anywhere. */
interface Certificate {
  private: string;
  cert: string;
}

const day = 86_400_000;

async function certify(
  name: string,
  {
    from = -1,
    until = 1,
    issuer,
    authority = false,
  }: { from?: number; until?: number; issuer?: Certificate; authority?: boolean } = {},
): Promise<Certificate> {
  return await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() + from * day),
    notAfterDate: new Date(Date.now() + until * day),
    extensions: [
      { name: 'basicConstraints', cA: authority, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: authority, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
    ...(issuer === undefined ? {} : { ca: { key: issuer.private, cert: issuer.cert } }),
  });
}

async function listen(server: Server | Relay): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

const handedOn = ['authorization', 'content-type', 'content-encoding', signatureHeader];

/** The province behind TLS: what comes through its handshake is counted, and handed on to the real server. */
class SecureProvince {
  readonly #server: Server;
  readonly #relay: Relay;
  readonly #open = new Set<{ destroy: () => unknown }>();
  /** Requests that arrived. */
  requests = 0;
  /** Lines that were begun, also such as led to nothing. */
  lines = 0;
  /** Every line breaks at the server's first words. */
  cutting = false;
  behind = '';
  address = '';

  constructor(certificate: Certificate) {
    this.#server = createServer({ key: certificate.private, cert: certificate.cert }, (request, response) => {
      this.requests += 1;
      this.#handOn(request, response).catch(() => response.destroy());
    });
    this.#server.on('tlsClientError', () => undefined);
    this.#relay = createRelay((socket) => {
      const bound = this.#server.address();
      const far = connect(typeof bound === 'object' && bound !== null ? bound.port : 0, '127.0.0.1');
      this.#open.add(socket);
      this.lines += 1;
      socket.pipe(far);
      far.on('data', (bytes) => {
        socket.write(this.cutting ? bytes.subarray(0, 20) : bytes);
        if (this.cutting) socket.destroy();
      });
      for (const [end, other] of [
        [socket, far],
        [far, socket],
      ] as const)
        end.on('error', () => other.destroy()).on('close', () => other.destroy());
    });
  }

  async #handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const answer = await fetch(`${this.behind}${request.url}`, {
      method: request.method ?? 'GET',
      headers: handedOn.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      }),
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  async start(): Promise<void> {
    await listen(this.#server);
    this.address = `https://localhost:${await listen(this.#relay)}`;
  }

  show({ private: key, cert }: Certificate): void {
    this.#server.setSecureContext({ key, cert });
    this.hangUp();
  }

  hangUp(): void {
    for (const socket of this.#open) socket.destroy();
    this.#open.clear();
  }

  async stop(): Promise<void> {
    this.hangUp();
    for (const server of [this.#relay, this.#server]) await new Promise((resolve) => server.close(resolve));
  }
}

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
