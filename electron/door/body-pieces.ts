/** Sends one body piece by piece, each when the other side asks for it. */
export class BodySender {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #send: (bytes: Uint8Array | null) => void;

  constructor(body: ReadableStream<Uint8Array>, send: (bytes: Uint8Array | null) => void) {
    this.#reader = body.getReader();
    this.#send = send;
  }

  /** Answers one `pull`: the next piece, or null at the end. Rejects when the body itself breaks. */
  async next(): Promise<void> {
    const { done, value } = await this.#reader.read();
    this.#send(done ? null : value);
  }

  cancel(): void {
    // Nobody waits for what a cancelled body still has to say.
    this.#reader.cancel().catch(() => undefined);
  }
}

/** The other end: a stream that asks for pieces as its reader wants them. */
export class BodyReceiver {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null;
  #arrived: (() => void) | null = null;

  constructor(pull: () => void, cancelled: () => void) {
    this.stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () =>
        new Promise<void>((resolve) => {
          this.#arrived = resolve;
          pull();
        }),
      cancel: () => {
        this.#controller = null;
        cancelled();
      },
    });
  }

  /** Takes the piece that was asked for; null closes the stream. */
  take(bytes: Uint8Array | null): void {
    // A copy of its own: what the line delivered may be a view into a shared buffer.
    if (bytes === null) this.#controller?.close();
    else this.#controller?.enqueue(new Uint8Array(bytes));
    if (bytes === null) this.#controller = null;
    this.#arrived?.();
  }

  fail(cause: unknown): void {
    this.#controller?.error(cause);
    this.#controller = null;
    this.#arrived?.();
  }
}
