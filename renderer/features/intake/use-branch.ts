import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ErrorCode } from '../../../shared/errors.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import type { OpenDraft } from './use-draft.ts';

const heldCodes: readonly string[] = ['version_conflict', 'draft_gone', 'draft_leased'] satisfies ErrorCode[];

/** Refusals after which the text on screen can no longer go into its draft. */
export function isHeld(code: string): boolean {
  return heldCodes.includes(code);
}

/**
 * What can no longer be saved into its draft is saved as a branch of it, at once and by itself: the
 * clerk may be gone from the desk. Null while there is none.
 */
export function useBranch(draftId: string, open: OpenDraft): { id: string | null; failed: boolean } {
  const client = useTRPCClient();
  const { mutate, isIdle, data, isError } = useMutation({
    meta: { quiet: true },
    retry: 3,
    mutationFn: async () => (await client.intake.fork.mutate({ draftId, body: open.body })).id,
  });
  const held = open.save.problem !== null && isHeld(open.save.problem.code);
  useEffect(() => {
    if (held && isIdle) mutate();
  }, [held, isIdle, mutate]);
  return { id: data ?? null, failed: isError };
}
