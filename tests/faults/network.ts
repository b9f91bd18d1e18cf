import { gunzipSync } from 'node:zlib';
import type { Random } from '../../electron/training/random.ts';
import { Unending } from './sum.ts';
import type { Actor, VirtualTime } from './virtual-time.ts';

/** What a line can do to one request. */
const noFate = {
  delivered: 0,
  refused: 0,
  tls_broken: 0,
  request_lost: 0,
  request_lost_silently: 0,
  answer_lost: 0,
  answer_lost_silently: 0,
  half_answer: 0,
  broken_answer: 0,
  delivered_twice: 0,
  delivered_late: 0,
  one_byte_a_second: 0,
  captive_portal: 0,
  redirected: 0,
  proxy_error: 0,
  proxy_error_after_delivery: 0,
  http_500: 0,
  http_503: 0,
  http_429: 0,
  answer_of_another: 0,
};
export type Fate = keyof typeof noFate;

/** How often each fate strikes, against the others. */
export type Weights = Readonly<Record<Fate, number>>;

/** A line that delivers, and does to some requests a few of all that can be done to them. */
function roughLine(random: Random): Weights {
  const struck = Object.keys(noFate).map((fate) => [fate, random.chance(0.35) ? random.next() * 2 : 0]);
  return { ...noFate, ...Object.fromEntries(struck), delivered: random.pick([0.2, 1, 3, 10]) };
}

export const calmLine: Weights = { ...noFate, delivered: 1 };

/** What may befall a request: the fates, and what they are besides. */
export const strikes: readonly string[] = [...Object.keys(noFate), 'cut', 'untrusted', 'slow_line'];

/** What a line of an office carries while it is slow, in bytes a second: as agreed, of a telephone, and hardly anything. */
const speeds = [null, 64_000, 8_000, 2_000] as const;

/** In how many runs the line is a slow one at times. */
const oftenSlow = 0.25;

/** How fast the line of a run is, each time that its weather changes; null while it has no limit. */
export function drawSpeeds(random: Random): () => number | null {
  const isSlow = random.chance(oftenSlow);
  return () => (isSlow ? random.pick(speeds) : null);
}

/**
 * What Node says of a handshake that failed: over a certificate out of its time, or one that nobody vouches for, or
 * over something that was no handshake.
 */
const handshakes = ['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'EPROTO'] as const;

const second = 1_000;
const day = 86_400 * second;

/**
 * The line between offices and the province, on the clock of the run. What it does to each request
 * is drawn from the seed; the bytes it carries are those of the real client and the real server.
 */
export class Network {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #deliver: (request: Request) => Promise<Response>;
  readonly #mostRequests: number;
  /** How often each fate strikes; a calm line only delivers. */
  weights: Weights = calmLine;
  /** Until then nothing gets through at all. */
  cutUntil = 0;
  /** What the line carries, both ways; a line without a limit where it is null. */
  bytesPerSecond: number | null = null;
  /** How fast it is in the next weather. */
  drawSpeed: () => number | null = () => null;
  readonly counts = new Map<string, number>();
  requests = 0;
  /** Those that are no look whether the province is there: such come as long as a run lasts. */
  #weighty = 0;
  /** Bytes of the last whole answer, for answers that reach the wrong request. */
  #lastAnswer: Answer | null = null;

  /** @param mostRequests beside looks whether the province is there; with one more a program asks for ever, and the run ends */
  constructor(
    time: VirtualTime,
    random: Random,
    deliver: (request: Request) => Promise<Response>,
    mostRequests = Number.POSITIVE_INFINITY,
  ) {
    this.#time = time;
    this.#random = random;
    this.#deliver = deliver;
    this.#mostRequests = mostRequests;
  }

  /** The `fetch` of one program. */
  fetchOf(actor: Actor): typeof fetch {
    // Its signal is listened to here: a `Request` with one would listen for itself, and costs several times as much.
    return (input, { signal = null, ...init } = {}) => this.#send(actor, new Request(input, init), signal);
  }

  /** The weather changes: some of all that can be done to a request is done from now on, over a slow line where it is one. */
  growRough(weather: Random): void {
    this.weights = roughLine(weather);
    this.bytesPerSecond = this.drawSpeed();
  }

  /** From now on it only delivers, however much. */
  calm(): void {
    this.weights = calmLine;
    this.bytesPerSecond = null;
    this.cutUntil = 0;
  }

  /** Nothing gets through for so long; then the system tells that the cable is in again. */
  cut(span: number, back: () => void): void {
    this.cutUntil = this.#time.now() + span;
    this.#time.after(span, back);
  }

  async #send(actor: Actor, request: Request, signal: AbortSignal | null): Promise<Response> {
    // What a killed program still asks never leaves it.
    if (!actor.alive) return await new Promise(() => {});
    this.requests += 1;
    if (!request.url.endsWith('/v1/health')) this.#weighty += 1;
    if (this.#weighty > this.#mostRequests) {
      const minutes = Math.round(this.#time.now() / (60 * second));
      const what = `the office asked the province ${this.#mostRequests} times in ${minutes} minutes, and goes on`;
      this.#time.fail(new Unending(what));
      return await new Promise(() => {});
    }
    actor.setsOut();
    const sent = await read(request);
    await this.#time.dawdle();
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    let ended = false;
    const end = (how: () => void): void => {
      // What comes after the client gave up reaches nobody.
      if (ended || !actor.alive) return;
      ended = true;
      actor.wakes();
      how();
    };
    const call: Call = {
      sent,
      answer: (answer, bytesPerSecond = null) =>
        end(() =>
          resolve(
            bytesPerSecond === null
              ? toResponse(answer)
              : inPieces(answer, bytesPerSecond, (wait) => this.#carry(actor, signal, wait)),
          ),
        ),
      fail: (code) => end(() => reject(unsent(code))),
    };
    signal?.addEventListener('abort', () => end(() => reject(new DOMException('aborted', 'AbortError'))));
    actor.waits();
    if (signal?.aborted) end(() => reject(new DOMException('aborted', 'AbortError')));
    else this.#strike(call);
    return await promise;
  }

  #strike(call: Call): void {
    const latency = this.#random.int(20, 400);
    if (this.#time.now() < this.cutUntil) {
      this.#count('cut');
      this.#time.after(latency, () => call.fail('ENETUNREACH'));
      return;
    }
    const fate = this.#random.weighted(this.weights);
    this.#count(fate);
    const later = (delay: number, work: () => unknown): void => void this.#time.after(delay, work);
    switch (fate) {
      case 'delivered':
        if (this.bytesPerSecond !== null) this.#count('slow_line');
        return later(latency + this.#travel(call.sent.bytes), async () => {
          const answer = await this.#handOver(call.sent);
          later(latency, () => call.answer(answer, this.bytesPerSecond));
        });
      case 'refused':
        return later(5, () => call.fail('ECONNREFUSED'));
      case 'tls_broken': {
        const code = this.#random.pick(handshakes);
        if (code !== 'EPROTO') this.#count('untrusted');
        return later(latency, () => call.fail(code));
      }
      case 'request_lost':
        return later(latency, () => call.fail('ECONNRESET'));
      case 'request_lost_silently':
        return;
      case 'answer_lost':
        return later(latency, async () => {
          await this.#handOver(call.sent);
          later(latency, () => call.fail('ECONNRESET'));
        });
      case 'answer_lost_silently':
        return later(latency, async () => void (await this.#handOver(call.sent)));
      case 'half_answer':
      case 'broken_answer':
        return later(latency, async () => {
          const whole = await this.#handOver(call.sent);
          const bytes = whole.bytes.subarray(0, this.#random.int(0, Math.max(0, whole.bytes.length - 1)));
          later(latency, () => call.answer({ ...whole, bytes, breaks: fate === 'broken_answer' }));
        });
      case 'delivered_twice':
        return later(latency, async () => {
          // One after the other: which of two at once is first, the machine decides and not the seed.
          const [first, second] = [await this.#handOver(call.sent), await this.#handOver(call.sent)];
          later(latency, () => call.answer(this.#random.chance(0.5) ? first : second));
        });
      case 'delivered_late': {
        const wait = this.#random.pick([2 * second, 70 * second, 600 * second, day, 3 * day]);
        later(wait, async () => void (await this.#handOver(call.sent)));
        return later(latency, () => call.fail('ECONNRESET'));
      }
      case 'one_byte_a_second':
        return later(lengthOf(call.sent.bytes) * second, async () => {
          const answer = await this.#handOver(call.sent);
          later(0, () => call.answer(answer, 1));
        });
      case 'captive_portal':
        return later(latency, () => call.answer(page(200)));
      case 'redirected':
        return later(latency, () => call.fail('unexpected redirect'));
      case 'proxy_error':
        return later(latency, () => call.answer(page(this.#random.pick([502, 503, 504]))));
      case 'proxy_error_after_delivery':
        return later(latency, async () => {
          await this.#handOver(call.sent);
          later(latency, () => call.answer(page(504)));
        });
      case 'http_500':
      case 'http_503':
        return later(latency, () => call.answer(json(Number(fate.slice(5)), {})));
      case 'http_429':
        return later(latency, () => call.answer(json(429, { 'retry-after': `${this.#random.int(1, 120)}` })));
      case 'answer_of_another':
        return later(latency, async () => {
          const other = this.#lastAnswer;
          const answer = await this.#handOver(call.sent);
          later(latency, () => call.answer(other ?? answer));
        });
    }
  }

  /** A piece of an answer is under way, as long as somebody waits for it. */
  async #carry(actor: Actor, signal: AbortSignal | null, milliseconds: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wake = (how: () => void) => () => {
      if (!actor.alive) return;
      actor.wakes();
      how();
    };
    const givenUp = wake(() => reject(new DOMException('aborted', 'AbortError')));
    signal?.addEventListener('abort', givenUp, { once: true });
    const callOff = this.#time.after(milliseconds, wake(resolve));
    actor.waits();
    try {
      await promise;
    } finally {
      callOff();
      signal?.removeEventListener('abort', givenUp);
    }
  }

  #travel(bytes: Uint8Array): number {
    return this.bytesPerSecond === null ? 0 : (lengthOf(bytes) / this.bytesPerSecond) * second;
  }

  async #handOver(sent: Sent): Promise<Answer> {
    await this.#time.dawdle();
    const { url, method, bytes: body } = sent;
    // A body says how long it is, as over any line: the server sets aside as much memory, and its most where none says so.
    const length = { 'content-length': String(body.length) };
    const response = await this.#deliver(
      body.length === 0
        ? new Request(url, { method, headers: sent.headers })
        : new Request(url, { method, headers: { ...sent.headers, ...length }, body }),
    );
    const headers = Object.fromEntries(response.headers);
    const answer = { status: response.status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
    this.#lastAnswer = answer;
    this.#time.note(`answer ${answer.status} ${lengthOf(answer.bytes)}`);
    await this.#time.dawdle();
    return answer;
  }

  #count(fate: Fate | 'cut' | 'untrusted' | 'slow_line'): void {
    this.#time.note(fate);
    this.counts.set(fate, (this.counts.get(fate) ?? 0) + 1);
  }
}

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  bytes: Uint8Array<ArrayBuffer>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array<ArrayBuffer>;
  /** The connection breaks after these bytes instead of ending. */
  breaks?: boolean;
}

interface Call {
  sent: Sent;
  /** @param bytesPerSecond at which it comes; at once where that is null or absent */
  answer(answer: Answer, bytesPerSecond?: number | null): void;
  /** @param code of Node, why it came to nothing */
  fail(code: string): void;
}

/** As `fetch` says it. */
function unsent(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

async function read(request: Request): Promise<Sent> {
  return {
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    bytes: new Uint8Array(await request.arrayBuffer()),
  };
}

function toResponse({ status, headers, bytes, breaks }: Answer): Response {
  if (!breaks) return new Response(bytes, { status, headers });
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
    },
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status, headers });
}

/** An answer of which each second brings as much as the line carries, once somebody reads it. */
function inPieces(
  { status, headers, bytes }: Answer,
  bytesPerSecond: number,
  carry: (milliseconds: number) => Promise<void>,
): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = bytes.subarray(at, at + Math.max(16, Math.ceil(bytesPerSecond)));
        await carry((piece.length / bytesPerSecond) * second);
        at += piece.length;
        controller.enqueue(piece);
        if (at >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status, headers });
}

/** Bytes on the line; of what is compressed a rough guess, since its true length hangs on random ids. */
function lengthOf(bytes: Uint8Array): number {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return zipped ? Math.ceil(gunzipSync(bytes).length / 5) : bytes.length;
}

function page(status: number): Answer {
  const bytes = new TextEncoder().encode('<!doctype html><title>Wi-Fi Gratis</title>');
  return { status, headers: { 'content-type': 'text/html' }, bytes };
}

function json(status: number, headers: Record<string, string>): Answer {
  const bytes = new TextEncoder().encode('{}');
  return { status, headers: { 'content-type': 'application/json', ...headers }, bytes };
}
