/**
 * Lets so many requests in at once and asks the rest to wait. How long depends on how many were
 * turned away lately and how fast the others get through, so that 267 offices which come back in the
 * same minute are spread over the time the server needs for them instead of all knocking again at once.
 */
export class Admission {
  readonly #atOnce: number;
  readonly #now: () => number;
  readonly #random: () => number;
  #inside = 0;
  /** Requests turned away that have probably not come back yet: the moments they were told to. */
  #expected: number[] = [];
  /** Milliseconds one request takes, smoothed. */
  #took = 50;
  #entered: number[] = [];
  /** Those whose body is here, and who wait for room: first come, first served. */
  readonly #line: (() => void)[] = [];

  constructor(options: { atOnce: number; now: () => number; random?: () => number }) {
    this.#atOnce = options.atOnce;
    this.#now = options.now;
    this.#random = options.random ?? Math.random;
  }

  enter(): { entered: true } | { entered: false; retryAfter: number } {
    const now = this.#now();
    this.#expected = this.#expected.filter((moment) => moment > now);
    if (this.#inside < this.#atOnce) {
      this.#inside += 1;
      this.#entered.push(now);
      return { entered: true };
    }
    const waiting = this.#line.length + this.#expected.length + 1;
    // Those who wait already, through as many doors as there are.
    const queue = (waiting / Math.max(1, this.#atOnce)) * this.#took;
    const seconds = Math.min(longest, Math.max(1, Math.ceil((queue / 1_000) * (1 + this.#random()))));
    this.#expected.push(now + seconds * 1_000);
    return { entered: false, retryAfter: seconds };
  }

  /** For who left while a body arrived: waits for room, ahead of everybody who comes now. */
  async again(): Promise<void> {
    if (this.#inside < this.#atOnce) this.#inside += 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    this.#entered.push(this.#now());
  }

  leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#inside -= 1;
    else next();
    const entered = this.#entered.shift();
    if (entered !== undefined) this.#took += (this.#now() - entered - this.#took) / 8;
  }
}

/** Seconds: nobody is sent away for longer, however many wait. */
const longest = 60;
