import type { Draft } from '../../../shared/contract/intake.ts';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { type Autosaved, useAutosaved } from '../../app/use-autosaved.ts';

export type OpenDraft = Autosaved<DraftHousehold>;

/** Refusals after which the text on screen can no longer go into its draft. */
export const heldCodes: readonly ErrorCode[] = ['version_conflict', 'draft_gone', 'draft_leased'];

export function isHeld(code: string): boolean {
  return heldCodes.some((held) => held === code);
}

/** A draft being typed. */
export function useDraft(draft: Draft): OpenDraft {
  const client = useTRPCClient();
  return useAutosaved({
    key: `intake.${draft.id}`,
    schema: DraftHousehold,
    body: draft.body,
    version: draft.version,
    savedAt: draft.version > 1 ? draft.updatedAt : null,
    editable: true,
    save: (version, body) => client.intake.save.mutate({ draftId: draft.id, version, body }),
    held: heldCodes,
  });
}
