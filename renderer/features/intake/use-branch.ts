import { useEffect, useState } from 'react';
import type { DraftHousehold } from '../../../shared/domain/draft.ts';
import { Autosaver } from '../../app/autosaver.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { heldCodes, isHeld, type OpenDraft } from './use-draft.ts';

export interface Branch {
  /** Null while there is none. */
  id: string | null;
  /** All that stands on the screen is in it. */
  saved: boolean;
  failed: boolean;
  /** Saves the last of it now; says whether all of it is saved. */
  flush: () => Promise<boolean>;
}

/**
 * What can no longer be saved into its draft is saved as a branch of it, at once and by itself: the
 * clerk may be gone from the desk. What is typed after that goes into the branch.
 */
export function useBranch(draftId: string, open: OpenDraft): Branch {
  const client = useTRPCClient();
  const [state, setState] = useState<Omit<Branch, 'flush'>>({ id: null, saved: false, failed: false });
  const [saver] = useState(() =>
    branchSaver(client, draftId, (branch) => {
      if (branch.saved) open.forget();
      setState(branch);
    }),
  );
  const { body } = open;
  const held = open.save.problem !== null && isHeld(open.save.problem.code);
  useEffect(() => {
    if (!held) return;
    saver.change(body);
    if (saver.version === 0) void saver.flush();
  }, [held, saver, body]);
  useEffect(() => () => saver.close(), [saver]);
  return { ...state, flush: () => saver.flush() };
}

/** Saves into a branch of the draft, which its first saving makes. */
export function branchSaver(
  { intake }: Pick<ReturnType<typeof useTRPCClient>, 'intake'>,
  draftId: string,
  onState: (branch: Omit<Branch, 'flush'>) => void,
): Autosaver<DraftHousehold> {
  let id: string | null = null;
  return new Autosaver<DraftHousehold>({
    version: 0,
    savedAt: null,
    save: async (version, body) => {
      if (id !== null) return intake.save.mutate({ draftId: id, version, body });
      const branch = await intake.fork.mutate({ draftId, body });
      id = branch.id;
      return { version: branch.version, savedAt: branch.updatedAt };
    },
    onState: ({ pending, problem }) => onState({ id, saved: !pending, failed: problem !== null }),
    held: heldCodes,
  });
}
