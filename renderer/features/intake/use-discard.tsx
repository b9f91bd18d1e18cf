import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useContext, useState, useSyncExternalStore } from 'react';
import type { DraftSummary } from '../../../shared/contract/intake.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { KeptStatesContext } from '../../app/use-kept-state.ts';
import { ThrownAway } from './thrown-away.ts';
import { words } from './words.ts';

/**
 * Throwing a draft away: it asks first, and what was thrown away last can be taken back. What its form replaced
 * goes with it, and comes back with it.
 */
export function useDiscard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const kept = useContext(KeptStatesContext);
  const [thrownAway] = useState(() => new ThrownAway(kept));
  const discarded = useSyncExternalStore(thrownAway.subscribe, thrownAway.last, thrownAway.last);
  function refresh() {
    return Promise.all([
      queries.invalidateQueries(trpc.intake.drafts.pathFilter()),
      queries.invalidateQueries(trpc.cases.counts.pathFilter()),
    ]);
  }
  const restoring = useMutation(
    trpc.intake.restore.mutationOptions({
      onSuccess: async (_, { draftId }) => {
        thrownAway.restored(draftId);
        tellDone(words.restored);
        await refresh();
      },
    }),
  );
  const discarding = useMutation(
    trpc.intake.discard.mutationOptions({
      onSuccess: async (_, { draftId }) => {
        thrownAway.gone(draftId);
        await refresh();
      },
    }),
  );

  return {
    /** The draft thrown away last, while it is offered back. */
    discarded,
    restore() {
      const last = thrownAway.last();
      if (last !== null) restoring.mutate({ draftId: last.id });
    },
    discard(draft: DraftSummary) {
      modals.openConfirmModal({
        title: words.discardTitle,
        children: <Text size="sm">{words.discardText(draft.title ?? words.unnamed)}</Text>,
        labels: { confirm: words.discardConfirm, cancel: words.keep },
        confirmProps: { color: 'red' },
        onConfirm: () => {
          thrownAway.asked(draft);
          discarding.mutate({ draftId: draft.id });
        },
      });
    },
  };
}
