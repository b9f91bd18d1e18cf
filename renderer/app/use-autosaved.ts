import { useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { ErrorCode } from '../../shared/errors.ts';
import { Autosaver, type SaveState } from './autosaver.ts';
import { KeptText } from './kept-text.ts';
import { KeptStatesContext } from './use-kept-state.ts';

export interface Autosaved<Body> {
  body: Body;
  /** One function for as long as the form stands. */
  edit: (change: (body: Body) => Body) => void;
  save: SaveState;
  /** Saves what is unsaved now; says whether all of it is saved. */
  flush: () => Promise<boolean>;
  /** The version that the last saving made. */
  version: () => number;
  /** The person's own text that a colleague's saving came before; null where there is none. */
  aside: SetAside | null;
  /** What is typed has another place in the office, and need not be offered again. */
  forget: () => void;
}

export interface SetAside {
  /** Puts it in the place of what is shown, and saves it. */
  take: () => void;
  discard: () => void;
}

interface AutosavedOptions<Body> {
  /** Names the record in the whole program: `intake.<id>`. */
  key: string;
  schema: z.ZodType<Body>;
  body: Body;
  version: number;
  savedAt: string | null;
  /** What is only shown is never saved. */
  editable: boolean;
  save: (version: number, body: Body) => Promise<{ version: number; savedAt: string }>;
  /** Refusals that are not mended by trying again. */
  held: readonly ErrorCode[];
}

/**
 * A record being typed. Each change goes to the office by itself; until it is there it is also kept
 * in memory, so that a crash of the screen loses nothing either. What a colleague saved meanwhile is
 * shown as it is: the person's own text never takes its place by itself.
 */
export function useAutosaved<Body>(options: AutosavedOptions<Body>): Autosaved<Body> {
  const states = useContext(KeptStatesContext);
  const [kept] = useState(() => new KeptText(states, options.key, options.schema));
  const [unsavedBefore] = useState(() =>
    options.editable ? kept.open(options.version, options.body) : null,
  );
  const [aside, setAside] = useState(() => kept.aside());
  const [save, setSave] = useState<SaveState>({ savedAt: options.savedAt, pending: false, problem: null });
  const [saver] = useState(
    () =>
      new Autosaver<Body>({
        version: options.version,
        savedAt: options.savedAt,
        save: async (version, body) => {
          kept.noteSent(body);
          const saved = await options.save(version, body);
          kept.rebase(version, saved.version);
          return saved;
        },
        onState: (state) => {
          if (!state.pending) kept.drop();
          setSave(state);
        },
        held: options.held,
      }),
  );
  const [typed] = useState(
    () =>
      new Typed<Body>(unsavedBefore ?? options.body, (body) => {
        kept.keep(saver.version, body);
        saver.change(body);
      }),
  );
  const body = useSyncExternalStore(typed.subscribe, typed.current, typed.current);

  useEffect(() => {
    // A saver of this record that is still trying would save beside this one.
    const saverKey = `${options.key}.saver`;
    const before = states.get(saverKey);
    if (before instanceof Autosaver && before !== saver) before.stop();
    states.set(saverKey, saver);
    if (unsavedBefore !== null) saver.change(unsavedBefore);
    return () => saver.close();
  }, [saver, states, options.key, unsavedBefore]);

  function discard() {
    kept.dropAside();
    setAside(null);
  }
  function take(own: Body) {
    typed.edit(() => own);
    discard();
  }

  return {
    body,
    edit: typed.edit,
    save,
    flush: () => saver.flush(),
    version: () => saver.version,
    aside: aside === null ? null : { take: () => take(aside), discard },
    forget: () => kept.drop(),
  };
}

/** What is typed, outside of any one drawing of the screen: each change builds on the one before. */
class Typed<Body> {
  #body: Body;
  readonly #onChange: (body: Body) => void;
  readonly #listeners = new Set<() => void>();

  constructor(body: Body, onChange: (body: Body) => void) {
    this.#body = body;
    this.#onChange = onChange;
  }

  current = (): Body => this.#body;

  edit = (change: (body: Body) => Body): void => {
    const next = change(this.#body);
    if (next === this.#body) return;
    this.#body = next;
    this.#onChange(next);
    for (const listener of this.#listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
