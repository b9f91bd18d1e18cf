/** A `fetch` that counts what goes wrong between many offices and the province, as `OfficesMeasured` tells it. */
export class CountedFetch {
  readonly errors: Record<string, number> = {};
  askedToWait = 0;
  readonly #fetch: typeof fetch;
  #over = false;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    try {
      const response = await this.#fetch(input, init);
      if (response.status === 429) this.askedToWait += 1;
      else if (!response.ok) this.note(`status_${response.status}`);
      return response;
    } catch (cause) {
      this.note(init?.signal?.aborted ? 'timeout' : 'unreachable');
      throw cause;
    }
  };

  note(kind: string, times = 1): void {
    if (!this.#over) this.errors[kind] = (this.errors[kind] ?? 0) + times;
  }

  /** All has been sent: a look at the line that is broken off from now on timed out for nobody. */
  end(): void {
    this.#over = true;
  }
}
