import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, createServer as createRelay, type Server as Relay } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { signatureHeader } from '../../shared/provincial/wire.ts';

/** Made when the test runs, and valid around this day: nothing of it is kept anywhere. */
export interface Certificate {
  private: string;
  cert: string;
}

const day = 86_400_000;

export async function certify(
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

/** The province behind TLS, at `localhost`: what comes through its handshake is counted, and handed on to the real server. */
export class SecureProvince {
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
    // Another machine, which resumes none of the sessions that this one began.
    this.#server.setTicketKeys(randomBytes(48));
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
