import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { DifferenceProgress } from '../../../shared/contract/difference.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useDifferenceJob } from './use-difference-job.ts';

export interface Comparing {
  start: (lists: { baseListId: string; listId: string }) => void;
  starting: boolean;
  /** How far the comparison is; null while none runs. */
  job: DifferenceProgress | null;
  stop: () => void;
  stopping: boolean;
}

/** Lays two snapshots beside each other and opens the difference once it is known. */
export function useCompare(): Comparing {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const [jobId, setJobId] = useState<string | null>(null);
  const [known, setKnown] = useState<string | null>(null);
  const job = useDifferenceJob(jobId);
  const cancel = useMutation(trpc.difference.cancel.mutationOptions());
  const compare = useMutation(
    trpc.difference.compare.mutationOptions({
      onSuccess: (answer) => {
        setKnown(answer.differenceId);
        setJobId(answer.jobId);
      },
    }),
  );
  const ready = known ?? job?.differenceId ?? null;
  useEffect(() => {
    if (ready !== null)
      void navigate({ to: '/difference/$differenceId', params: { differenceId: ready }, search: {} });
  }, [ready, navigate]);
  return {
    start: (lists) => compare.mutate(lists),
    starting: compare.isPending,
    job,
    stop: () => jobId !== null && cancel.mutate({ jobId }),
    stopping: cancel.isPending,
  };
}
