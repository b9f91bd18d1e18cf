import type { Reply } from './province-client.ts';

/**
 * How much goes over the line at once, in whatever it is counted. What does not get through is tried in half, so that a
 * line that is slow, or breaks every half minute, carries what waits in small pieces; each that gets through lets the
 * next grow again.
 */
export class Portion {
  readonly #least: number;
  readonly #most: number;
  #size: number;

  constructor({ least, most }: { least: number; most: number }) {
    this.#least = least;
    this.#most = most;
    this.#size = most;
  }

  get size(): number {
    return this.#size;
  }

  /** @param tried what was on its way, where that was less than it might have been */
  after(reply: Reply<unknown>, tried = this.#size): void {
    if (reply.kind === 'answered') this.#size = Math.min(this.#most, this.#size * 2);
    else if (reply.kind === 'silent' && brokenOff.includes(reply.why)) this.halve(tried);
  }

  halve(tried = this.#size): void {
    this.#size = Math.max(this.#least, Math.floor(tried / 2));
  }
}

/** Silences behind which it may be that there was too much for the line; of the others less would say no more. */
const brokenOff = ['timeout', 'interrupted', 'unreachable'];
