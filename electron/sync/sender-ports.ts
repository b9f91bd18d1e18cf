import type { Outgoing, Settlement } from './outgoing.ts';
import type { OfficeLink } from './province-client.ts';
import type { Connection } from './push.ts';

/** What the sender needs of the register; the services implement it. All of it is synchronous. */
export interface SenderPorts {
  /** The enrolment, or null while the office has none. */
  link(): OfficeLink | null;
  /** Gives back all that is taken: by a process that is no more, or where giving it back or its answer could not be written. */
  releaseLeases(): void;
  /**
   * Takes the oldest items that are due, under a lease.
   *
   * @param answered items whose answers are here and not yet written down, which their leases may have run out of
   */
  claim(most: number, answered: readonly string[]): Outgoing[];
  /** The body of an item as JSON. Held by nobody: what is answered is judged and written down without it. */
  bodyOf(item: Outgoing): string;
  /** Gives items back untouched. */
  release(itemIds: readonly string[]): void;
  /** @returns how many of the items came to their end by it */
  settle(settlements: readonly Settlement[]): number;
  /** Milliseconds until the next waiting item is due; null where none waits. */
  nextDueIn(): number | null;
}

/** What is done beside the outbox while the province is there, one small step at a time. */
export interface Errands {
  /** Takes one step, as far as there is one; a round of the outbox goes before the next. */
  step(link: OfficeLink, signals: ErrandSignals): Promise<ErrandStep>;
  /**
   * No waiting for the next look. The proof, for which every record is read, does so only where a person asks: a network
   * that is back changes nothing of what both sides hold.
   */
  hurry(also: { proof: boolean }): void;
}

export interface ErrandSignals {
  /** Ends what is asked of the province: the line it was asked over is no more. */
  requests: AbortSignal;
  /** Ends all, as the office closes. */
  stop: AbortSignal;
}

export interface ErrandStep {
  /** Whether there may be another step right away. */
  more: boolean;
  /** Milliseconds that the province asks to wait; null where it asks nothing. */
  retryAfter: number | null;
  /** Nothing was heard of the request: it is no sign that there is nothing new. */
  unheard?: true;
  /** Why the province knows this office no more; null where it still does; absent where not asked. */
  refusal?: Connection['refusal'];
}
