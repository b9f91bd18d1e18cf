import { z } from 'zod';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { takeOver } from './draft-edit.ts';
import type { OpenDraft } from './use-draft.ts';

/**
 * A form whose typing a found family took the place of: what stood there each time, the latest last; what came in its
 * place; and the family as it came in last, which is no one's typing.
 */
export const Replaced = z.object({
  before: z.array(DraftHousehold).nonempty(),
  after: DraftHousehold,
  taken: DraftHousehold,
});
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
        // One family in place of another: what can be put back is what was typed.
        const stood = replaced === null ? [current] : [...replaced.before, current];
        const typed = stood.filter((body) => replaced === null || !isAsTaken(body, replaced.taken));
        const [first = current, ...others] = typed;
        keep({ before: [first, ...others], after, taken: after });
        return after;
      }),
    /**
     * What stood there last, and what stood before it the next time; when all was put back, what it was put back in place
     * of. Null where nothing was replaced.
     */
    putBack:
      replaced === null
        ? null
        : () =>
            open.edit((current) => {
              const latest = replaced.before.at(-1) ?? current;
              keep({ ...replaced, before: [current, ...replaced.before.slice(0, -1)], after: latest });
              return latest;
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
