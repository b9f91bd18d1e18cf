import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Draft, DraftLease } from '../../../shared/contract/intake.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';

/** Well within the five minutes after which the office takes a draft for left. */
const renewEvery = 60_000;

/**
 * Holds the draft while its form is open, and leaves it with the form. While a colleague holds it, says
 * who and since when, and how to take it over.
 */
export function useLease(
  draft: Draft,
  onSeized: () => void,
): { lease: DraftLease | null; seize: (reason: string) => Promise<unknown> } {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const draftId = draft.id;
  const held = useQuery({
    queryKey: ['intake.hold', draftId],
    queryFn: async () => {
      await client.intake.hold.mutate({ draftId });
      return true;
    },
    refetchInterval: renewEvery,
    retry: false,
    gcTime: 0,
    meta: { quiet: true },
  });
  useEffect(() => () => void client.intake.release.mutate({ draftId }).catch(() => null), [client, draftId]);
  const { mutateAsync } = useMutation({
    meta: { quiet: true },
    mutationFn: (reason: string) => client.intake.takeOver.mutate({ draftId, reason }),
    onSuccess: async () => {
      await queries.invalidateQueries(trpc.intake.drafts.pathFilter());
      // What the colleague saved since this form was opened belongs to it.
      onSeized();
    },
  });
  return { lease: held.data === true ? null : draft.lease, seize: mutateAsync };
}
