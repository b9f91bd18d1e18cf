import { useQuery } from '@tanstack/react-query';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { useTRPC } from '../../app/rpc.ts';

/** Milliseconds between two looks: what happens to the line is on screen within seconds. */
const every = 2_000;

/**
 * The state of the push, and when it was read (ISO instant); undefined until it was read once.
 * Every user of it shares one look.
 */
export function useSyncStatus(): { status: SyncStatus | undefined; readAt: string } {
  const trpc = useTRPC();
  const { data, dataUpdatedAt } = useQuery(
    trpc.sync.status.queryOptions(undefined, { refetchInterval: every, meta: { quiet: true } }),
  );
  return { status: data, readAt: new Date(dataUpdatedAt).toISOString() };
}
