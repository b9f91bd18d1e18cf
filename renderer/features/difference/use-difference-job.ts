import { useQuery } from '@tanstack/react-query';
import type { DifferenceProgress } from '../../../shared/contract/difference.ts';
import { lostJob, untilEnded } from '../../app/job.ts';
import { useTRPC } from '../../app/rpc.ts';

/** How far a job of the difference is; null while none runs or nothing is heard. */
export function useDifferenceJob(jobId: string | null): DifferenceProgress | null {
  const trpc = useTRPC();
  const job = useQuery({
    ...trpc.difference.progress.queryOptions({ jobId: jobId ?? '' }),
    ...untilEnded,
    enabled: jobId !== null,
  });
  if (jobId === null) return null;
  const lost = lostJob(jobId, job.error);
  return lost === null ? (job.data ?? null) : { ...lost, differenceId: null, list: null };
}
