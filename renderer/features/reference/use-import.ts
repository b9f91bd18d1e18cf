import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { type Chosen, isChosen, isRunning, nothing, phaseOf } from './phase.ts';

export function useImport() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [chosen, setChosen] = useKeptState('reference.import', nothing, isChosen);
  const check = useJob(chosen.checkId);
  const storing = useJob(chosen.importId);
  const gone = [check.error, storing.error].some(
    (error) => error !== null && problemOf(error).code === 'not_found',
  );
  // The office forgets jobs when it restarts: the file is asked for again.
  useEffect(() => {
    if (gone) setChosen({ ...chosen, upload: null, checkId: null, importId: null });
  });
  const stored = storing.data?.list?.id ?? null;
  useEffect(() => {
    if (stored !== null) void queries.invalidateQueries(trpc.reference.lists.pathFilter());
  }, [stored, queries, trpc]);

  const discard = useMutation(trpc.reference.discard.mutationOptions({ meta: { quiet: true } }));
  const startCheck = useMutation(
    trpc.reference.check.mutationOptions({
      onSuccess: ({ jobId }) => setChosen({ ...chosen, checkId: jobId, importId: null }),
    }),
  );
  const startImport = useMutation(
    trpc.reference.import.mutationOptions({
      onSuccess: ({ jobId }) => setChosen({ ...chosen, importId: jobId }),
    }),
  );
  const cancel = useMutation(trpc.reference.cancel.mutationOptions());

  function restart() {
    if (chosen.upload !== null && stored === null) discard.mutate({ uploadId: chosen.upload.uploadId });
    setChosen(nothing);
  }

  return {
    chosen,
    choose: (change: Partial<Chosen>) => setChosen({ ...chosen, ...change, checkId: null, importId: null }),
    phase: phaseOf(chosen, check.data ?? null, storing.data ?? null),
    startCheck,
    startImport,
    cancel,
    restart,
  };
}

const every = 400;

function useJob(jobId: string | null) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.reference.progress.queryOptions({ jobId: jobId ?? '' }),
    enabled: jobId !== null,
    meta: { quiet: true },
    // What has ended stays as it is.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data === undefined || isRunning(state.data) ? every : false),
  });
}
