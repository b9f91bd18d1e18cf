import { Alert, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { MatchAllState } from '../../../shared/contract/identification.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatNumber } from '../../components/formats.ts';
import { JobPanel } from '../../components/JobPanel.tsx';
import { words } from './words.ts';

/** While it runs, how far it is is asked again after so many ms. */
const pause = 400;

interface Matching {
  state: MatchAllState | undefined;
  running: boolean;
  /** It ran while this screen was open: what came of it is told. */
  ran: boolean;
  stopping: boolean;
  start: () => void;
  stop: () => void;
  close: () => void;
}

/** "Padankan semua": the batch that runs, or what the last one left. */
export function useMatchAll(): Matching {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [ran, setRan] = useState(false);
  const state = useQuery(
    trpc.identification.matchAllState.queryOptions(undefined, {
      refetchInterval: ({ state: { data } }) => (data?.job ? pause : false),
    }),
  );
  const refresh = () => queries.invalidateQueries(trpc.identification.pathFilter());
  const begin = useMutation(
    trpc.identification.matchAll.mutationOptions({
      onSuccess: async () => {
        setRan(true);
        await state.refetch();
      },
    }),
  );
  const end = useMutation(trpc.identification.stopMatchAll.mutationOptions({ onSuccess: refresh }));
  const running = begin.isPending || (state.data?.job ?? null) !== null;
  const before = useRef(running);
  useEffect(() => {
    if (before.current && !running) {
      setRan(true);
      void queries.invalidateQueries(trpc.identification.pathFilter());
    }
    before.current = running;
  }, [running, queries, trpc]);
  return {
    state: state.data,
    running,
    ran,
    stopping: end.isPending,
    start: () => begin.mutate(),
    stop: () => end.mutate(),
    close: () => setRan(false),
  };
}

/** How far the batch is; then what it found, what is left, and what it could not search wholly. */
export function MatchAll({ matching }: { matching: Matching }) {
  const { state, running, ran } = matching;
  if (state === undefined) return null;
  if (state.job !== null)
    return (
      <JobPanel
        job={state.job}
        note={words.matchAllNote}
        stopping={matching.stopping}
        onStop={matching.stop}
      />
    );
  if (running || !ran) return null;
  const rest = state.waiting - state.ranked;
  return (
    <Alert
      mb="sm"
      variant="light"
      color={rest > 0 || state.incomplete > 0 || state.failed.length > 0 ? 'orange' : 'teal'}
      title={words.matchedTitle(formatNumber(state.ranked), formatNumber(state.waiting))}
      withCloseButton
      closeButtonLabel={words.close}
      onClose={matching.close}
      role="status"
    >
      <Text size="sm">
        {words.matchedText(
          formatNumber(state.sure),
          formatNumber(state.ranked - state.sure - state.failed.length),
        )}
      </Text>
      {state.sure > 0 && <Text size="sm">{words.wrongExpected(state.links, state.wrong)}</Text>}
      {rest > 0 && <Text size="sm">{words.matchedRest(formatNumber(rest))}</Text>}
      {state.incomplete > 0 && (
        <Text size="sm">{words.matchedIncomplete(formatNumber(state.incomplete))}</Text>
      )}
      {state.failed.length > 0 && <Text size="sm">{words.matchedFailed(state.failed)}</Text>}
    </Alert>
  );
}
