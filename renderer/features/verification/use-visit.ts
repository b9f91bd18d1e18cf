import { useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { VisitEntry, withoutSkipped } from '../../../shared/domain/visit-entry.ts';
import { Autosaver, type SaveState } from '../../app/autosaver.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { KeptStatesContext } from '../../app/use-kept-state.ts';

export interface OpenVisit {
  entry: VisitEntry;
  /** One function for as long as the form stands. */
  edit: (change: (entry: VisitEntry) => VisitEntry) => void;
  save: SaveState;
  /** Saves what is unsaved now; says whether all of it is saved. */
  flush: () => Promise<boolean>;
  /** The version that the last saving made. */
  version: () => number;
}

/**
 * A visit being typed in. Answers to questions that are skipped now stay in the screen's memory, in
 * case the answer before them was a slip, but they are not saved.
 */
export function useVisit(sheet: OpenSheet, today: string): OpenVisit {
  const client = useTRPCClient();
  const kept = useContext(KeptStatesContext);
  const keptKey = `verification.${sheet.sheetId}`;
  const [unsavedBefore] = useState(() => VisitEntry.safeParse(kept.get(keptKey)).data ?? null);
  const [save, setSave] = useState<SaveState>({ savedAt: sheet.savedAt, pending: false, problem: null });
  const [saver] = useState(
    () =>
      new Autosaver<VisitEntry>({
        version: sheet.version,
        savedAt: sheet.savedAt,
        save: (version, typed) =>
          client.verification.save.mutate({
            sheetId: sheet.sheetId,
            version,
            entry: withoutSkipped(typed, sheet.instrument, sheet.members, today),
          }),
        onState: (state) => {
          if (!state.pending) kept.drop(keptKey);
          setSave(state);
        },
        held: ['version_conflict', 'sheet_void', 'step_not_possible'],
      }),
  );
  const [typed] = useState(
    () =>
      new Typed(unsavedBefore ?? sheet.entry, (entry) => {
        kept.set(keptKey, entry);
        saver.change(entry);
      }),
  );
  const entry = useSyncExternalStore(typed.subscribe, typed.current);

  useEffect(() => {
    if (unsavedBefore !== null) saver.change(unsavedBefore);
    return () => saver.close();
  }, [saver, unsavedBefore]);

  return { entry, edit: typed.edit, save, flush: () => saver.flush(), version: () => saver.version };
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
