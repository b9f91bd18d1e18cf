import { useEffect, useState } from 'react';
import { v7 as newId } from 'uuid';
import type { DraftHousehold } from '../../../shared/domain/draft.ts';
import { Autosaver } from '../../app/autosaver.ts';
import { problemOf } from '../../app/problem.ts';
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

/** Of a branch: its id, what it is made with, and the version that stands in the office, null before it is there. */
interface Growing {
  id: string;
  first: DraftHousehold;
  version: number | null;
}

/**
 * Saves into a branch of the draft, which its first saving makes. Its id is made before that, and so is what it is made
 * with kept: where the answer is lost, the second try finds the branch and goes on in it. Where somebody else has gone on
 * with it, or thrown it away, all that stands on the screen becomes another.
 */
export function branchSaver(
  { intake }: Pick<ReturnType<typeof useTRPCClient>, 'intake'>,
  draftId: string,
  onState: (branch: Omit<Branch, 'flush'>) => void,
): Autosaver<DraftHousehold> {
  let branch: Growing | null = null;
  async function grow(body: DraftHousehold): Promise<{ version: number; savedAt: string }> {
    const into = (branch ??= { id: newId(), first: body, version: null });
    const { id, first } = into;
    let saved: { version: number; savedAt: string } | null = null;
    if (into.version === null) {
      const made = await intake.fork.mutate({ branchId: id, draftId, body: first });
      saved = { version: made.version, savedAt: made.updatedAt };
      into.version = made.version;
    }
    if (saved === null || first !== body)
      saved = await intake.save.mutate({ draftId: id, version: into.version, body });
    into.version = saved.version;
    return saved;
  }
  return new Autosaver<DraftHousehold>({
    version: 0,
    savedAt: null,
    save: async (_version, body) => {
      try {
        return await grow(body);
      } catch (error) {
        if (!isHeld(problemOf(error).code)) throw error;
        branch = null;
        return await grow(body);
      }
    },
    onState: ({ pending, problem }) =>
      onState({
        id: branch === null || branch.version === null ? null : branch.id,
        saved: !pending,
        failed: problem !== null,
      }),
    held: heldCodes,
  });
}
