import { systemTimers } from '../../electron/sync/timers.ts';
import { type WatchNetwork, watchAddresses } from '../../electron/sync/network-watch.ts';

/**
 * The cable of an office: while it is out the computer has no address, a new request finds no way, and what goes over
 * a line that stands hangs until the office gives it up, also once the cable is in again.
 */
export class Cable {
  #isOut = false;
  #isNoticed = true;
  /** Requests under way, those that hang among them. */
  underWay = 0;
  hanging = 0;
  /** When the last request came to its end; of a batch, how many set out and when the last one did; as `performance.now()`. */
  lastEnded = 0;
  batches = 0;
  lastBatchAt = 0;

  readonly watch: WatchNetwork = watchAddresses(
    () => new Set(this.#isOut ? [] : ['kabel 10.0.0.2']),
    systemTimers,
    Date.now,
    Math.random,
  );

  /** @param isNoticed whether requests fail at once; else they hang */
  takeOut(isNoticed: boolean): void {
    this.#isOut = true;
    this.#isNoticed = isNoticed;
  }

  putIn(): void {
    this.#isOut = false;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    this.underWay += 1;
    try {
      if (String(input).endsWith('/v1/batches')) {
        this.batches += 1;
        this.lastBatchAt = performance.now();
      }
      if (!this.#isOut) return await fetch(input, init);
      if (this.#isNoticed) throw new TypeError('fetch failed');
      return await this.#hang(init?.signal ?? null);
    } finally {
      this.underWay -= 1;
      this.lastEnded = performance.now();
    }
  };

  async #hang(signal: AbortSignal | null): Promise<never> {
    this.hanging += 1;
    try {
      return await new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () =>
          reject(new TypeError('fetch failed', { cause: signal.reason })),
        );
      });
    } finally {
      this.hanging -= 1;
    }
  }
}
