import { z } from 'zod';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { takeOver } from './draft-edit.ts';
import type { OpenDraft } from './use-draft.ts';

/**
 * A form whose typing a found family took the place of: what stood there, what came in its place, and
 * the family as it came in last, which is no one's typing.
 */
export const Replaced = z.object({ before: DraftHousehold, after: DraftHousehold, taken: DraftHousehold });
export type Replaced = z.infer<typeof Replaced>;

const isReplaced = fits(Replaced.nullable());

/** Under which {@link Replaced} of a draft is kept. */
export function replacedKey(draftId: string): string {
  return `intake.replaced.${draftId}`;
}

/** Takes a found family over into the form, and gives back what was typed before: nothing typed is lost. */
export function useTakeOver(draftId: string, open: Pick<OpenDraft, 'body' | 'edit'>) {
  const [replaced, keep, forget] = useKeptState<Replaced | null>(replacedKey(draftId), null, isReplaced);
  return {
    /** In place of what stands in the form by then: a family comes some time after it was asked for. */
    take: (found: DraftHousehold) =>
      open.edit((current) => {
        const after = takeOver(current, found);
        // One family in place of another: what can be put back is still what was typed.
        const untouched = replaced !== null && isAsTaken(current, replaced.taken);
        keep({ before: untouched ? replaced.before : current, after, taken: after });
        return after;
      }),
    /** The other way round again once it was done; null where nothing was replaced. */
    putBack:
      replaced === null
        ? null
        : () =>
            open.edit((current) => {
              keep({ ...replaced, before: current, after: replaced.before });
              return replaced.before;
            }),
    /** Nothing was typed since: the key is about the taking over, and no later change. */
    isLast: replaced !== null && isAsTaken(open.body, replaced.after),
    /** Nobody can put anything back any more: the family is registered. */
    forget,
  };
}

/** Whether the form holds what came in, tinted or looked at. */
export function isAsTaken(body: DraftHousehold, taken: DraftHousehold): boolean {
  return JSON.stringify(untinted(body)) === JSON.stringify(untinted(taken));
}

function untinted(body: DraftHousehold): DraftHousehold {
  return { ...body, unseen: [], members: body.members.map((member) => ({ ...member, unseen: [] })) };
}
