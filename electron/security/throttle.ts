import type { Clock } from '../clock.ts';

const freeTries = 4;
const longestWaitSeconds = 300;

/** After four wrong tries each further one costs a wait that doubles, up to five minutes. */
export class Throttle {
  readonly #clock: Clock;
  readonly #tries = new Map<string, { count: number; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Seconds to wait before the next try of this name; 0 when it may go on. */
  waitOf(name: string): number {
    const record = this.#tries.get(name.toLowerCase());
    return record === undefined
      ? 0
      : Math.max(0, Math.ceil((record.until - this.#clock.now().getTime()) / 1000));
  }

  failed(name: string): void {
    const count = (this.#tries.get(name.toLowerCase())?.count ?? 0) + 1;
    const wait = count <= freeTries ? 0 : Math.min(longestWaitSeconds, 5 * 2 ** (count - freeTries - 1));
    this.#tries.set(name.toLowerCase(), { count, until: this.#clock.now().getTime() + wait * 1000 });
  }

  succeeded(name: string): void {
    this.#tries.delete(name.toLowerCase());
  }
}
