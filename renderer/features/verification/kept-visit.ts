import { z } from 'zod';
import { VisitEntry } from '../../../shared/domain/visit-entry.ts';
import type { KeptStates } from '../../app/use-kept-state.ts';

const KeptEntry = z.object({ version: z.int(), entry: VisitEntry });

/**
 * What was typed of one sheet and is not saved, with the version it was typed on. On that version it
 * goes on where it was left; where a colleague saved since, it is set aside and only offered.
 */
export class KeptVisit {
  readonly #kept: KeptStates;
  readonly #key: string;
  readonly #asideKey: string;

  constructor(kept: KeptStates, sheetId: string) {
    this.#kept = kept;
    this.#key = `verification.${sheetId}`;
    this.#asideKey = `${this.#key}.aside`;
  }

  /** What was typed on this very version, to go on with. What was typed on another is set aside. */
  open(version: number): VisitEntry | null {
    const unsaved = this.#read();
    if (unsaved === null) return null;
    if (unsaved.version === version) return unsaved.entry;
    this.#kept.set(this.#asideKey, unsaved.entry);
    this.drop();
    return null;
  }

  /** What was typed on a version that is not the last any more. */
  aside(): VisitEntry | null {
    return VisitEntry.safeParse(this.#kept.get(this.#asideKey)).data ?? null;
  }

  keep(version: number, entry: VisitEntry): void {
    this.#kept.set(this.#key, { version, entry });
  }

  /** The person's own saving made a new version: what they typed meanwhile goes on from that. */
  rebase(from: number, to: number): void {
    const unsaved = this.#read();
    if (unsaved?.version === from) this.keep(to, unsaved.entry);
  }

  drop(): void {
    this.#kept.drop(this.#key);
  }

  dropAside(): void {
    this.#kept.drop(this.#asideKey);
  }

  #read(): z.infer<typeof KeptEntry> | null {
    return KeptEntry.safeParse(this.#kept.get(this.#key)).data ?? null;
  }
}
