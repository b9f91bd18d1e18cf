import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestProvince, type TestProvince } from '../provincial-server/testing.ts';
import { logIn, startServe } from '../serve-process.ts';
import { password } from './office.ts';
import { openPushingOffice } from './pushing.ts';

const administrator = { username: 'administrator1', password };

/** A network box between office and province: it delivers, and may keep the answers to itself. */
class Box {
  readonly #server = createServer((request, response) => void this.#forward(request, response));
  readonly #target: string;
  down = false;
  keepAnswers = false;
  kept = 0;

  constructor(target: string) {
    this.#target = target;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const bound = this.#server.address();
    if (bound === null || typeof bound === 'string') throw new Error('The box has no port.');
    return `http://127.0.0.1:${bound.port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.down) {
      request.socket.destroy();
      return;
    }
    const body = await request.toArray();
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        (header): header is [string, string] =>
          typeof header[1] === 'string' &&
          !['host', 'connection', 'content-length', 'transfer-encoding'].includes(header[0]),
      ),
    );
    const answer = await fetch(`${this.#target}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (this.keepAnswers && request.url === '/v1/batches') {
      this.kept += 1;
      return;
    }
    response
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      .end(content);
  }
}

describe('a program that is killed while the province answers', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await startTestProvince();
  });
  afterAll(() => province.stop());

  it('sends again after its restart, and each case stands there exactly once', async () => {
    const box = new Box(province.server.address);
    const address = await box.listen();
    const office = await openPushingOffice();
    await office.enrol({ ...province.server, address });
    await office.until((status) => status.connection === 'tersambung');
    box.down = true;
    const caseIds = [await office.legalise(1), await office.legalise(2), await office.legalise(3)];
    await office.t.office.close();

    box.down = false;
    box.keepAnswers = true;
    const doomed = await startServe(office.t.dataDir);
    await logIn(doomed, administrator);
    await eventually(() => box.kept > 0);
    expect(await count(caseIds)).toBe(3);
    await doomed.kill();

    box.keepAnswers = false;
    const revived = await startServe(office.t.dataDir);
    const client = await logIn(revived, administrator);
    await eventually(async () => (await client.sync.status.query()).confirmed === 3);
    const { rows: items } = await client.sync.list.query({ part: 'semua', offset: 0, limit: 10 });
    const { rows } = await province.server.pool.query(
      'SELECT receipt_id FROM record WHERE case_id = ANY ($1) ORDER BY receipt_id',
      [caseIds],
    );
    expect(items.map((item) => item.receipt?.id).sort()).toEqual(rows.map((row) => row.receipt_id));
    expect(await count(caseIds)).toBe(3);
    expect(await revived.stop()).toBe(0);
    box.close();
  });

  async function count(caseIds: string[]): Promise<number> {
    const { rows } = await province.server.pool.query(
      'SELECT count(*)::int AS n FROM record WHERE case_id = ANY ($1)',
      [caseIds],
    );
    return rows[0].n;
  }
});

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came to hold.');
}
