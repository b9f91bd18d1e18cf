import type { Admission } from './admission.ts';
import type { Received, Receivers, Sender } from './receivers.ts';
import { Refusal } from './refusal.ts';

/**
 * One request on its way through the server: it is worked on, or its body arrives, never both. While the body
 * arrives others are worked on, and when it is here it goes ahead of all who have sent nothing yet.
 */
export class Visit {
  readonly #admission: Admission;
  readonly #receivers: Receivers;
  #atWork = true;
  readonly #received: Received[] = [];

  private constructor(admission: Admission, receivers: Receivers) {
    this.#admission = admission;
    this.#receivers = receivers;
  }

  /** @throws Refusal `busy`. */
  static begin(admission: Admission, receivers: Receivers): Visit {
    const admitted = admission.enter();
    if (!admitted.entered) throw new Refusal('busy', { retryAfter: admitted.retryAfter });
    return new Visit(admission, receivers);
  }

  /** The body as it was sent. @throws Refusal as {@link Receivers.receive}. */
  async receive(request: Request, sender: Sender): Promise<Uint8Array> {
    this.#leave();
    const received = await this.#receivers.receive(request, sender);
    this.#received.push(received);
    await this.#admission.again();
    this.#atWork = true;
    return received.bytes;
  }

  end(): void {
    this.#leave();
    for (const { release } of this.#received) release();
  }

  #leave(): void {
    if (this.#atWork) this.#admission.leave();
    this.#atWork = false;
  }
}

/** Of routes whose requests are visits. */
export interface Visited {
  Variables: { visit: Visit };
}
