import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../electron/training/random.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';

/** What a line of real sockets can do to one request. */
export const noFate = {
  delivered: 0,
  refused: 0,
  tls_broken: 0,
  half_request: 0,
  request_lost: 0,
  answer_lost: 0,
  half_answer: 0,
  delivered_twice: 0,
  delivered_late: 0,
  slow: 0,
  one_byte_a_second: 0,
  silent: 0,
  silent_for_good: 0,
  captive_portal: 0,
  http_500: 0,
  http_503: 0,
  http_429: 0,
};
type Fate = keyof typeof noFate;

/** All that {@link FaultyProxy.counts} counts. */
export const proxyFates: readonly string[] = Object.keys(noFate);

const calm: Record<Fate, number> = { ...noFate, delivered: 1 };
/** A request is whole when nothing more came for so many milliseconds. */
const quiet = 30;
/** Milliseconds after which a line that swallows everything is torn down. */
const patience = 1_500;
/** What a slow line carries at a time, in bytes, and how often, in milliseconds. */
const slowly: Pace = { bytes: 512, every: 20 };
/** The same of one that hardly carries anything, and for how many milliseconds; what is left then comes at once. */
const hardly: Pace = { bytes: 1, every: 1_000 };
const hardlyFor = 4_000;

/**
 * A network box between office and province on real TCP: it looks into nothing, and what it does to
 * each request is drawn from the seed.
 */
export class FaultyProxy {
  readonly #random: Random;
  readonly #target: number;
  readonly #server = createServer((socket) => this.#take(socket));
  readonly #sockets = new Set<Socket>();
  /** How often each fate strikes; a calm line only delivers. */
  weights: Readonly<Record<Fate, number>> = calm;
  #cut = false;
  readonly counts: Record<string, number> = {};
  requests = 0;

  /** @param target port of the province on loopback */
  constructor(random: Random, target: number) {
    this.#random = random;
    this.#target = target;
  }

  /** Base address for the office. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const bound = this.#server.address();
    if (bound === null || typeof bound === 'string') throw new Error('The proxy has no port.');
    return `http://127.0.0.1:${bound.port}`;
  }

  /** Some of all that can be done to a request is done from now on. */
  growRough(): void {
    const struck = Object.keys(noFate).map((fate) => [
      fate,
      this.#random.chance(0.4) ? this.#random.next() : 0,
    ]);
    this.weights = { ...noFate, ...Object.fromEntries(struck), delivered: this.#random.pick([1, 3]) };
  }

  /** Takes the cable out, or puts it back in. */
  cut(out: boolean): void {
    this.#cut = out;
    if (out) for (const socket of this.#sockets) socket.destroy();
  }

  growCalm(): void {
    this.weights = calm;
    this.cut(false);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #take(client: Socket): void {
    this.#watch(client);
    if (this.#cut) {
      client.resetAndDestroy();
      return;
    }
    let gathered: Buffer[] = [];
    let whole: NodeJS.Timeout | undefined;
    const line: Line = { client, upstream: null, carried: Promise.resolve() };
    client.on('data', (piece) => {
      gathered.push(Buffer.from(piece));
      clearTimeout(whole);
      whole = setTimeout(() => {
        const request = Buffer.concat(gathered);
        gathered = [];
        this.#strike(line, request);
      }, quiet);
    });
    client.on('close', () => {
      clearTimeout(whole);
      // What was sent before the client hung up still arrives.
      line.upstream?.end();
    });
  }

  #strike(line: Line, request: Buffer): void {
    const { client } = line;
    const fate = this.#random.weighted(this.weights);
    this.requests += 1;
    this.counts[fate] = (this.counts[fate] ?? 0) + 1;
    switch (fate) {
      case 'delivered':
        return this.#forward(line, request, (piece) => client.write(piece));
      case 'refused':
      case 'request_lost':
        return void client.resetAndDestroy();
      case 'tls_broken':
        // An alert of TLS: handshake failure.
        return void client.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]));
      case 'half_request':
        this.#forward(line, request.subarray(0, request.length >> 1), () => {});
        return void setTimeout(() => destroy(line), quiet);
      case 'answer_lost':
        return this.#forward(line, request, () => destroy(line));
      case 'half_answer':
        return this.#forward(line, request, (piece) => {
          client.write(piece.subarray(0, this.#random.int(0, piece.length - 1)), () => destroy(line));
        });
      case 'delivered_twice':
        this.#deliverAside(request);
        return this.#forward(line, request, (piece) => client.write(piece));
      case 'delivered_late':
        setTimeout(() => this.#deliverAside(request), this.#random.int(100, 3_000));
        return void client.resetAndDestroy();
      case 'slow':
        return this.#forward(
          line,
          request,
          (piece) => carry(line, piece, slowly),
          (socket, bytes) => drip(socket, bytes, slowly),
        );
      case 'one_byte_a_second': {
        const pace = { ...hardly, until: performance.now() + hardlyFor };
        return this.#forward(line, request, (piece) => carry(line, piece, pace));
      }
      case 'silent':
        return void setTimeout(() => client.resetAndDestroy(), patience);
      case 'silent_for_good':
        // Until the office gives it up, or somebody pulls the cable.
        return;
      case 'captive_portal':
        return answer(client, '200 OK', 'text/html', '<!doctype html><title>Wi-Fi Gratis</title>');
      case 'http_500':
        return answer(client, '500 Internal Server Error', 'application/json', '{}');
      case 'http_503':
        return answer(client, '503 Service Unavailable', 'text/html', '<h1>503</h1>');
      case 'http_429':
        return answer(client, '429 Too Many Requests', 'application/json', '{}', 'Retry-After: 1\r\n');
      default:
        return assertNever(fate);
    }
  }

  /** Hands a request on; the same connection is used for the next. */
  #forward(
    line: Line,
    request: Buffer,
    onAnswer: (piece: Buffer) => void,
    send: (socket: Socket, bytes: Buffer) => unknown = (socket, bytes) => socket.write(bytes),
  ): void {
    const { client } = line;
    const upstream =
      line.upstream ?? this.#open().once('close', () => void line.carried.then(() => client.destroySoon()));
    line.upstream = upstream;
    upstream.removeAllListeners('data').on('data', (piece) => {
      if (!client.destroyed) onAnswer(Buffer.from(piece));
    });
    void send(upstream, request);
  }

  /** The request arrives, and nobody hears of the answer. */
  #deliverAside(request: Buffer): void {
    const upstream = this.#open();
    upstream.write(request);
    upstream.once('data', () => upstream.end());
  }

  #open(): Socket {
    const upstream = connect(this.#target, '127.0.0.1');
    this.#watch(upstream);
    return upstream;
  }

  #watch(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

/** One connection of the office, and the one to the province that its requests are handed on by. */
interface Line {
  client: Socket;
  upstream: Socket | null;
  /** All that is under way to the office, bit by bit, is there. */
  carried: Promise<void>;
}

/** How a line carries that is slow. */
interface Pace {
  /** So many bytes… */
  bytes: number;
  /** …every so many milliseconds. */
  every: number;
  /** When it is slow no more, by the monotonic clock. */
  until?: number;
}

function destroy({ client, upstream }: Line): void {
  client.resetAndDestroy();
  upstream?.destroy();
}

/** To the office, behind all that is still under way there: an answer may come in several pieces. */
function carry(line: Line, piece: Buffer, pace: Pace): void {
  line.carried = line.carried.then(() => drip(line.client, piece, pace));
}

/** A few bytes at a time. */
async function drip(
  socket: Socket,
  bytes: Buffer,
  { bytes: some, every, until = Number.POSITIVE_INFINITY }: Pace,
): Promise<void> {
  for (let left = bytes; left.length > 0 && !socket.destroyed;) {
    const now = performance.now() < until ? some : left.length;
    socket.write(left.subarray(0, now));
    left = left.subarray(now);
    if (left.length > 0) await pause(every);
  }
}

function answer(client: Socket, status: string, type: string, body: string, more = ''): void {
  client.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n${more}Connection: close\r\n\r\n${body}`,
  );
}
