import type { DuplicateKind } from '../../shared/contract/duplicates.ts';

/** Drafts that are remembered: many more than are typed in at once. */
const mostDrafts = 200;

/**
 * Which families the hint offered beside which draft, while the office runs: only these are given whole, or said
 * to be another family. Of a draft that
 * nobody looked beside for long it is forgotten; the form then asks for its hint again.
 */
export class OfferedFamilies {
  /** Families by draft; the draft that was looked beside last stands last. */
  readonly #ofDraft = new Map<string, Set<string>>();

  note(draftId: string, families: readonly { kind: DuplicateKind; id: string }[]): void {
    const offered = this.#ofDraft.get(draftId) ?? new Set();
    for (const { kind, id } of families) offered.add(keyOf(kind, id));
    this.#ofDraft.delete(draftId);
    this.#ofDraft.set(draftId, offered);
    const [oldest] = this.#ofDraft.keys();
    if (this.#ofDraft.size > mostDrafts && oldest !== undefined) this.#ofDraft.delete(oldest);
  }

  includes(draftId: string, kind: DuplicateKind, id: string): boolean {
    return this.#ofDraft.get(draftId)?.has(keyOf(kind, id)) ?? false;
  }
}

function keyOf(kind: DuplicateKind, id: string): string {
  return `${kind} ${id}`;
}
