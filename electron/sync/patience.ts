import type { Alarms } from './timers.ts';

/** Bytes a second that a line must carry on the whole: eight kbit/s, a fourth of what GPRS does. */
const leastPace = 1_024;

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
 * slow line brings an answer of any size, and one of a byte a second holds nobody for ever. So do the bytes of
 * the request, `told`: nobody sees how far they are, since the system takes them all in before it sends them.
 */
export function watch(timers: Alarms, silence: number, giveUp: () => void, told = 0): Patience {
  const begun = timers.now();
  let heard = { at: begun + (told / leastPace) * 1_000, bytes: told };
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
