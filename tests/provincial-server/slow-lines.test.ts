import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureHeader, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { createEnrolmentCode } from './offices.ts';
import { createOperator } from './operator/operators.ts';
import { findNewestAction, OperatorBrowser } from './operator/testing.ts';
import { createReadToken, revokeReadToken } from './read-tokens.ts';
import type { ProvincialServer } from './start.ts';
import { detached, gambir, legalised, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

/** Requests whose bodies come slowly, at a server that works on two requests at a time. */
describe('slow lines', () => {
  let province: TestProvince;
  let server: ProvincialServer;
  const lines: SlowLine[] = [];

  beforeAll(async () => {
    province = await startTestProvince();
    server = await province.startAnother({ concurrency: 2 });
  });
  afterAll(async () => {
    for (const line of lines) line.drop();
    await province.stop();
  });

  async function slowly(path: string, headers: Record<string, string>, body: string): Promise<SlowLine> {
    const line = await SlowLine.open(server, path, headers, body);
    lines.push(line);
    return line;
  }

  async function slowPush(office: TestOffice): Promise<SlowLine> {
    const batch = {
      wire: wireVersion,
      batchId: crypto.randomUUID(),
      officeId: office.id,
      sentAt: new Date().toISOString(),
      records: [legalised()],
    };
    const body = JSON.stringify(batch);
    const headers = {
      authorization: `Bearer ${office.credential}`,
      [signatureHeader]: await detached(office.privateKey, body, signatureType.batch),
    };
    return await slowly('/v1/batches', headers, body);
  }

  /** So that of the slow ones none is asked to wait because two others have just come. */
  async function turnComes({ credential }: TestOffice): Promise<void> {
    let status = 429;
    for (let tries = 0; status === 429 && tries < 500; tries += 1) {
      const headers = { authorization: `Bearer ${credential}` };
      const response = await fetch(`${server.address}/v1/courier-key`, { headers });
      await response.arrayBuffer();
      ({ status } = response);
    }
    expect(status).toBe(200);
  }

  it('keep nobody else from being served, and are served when all is there', async () => {
    const slow: SlowLine[] = [];
    for (let n = 0; n < 4; n += 1) {
      const office = await TestOffice.enrolled(province.server);
      for (let line = 0; line < 3; line += 1) {
        slow.push(await slowPush(office));
        await turnComes(office);
      }
    }
    const quick = await TestOffice.enrolled(province.server);
    expect(await quick.answers(server, [legalised()])).toMatchObject([{ status: 'accepted' }]);
    const answers: string[] = [];
    for (const line of slow) answers.push(await line.finish());
    expect(answers).toEqual(slow.map(() => expect.stringContaining('"status":"accepted"')));
  });

  it('of an office itself do not keep it out: the oldest is let go', async () => {
    const office = await TestOffice.enrolled(province.server);
    const forgotten: Promise<string>[] = [];
    for (let line = 0; line < 4; line += 1) {
      forgotten.push((await slowPush(office)).answer());
      await turnComes(office);
    }
    // The fourth may still be looked at when the first comes that is sent at once; not when the second does.
    for (let sent = 0; sent < 2; sent += 1)
      expect(await office.answers(server, [legalised()])).toMatchObject([{ status: 'accepted' }]);
    expect(await Promise.race(forgotten)).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"cut_off"/);
  });

  it('do not let a reader read whose token was revoked while the question arrived', async () => {
    const asker = { reader: 'situs', role: 'provinsi', area: '31', days: 90 } as const;
    const { id, token } = await createReadToken(server.pool, asker, new Date());
    const authorization = `Bearer ${token}`;
    const line = await slowly('/v1/read/families', { authorization }, '{"wire":1,"name":"siti"}');
    await turnComes(await TestOffice.enrolled(province.server));
    await revokeReadToken(server.pool, id, new Date());
    expect(await line.finish()).toContain('"code":"token_unknown"');
  });

  it('do not let an operator do anything whose session ended while the form arrived', async () => {
    await createOperator(server.pool, 'Rini', 'air tenang menghanyutkan', new Date());
    const browser = new OperatorBrowser(server.address);
    await browser.login('rini', 'air tenang menghanyutkan');
    const headers = { cookie: browser.cookie ?? '', 'content-type': 'application/x-www-form-urlencoded' };
    const form = new URLSearchParams({ formToken: browser.formToken, wilayah: gambir });
    const line = await slowly('/operator/kode', headers, String(form));
    await turnComes(await TestOffice.enrolled(province.server));
    await browser.submit('/operator/keluar', {});
    expect(await line.finish()).toMatch(/^HTTP\/1\.1 303 [\s\S]*location: \/operator\/masuk/i);
    expect(await findNewestAction(server.pool)).toBeUndefined();
  });

  it('of strangers keep no office from enrolling, nor an operator from the log-in', async () => {
    for (let n = 0; n < 65; n += 1) {
      await slowly('/v1/enrol', { 'content-type': 'application/json' }, '{"wire":1,"code":"…"}');
      await slowly(
        '/operator/masuk',
        { 'content-type': 'application/x-www-form-urlencoded' },
        'nama=rini&sandi=salah',
      );
    }
    const office = await TestOffice.create();
    const code = await createEnrolmentCode(server.pool, gambir, new Date());
    expect((await office.enrol(server, code)).status).toBe(200);
    const login = await fetch(`${server.address}/operator/masuk`, {
      method: 'POST',
      body: new URLSearchParams({ nama: 'rini', sandi: 'salah' }),
    });
    expect(login.status).toBe(401);
  });
});

/** A request of which the server has the head, and half a body. */
class SlowLine {
  readonly #socket: Socket;
  readonly #rest: string;
  readonly #answer: Promise<string>;

  private constructor(socket: Socket, rest: string) {
    this.#socket = socket;
    this.#rest = rest;
    this.#answer = new Promise((resolve) => {
      let heard = '';
      socket.on('data', (piece) => (heard += String(piece)));
      socket.once('close', () => resolve(heard));
    });
  }

  static async open(
    { address }: Pick<ProvincialServer, 'address'>,
    path: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<SlowLine> {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    const lines = {
      host: 'provinsi',
      expect: '100-continue',
      connection: 'close',
      'content-length': Buffer.byteLength(body),
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST ${path} HTTP/1.1\r\n${head.join('')}\r\n`);
    // The server has read the head, and turned to the request.
    await once(socket, 'data');
    socket.write(body.slice(0, 5));
    return new SlowLine(socket, body.slice(5));
  }

  async answer(): Promise<string> {
    return await this.#answer;
  }

  async finish(): Promise<string> {
    this.#socket.write(this.#rest);
    return await this.#answer;
  }

  drop(): void {
    this.#socket.destroy();
  }
}
