import { z } from 'zod';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { takeOver } from './draft-edit.ts';
import type { OpenDraft } from './use-draft.ts';

/** A form whose typing a found family took the place of: what stood there, and what came in its place. */
export const Replaced = z.object({ before: DraftHousehold, after: DraftHousehold });
export type Replaced = z.infer<typeof Replaced>;

const isReplaced = fits(Replaced.nullable());

/** Takes a found family over into the form, and gives back what was typed before: nothing typed is lost. */
export function useTakeOver(draftId: string, open: Pick<OpenDraft, 'body' | 'edit'>) {
  const [replaced, keep] = useKeptState<Replaced | null>(`intake.replaced.${draftId}`, null, isReplaced);
  function replace(after: DraftHousehold) {
    keep({ before: open.body, after });
    open.edit(() => after);
  }
  return {
    take: (found: DraftHousehold) => replace(takeOver(open.body, found)),
    /** The other way round again once it was done; null where nothing was replaced. */
    putBack: replaced === null ? null : () => replace(replaced.before),
    /** Nothing was typed since: the key is about the taking over, and no later change. */
    isLast: replaced !== null && isAsTaken(open.body, replaced.after),
  };
}

/** Whether the form holds what came in, tinted or looked at. */
export function isAsTaken(body: DraftHousehold, taken: DraftHousehold): boolean {
  return JSON.stringify(untinted(body)) === JSON.stringify(untinted(taken));
}

function untinted(body: DraftHousehold): DraftHousehold {
  return { ...body, unseen: [], members: body.members.map((member) => ({ ...member, unseen: [] })) };
}
