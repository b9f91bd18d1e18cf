import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import type { DraftSummary } from '../../../shared/contract/intake.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { KeptStatesContext } from '../../app/use-kept-state.ts';
import { replacedKey } from './use-take-over.ts';
import { words } from './words.ts';

/** A draft, and what a family was taken over in place of in it. */
interface Discarded {
  draft: DraftSummary;
  replaced: unknown;
}

/**
 * Throwing a draft away: it asks first, and what was thrown away last can be taken back. What its form replaced
 * goes with it, and comes back with it.
 */
export function useDiscard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const kept = useContext(KeptStatesContext);
  const [discarded, setDiscarded] = useState<Discarded | null>(null);
  function refresh() {
    return Promise.all([
      queries.invalidateQueries(trpc.intake.drafts.pathFilter()),
      queries.invalidateQueries(trpc.cases.counts.pathFilter()),
    ]);
  }
  const restoring = useMutation(
    trpc.intake.restore.mutationOptions({
      onSuccess: async () => {
        if (discarded !== null) kept.set(replacedKey(discarded.draft.id), discarded.replaced);
        setDiscarded(null);
        tellDone(words.restored);
        await refresh();
      },
    }),
  );
  const discarding = useMutation(
    trpc.intake.discard.mutationOptions({
      onSuccess: async (_, { draftId }) => {
        kept.drop(replacedKey(draftId));
        await refresh();
      },
    }),
  );

  return {
    /** The draft thrown away last, while it is offered back. */
    discarded: discarding.isSuccess && discarded !== null ? discarded.draft : null,
    restore() {
      if (discarded !== null) restoring.mutate({ draftId: discarded.draft.id });
    },
    discard(draft: DraftSummary) {
      modals.openConfirmModal({
        title: words.discardTitle,
        children: <Text size="sm">{words.discardText(draft.title ?? words.unnamed)}</Text>,
        labels: { confirm: words.discardConfirm, cancel: words.keep },
        confirmProps: { color: 'red' },
        onConfirm: () => {
          setDiscarded({ draft, replaced: kept.get(replacedKey(draft.id)) });
          discarding.mutate({ draftId: draft.id });
        },
      });
    },
  };
}
