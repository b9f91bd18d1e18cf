import { watch } from '../../electron/sync/patience.ts';
import { type Alarms, systemTimers } from '../../electron/sync/timers.ts';
import { wireLimits } from '../../shared/provincial/wire.ts';
import { Refusal } from './refusal.ts';

/** Who sends a body, and how much of the server's memory is theirs to take. */
export interface Sender {
  id: string;
  /** Bodies at once, arriving or worked on. */
  bodies: number;
  /** Bytes of one body. */
  most: number;
}

/** A request of a stranger, or a search, is short; so many of them cost no more than one office. */
const short = { bodies: 64, most: 64 * 1024 };

export const senders = {
  /** One sends one body at a time; the places beside it are for those that a broken line left behind. */
  office: (id: string): Sender => ({ id: `office ${id}`, bodies: 4, most: wireLimits.requestBytes }),
  reader: (tokenId: string): Sender => ({ id: `reader ${tokenId}`, ...short }),
  operator: (id: string): Sender => ({ id: `operator ${id}`, bodies: 2, most: 16 * 1024 * 1024 }),
  enrolling: { id: 'enrolling', ...short },
  loggingIn: { id: 'logging in', ...short },
};

/** A body that is here whole, and takes its place until it is released. */
export interface Received {
  bytes: Uint8Array;
  release(): void;
}

/** Of all senders together, in one process. */
const limits = {
  /** More than there are offices. */
  bodies: 512,
  /** Of those that are not short: thirty of the longest, or five hundred pieces of files. */
  bytes: 128 * 1024 * 1024,
  /** Milliseconds without a byte. */
  silence: 60_000,
};

/** Of a body that is too large, this much is still taken off the line, so that its sender hears why. */
const drained = 64 * 1024 * 1024;

/**
 * Takes in bodies, as slowly as they come: a line of 512 kbit/s brings four megabytes in a minute. Memory for
 * one is set aside before it arrives, so that however many come, no more is ever taken than was said. Who has
 * all their places taken loses the oldest that is still arriving: of an office it is one that its line has
 * forgotten, of strangers one that comes too slowly for a request so short.
 */
export class Receivers {
  readonly #limits: typeof limits;
  readonly #alarms: Alarms;
  #bodies = 0;
  #bytes = 0;
  /** Of each sender the bodies that take a place, oldest first; with how to let go of one that still arrives. */
  readonly #ofSender = new Map<string, Set<{ letGo: (() => void) | null }>>();

  constructor({ alarms = systemTimers, ...changed }: Partial<typeof limits> & { alarms?: Alarms } = {}) {
    this.#limits = { ...limits, ...changed };
    this.#alarms = alarms;
  }

  /** @throws Refusal `busy`, `body_too_large`, `cut_off` where it stops coming or is let go. */
  async receive(request: Request, { id, bodies, most }: Sender): Promise<Received> {
    const announced = Number(request.headers.get('content-length') ?? most);
    const room = announced > most ? 0 : announced;
    // Short ones are bounded by their number: of long ones, however many, none shuts them out.
    const counted = room > short.most ? room : 0;
    const own = this.#ofSender.get(id) ?? new Set();
    if (own.size >= bodies) [...own].find(({ letGo }) => letGo !== null)?.letGo?.();
    if (
      own.size >= bodies ||
      this.#bodies >= this.#limits.bodies ||
      this.#bytes + counted > this.#limits.bytes
    )
      throw new Refusal('busy', { retryAfter: 2 + Math.floor(Math.random() * 8) });
    const { promise: cut, reject } = Promise.withResolvers<never>();
    // Let go of just as it came whole, nobody listens any more.
    cut.catch(() => {});
    const letGo = (): void => {
      release();
      reject(new Refusal('cut_off'));
    };
    const place: { letGo: (() => void) | null } = { letGo };
    const release = (): void => {
      if (!own.delete(place)) return;
      if (own.size === 0) this.#ofSender.delete(id);
      this.#bodies -= 1;
      this.#bytes -= counted;
    };
    this.#ofSender.set(id, own.add(place));
    this.#bodies += 1;
    this.#bytes += counted;
    const patience = watch(this.#alarms, this.#limits.silence, letGo);
    try {
      const bytes = await take(request, room, cut, (came) => patience.hear(came));
      place.letGo = null;
      return { bytes, release };
    } catch (cause) {
      release();
      throw cause;
    } finally {
      patience.end();
    }
  }
}

/** @param room bytes set aside; nothing above them is kept */
async function take(
  request: Request,
  room: number,
  cut: Promise<never>,
  hear: (bytes: number) => void,
): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  // One piece of memory: of a body that comes byte by byte, the pieces would take a hundredfold.
  const kept = Buffer.allocUnsafeSlow(room);
  let size = 0;
  try {
    while (size <= drained) {
      const { done, value } = await Promise.race([reader.read(), cut]);
      if (done) break;
      hear(value.length);
      if (size + value.length <= room) kept.set(value, size);
      size += value.length;
    }
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('cut_off');
  }
  if (size > room) throw new Refusal('body_too_large');
  return kept.subarray(0, size);
}
