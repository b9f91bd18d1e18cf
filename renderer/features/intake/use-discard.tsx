import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DraftSummary } from '../../../shared/contract/intake.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { words } from './words.ts';

/** Throwing a draft away: it asks first, and what was thrown away last can be taken back. */
export function useDiscard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [discarded, setDiscarded] = useState<DraftSummary | null>(null);
  function refresh() {
    return Promise.all([
      queries.invalidateQueries(trpc.intake.drafts.pathFilter()),
      queries.invalidateQueries(trpc.cases.counts.pathFilter()),
    ]);
  }
  const restoring = useMutation(
    trpc.intake.restore.mutationOptions({
      onSuccess: async () => {
        setDiscarded(null);
        tellDone(words.restored);
        await refresh();
      },
    }),
  );
  const discarding = useMutation(trpc.intake.discard.mutationOptions({ onSuccess: refresh }));

  return {
    /** The draft thrown away last, while it is offered back. */
    discarded: discarding.isSuccess ? discarded : null,
    restore() {
      if (discarded !== null) restoring.mutate({ draftId: discarded.id });
    },
    discard(draft: DraftSummary) {
      modals.openConfirmModal({
        title: words.discardTitle,
        children: <Text size="sm">{words.discardText(draft.title ?? words.unnamed)}</Text>,
        labels: { confirm: words.discardConfirm, cancel: words.keep },
        confirmProps: { color: 'red' },
        onConfirm: () => {
          setDiscarded(draft);
          discarding.mutate({ draftId: draft.id });
        },
      });
    },
  };
}
