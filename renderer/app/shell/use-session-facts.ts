import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '../rpc.ts';
import { useSessionStore } from '../session-context.ts';

/** Minutes between two looks; a day that turned, or a changed setting, is seen this late at most. */
const lookEvery = 5;

/** Keeps what the frame shows of the session fresh: the period's days left, the lock's minutes. */
export function useSessionFacts(): void {
  const trpc = useTRPC();
  const store = useSessionStore();
  const facts = useQuery(
    trpc.session.current.queryOptions(undefined, {
      refetchInterval: lookEvery * 60_000,
      meta: { quiet: true },
    }),
  );
  useEffect(() => {
    if (facts.data !== undefined) store.refresh(facts.data);
  }, [facts.data, store]);
}
