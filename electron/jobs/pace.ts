import type { ByteSource } from '../importing/source.ts';

/** Lets one who reads be some parts ahead of one who writes, and no more: the rest would only fill the memory. */
export class Pace {
  readonly #most: number;
  readonly #signal: AbortSignal;
  #ahead = 0;
  #room: PromiseWithResolvers<void> | null = null;

  /** @param signal lets who waits go on, to hear that it shall stop. */
  constructor(most: number, signal: AbortSignal) {
    this.#most = most;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#makeRoom());
  }

  /** Whether the next part is the last that there is room for: who reads has time until another is written. */
  get isAhead(): boolean {
    return this.#ahead + 1 >= this.#most;
  }

  handedOver(): void {
    this.#ahead += 1;
  }

  written(): void {
    this.#ahead -= 1;
    if (this.#ahead < this.#most) this.#makeRoom();
  }

  /** The same file, of which the next piece comes only when there is room for what it holds. */
  keptBy(file: ByteSource): ByteSource {
    const hasRoom = () => this.#hasRoom();
    return {
      size: file.size,
      async *read(start, end) {
        for await (const piece of file.read(start, end)) {
          await hasRoom();
          yield piece;
        }
      },
    };
  }

  /** Whoever waits looks again: another may have taken the room meanwhile. */
  async #hasRoom(): Promise<void> {
    while (this.#ahead >= this.#most && !this.#signal.aborted) {
      this.#room ??= Promise.withResolvers<void>();
      await this.#room.promise;
    }
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = null;
  }
}
