import { useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { type VisitEntry, withoutSkipped } from '../../../shared/domain/visit-entry.ts';
import { Autosaver, type SaveState } from '../../app/autosaver.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { KeptStatesContext } from '../../app/use-kept-state.ts';
import { KeptVisit } from './kept-visit.ts';

export interface OpenVisit {
  entry: VisitEntry;
  /** One function for as long as the form stands. */
  edit: (change: (entry: VisitEntry) => VisitEntry) => void;
  save: SaveState;
  /** Saves what is unsaved now; says whether all of it is saved. */
  flush: () => Promise<boolean>;
  /** The version that the last saving made. */
  version: () => number;
  /** The person's own text that a colleague's saving came before; null where there is none. */
  aside: SetAside | null;
}

export interface SetAside {
  /** Puts it in the place of what is shown, and saves it. */
  take: () => void;
  discard: () => void;
}

/**
 * A visit being typed in. Answers to questions that are skipped now stay in the screen's memory, in
 * case the answer before them was a slip, but they are not saved. What a colleague saved meanwhile is
 * shown as it is: the person's own text never takes its place by itself.
 */
export function useVisit(sheet: OpenSheet, today: string): OpenVisit {
  const client = useTRPCClient();
  const states = useContext(KeptStatesContext);
  const [kept] = useState(() => new KeptVisit(states, sheet.sheetId));
  const [unsavedBefore] = useState(() => (sheet.editable ? kept.open(sheet.version) : null));
  const [aside, setAside] = useState(() => kept.aside());
  const [save, setSave] = useState<SaveState>({ savedAt: sheet.savedAt, pending: false, problem: null });
  const [saver] = useState(
    () =>
      new Autosaver<VisitEntry>({
        version: sheet.version,
        savedAt: sheet.savedAt,
        save: async (version, typed) => {
          const saved = await client.verification.save.mutate({
            sheetId: sheet.sheetId,
            version,
            entry: withoutSkipped(typed, sheet.instrument, sheet.members, today),
          });
          kept.rebase(version, saved.version);
          return saved;
        },
        onState: (state) => {
          if (!state.pending) kept.drop();
          setSave(state);
        },
        held: ['version_conflict', 'sheet_void', 'step_not_possible'],
      }),
  );
  const [typed] = useState(
    () =>
      new Typed(unsavedBefore ?? sheet.entry, (entry) => {
        kept.keep(saver.version, entry);
        saver.change(entry);
      }),
  );
  const entry = useSyncExternalStore(typed.subscribe, typed.current);

  useEffect(() => {
    if (unsavedBefore !== null) saver.change(unsavedBefore);
    return () => saver.close();
  }, [saver, unsavedBefore]);

  function discard() {
    kept.dropAside();
    setAside(null);
  }
  function take(own: VisitEntry) {
    typed.edit(() => own);
    discard();
  }

  return {
    entry,
    edit: typed.edit,
    save,
    flush: () => saver.flush(),
    version: () => saver.version,
    aside: aside === null ? null : { take: () => take(aside), discard },
  };
}

/** What is typed, outside of any one drawing of the screen: each change builds on the one before. */
class Typed {
  #entry: VisitEntry;
  readonly #onChange: (entry: VisitEntry) => void;
  readonly #listeners = new Set<() => void>();

  constructor(entry: VisitEntry, onChange: (entry: VisitEntry) => void) {
    this.#entry = entry;
    this.#onChange = onChange;
  }

  current = (): VisitEntry => this.#entry;

  edit = (change: (entry: VisitEntry) => VisitEntry): void => {
    const next = change(this.#entry);
    if (next === this.#entry) return;
    this.#entry = next;
    this.#onChange(next);
    for (const listener of this.#listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
