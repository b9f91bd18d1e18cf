import { useQuery } from '@tanstack/react-query';
import type { DifferenceProgress } from '../../../shared/contract/difference.ts';
import { isRunning } from '../../../shared/contract/jobs.ts';
import { useTRPC } from '../../app/rpc.ts';

const every = 400;

/** How far a job of the difference is; null while none runs or nothing is heard. */
export function useDifferenceJob(jobId: string | null): DifferenceProgress | null {
  const trpc = useTRPC();
  const job = useQuery({
    ...trpc.difference.progress.queryOptions({ jobId: jobId ?? '' }),
    enabled: jobId !== null,
    meta: { quiet: true },
    // What has ended stays as it is.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data === undefined || isRunning(state.data) ? every : false),
  });
  return jobId === null ? null : (job.data ?? null);
}
