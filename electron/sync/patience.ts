import type { Alarms } from './timers.ts';

/** Bytes a second that a line must carry on the whole: eight kbit/s, a fourth of what GPRS does. */
const leastPace = 1_024;

/** How much slower than it was a line may become from one request to the next. */
const slowdown = 8;

/** Bodies that tell by their time how fast the line is, rather than how far the province. */
const telling = 8 * 1_024;

/**
 * How fast what goes up leaves, in bytes a second: nobody sees how far it is, since the system takes it in whole before it
 * sends it. It is taken from the last that was answered, and is the least that a line must carry until one was; each
 * that came to nothing may have done so because the line became slower.
 */
export class Pace {
  #known = leastPace;

  /** Milliseconds that so many bytes may take to leave. */
  leaving(bytes: number): number {
    return (bytes / this.#known) * 1_000;
  }

  answered(bytes: number, milliseconds: number): void {
    if (bytes >= telling) this.#learn((bytes / Math.max(1, milliseconds)) * 1_000);
  }

  gaveUp(bytes: number): void {
    if (bytes >= telling) this.#learn(this.#known);
  }

  #learn(pace: number): void {
    this.#known = Math.max(leastPace, pace / slowdown);
  }
}

/** How long an answer is waited for: as long as it comes. */
export interface Patience {
  /** So many bytes of it came. */
  hear(bytes: number): void;
  /** Milliseconds since a byte moved; below zero while the request may still be leaving. */
  quiet(): number;
  /** It is here, or nobody waits for it any more. */
  end(): void;
}

/**
 * Watches a request and its answer, which comes in pieces. It is given up when nothing of it comes for `silence`
 * milliseconds, or when all of it so far comes slower than a line must carry: each byte buys its time, so that a
 * slow line brings an answer of any size, and one of a byte a second holds nobody for ever. The `told` bytes of the
 * request have their time before, that of the {@link Pace}.
 */
export function watch(
  timers: Alarms,
  silence: number,
  giveUp: () => void,
  told = 0,
  pace = new Pace(),
): Patience {
  const begun = timers.now();
  let heard = { at: begun + pace.leaving(told), bytes: told };
  let callOff: (() => void) | null = null;
  const look = (): void => {
    const end = silence + Math.min(heard.at, begun + (heard.bytes / leastPace) * 1_000);
    const left = end - timers.now();
    if (left <= 0) giveUp();
    else callOff = timers.after(left, look);
  };
  look();
  return {
    hear: (bytes) => {
      heard = { at: timers.now(), bytes: heard.bytes + bytes };
    },
    quiet: () => timers.now() - heard.at,
    end: () => callOff?.(),
  };
}
