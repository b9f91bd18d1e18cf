import type { Clock } from '../clock.ts';

export interface RateLimit {
  /** How many requests may come at once after a quiet moment. */
  burst: number;
  /** How many a second may go on coming. */
  perSecond: number;
}

/** A person with five windows open stays far below this; a page gone wild does not. */
export const defaultRate: RateLimit = { burst: 400, perSecond: 80 };

/**
 * A token bucket for the whole door: on loopback every caller is the same machine.
 * The returned function takes one request and says whether it may pass.
 */
export function createRateLimit(clock: Clock, limit: RateLimit = defaultRate): () => boolean {
  let tokens = limit.burst;
  let last = clock.now().getTime();
  return function take() {
    const now = clock.now().getTime();
    // A clock set back gives nothing and takes nothing.
    tokens = Math.min(limit.burst, tokens + (Math.max(0, now - last) / 1000) * limit.perSecond);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
