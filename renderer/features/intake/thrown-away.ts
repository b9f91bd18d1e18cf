import type { DraftSummary } from '../../../shared/contract/intake.ts';
import type { KeptStates } from '../../app/use-kept-state.ts';
import { replacedKey } from './use-take-over.ts';

/**
 * Drafts that are thrown away on a screen, the last of which is offered back. What a family was taken over in place of
 * in their forms goes with each, and comes back with it: the office may answer for one when another is gone already.
 */
export class ThrownAway {
  readonly #kept: KeptStates;
  readonly #drafts = new Map<string, DraftSummary>();
  readonly #replaced = new Map<string, unknown>();
  readonly #listeners = new Set<() => void>();
  #last: DraftSummary | null = null;

  constructor(kept: KeptStates) {
    this.#kept = kept;
  }

  /** The one that is offered back. */
  readonly last = (): DraftSummary | null => this.#last;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The office was asked to let it go. */
  asked(draft: DraftSummary): void {
    this.#drafts.set(draft.id, draft);
  }

  gone(draftId: string): void {
    const key = replacedKey(draftId);
    this.#replaced.set(draftId, this.#kept.get(key));
    this.#kept.drop(key);
    this.#offer(this.#drafts.get(draftId) ?? null);
  }

  restored(draftId: string): void {
    if (this.#replaced.has(draftId)) this.#kept.set(replacedKey(draftId), this.#replaced.get(draftId));
    this.#replaced.delete(draftId);
    this.#drafts.delete(draftId);
    if (this.#last?.id === draftId) this.#offer(null);
  }

  #offer(draft: DraftSummary | null): void {
    this.#last = draft;
    for (const listener of this.#listeners) listener();
  }
}
