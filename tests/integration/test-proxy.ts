import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A small real proxy: it tunnels for those who say who they are, and notes for whom. */
export class TestProxy {
  readonly tunnels: string[] = [];
  /** How often it was asked for one, and let nobody through. */
  refused = 0;
  /** It lets nobody through any more; the tunnels that stand go on. */
  refusing = false;
  readonly #server: Server;
  readonly #open = new Set<Duplex>();
  port = 0;

  constructor(credentials: string | null) {
    const expected =
      credentials === null ? null : `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
    this.#server = createServer((_, response) => response.writeHead(400).end());
    this.#server.on('connect', (request, socket, head) => {
      this.#open.add(socket);
      if (this.refusing || (expected !== null && request.headers['proxy-authorization'] !== expected)) {
        this.refused += 1;
        // Its line stays open for another try, as with proxies that ask for a name.
        socket.write('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
        return void this.#server.emit('connection', socket);
      }
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

  /** Every tunnel ends, as those that were idle for long do. */
  hangUp(): void {
    for (const socket of this.#open) socket.destroy();
    this.#open.clear();
  }

  async stop(): Promise<void> {
    this.hangUp();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
