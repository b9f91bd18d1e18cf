import { useContext, useEffect, useRef, useState } from 'react';
import type { Draft } from '../../../shared/contract/intake.ts';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { Autosaver, type SaveState } from '../../app/autosaver.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { KeptStatesContext } from '../../app/use-kept-state.ts';

export interface OpenDraft {
  body: DraftHousehold;
  edit: (change: (body: DraftHousehold) => DraftHousehold) => void;
  save: SaveState;
  /** Saves what is unsaved now; says whether all of it is saved. */
  flush: () => Promise<boolean>;
  /** The version that the last saving made. */
  version: () => number;
}

/**
 * A draft being typed. Each change goes to the office by itself; until it is there it is also kept
 * in memory, so that a crash of the screen loses nothing either.
 */
export function useDraft(draft: Draft): OpenDraft {
  const client = useTRPCClient();
  const kept = useContext(KeptStatesContext);
  const keptKey = `intake.${draft.id}`;
  const [unsavedBefore] = useState(() => DraftHousehold.safeParse(kept.get(keptKey)).data ?? null);
  const [body, setBody] = useState(unsavedBefore ?? draft.body);
  // An answer of the office may come long after the rendering that asked for it.
  const latest = useRef(body);
  const [save, setSave] = useState<SaveState>({
    savedAt: draft.version > 1 ? draft.updatedAt : null,
    pending: false,
    problem: null,
  });
  const [saver] = useState(
    () =>
      new Autosaver<DraftHousehold>({
        version: draft.version,
        savedAt: draft.version > 1 ? draft.updatedAt : null,
        save: (version, text) => client.intake.save.mutate({ draftId: draft.id, version, body: text }),
        onState: (state) => {
          if (!state.pending) kept.drop(keptKey);
          setSave(state);
        },
        held: ['version_conflict', 'draft_gone', 'draft_leased'],
      }),
  );

  useEffect(() => {
    if (unsavedBefore !== null) saver.change(unsavedBefore);
    return () => saver.close();
  }, [saver, unsavedBefore]);

  return {
    body,
    save,
    edit: (change) => {
      const next = change(latest.current);
      if (next === latest.current) return;
      latest.current = next;
      kept.set(keptKey, next);
      setBody(next);
      saver.change(next);
    },
    flush: () => saver.flush(),
    version: () => saver.version,
  };
}
