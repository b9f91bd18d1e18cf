import { Modal, Text } from '@mantine/core';
import {
  matchMutation,
  type Mutation,
  type MutationCache,
  type MutationKey,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { UndoableStroke } from '../../../shared/contract/identification.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { identificationQueueActions } from './actions.ts';
import { undoAll } from './batches.ts';
import { CaseName } from './CaseName.tsx';
import classes from './IdentificationScreen.module.css';
import { StrokeButtons } from './StrokeButtons.tsx';
import { useStop } from './use-stop.ts';
import { words } from './words.ts';

/**
 * Takes back what this person decided last; a whole batch only after asking. The key works from the moment
 * of the decision on: what is still being written, or not yet known here, is taken back once it is.
 */
export function UndoStroke({ enabled }: { enabled: boolean }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<UndoableStroke | null>(null);
  const [undone, setUndone] = useState(0);
  const { begin, stop, stopping } = useStop();
  /** The key was pressed, and waits. */
  const waits = useRef(false);
  const decides = { predicate: isOneOf([trpc.identification.decide, trpc.identification.confirmSure]) };
  const undoable = useQuery(trpc.identification.undoable.queryOptions(undefined, { enabled }));
  const last = undoable.data ?? null;
  const undo = useMutation({
    mutationFn: async (stroke: string) => {
      const caseIds: string[] = [];
      setUndone(0);
      try {
        await undoAll(() => client.identification.undo.mutate({ stroke }), {
          signal: begin(),
          onAnswered: (batch) => {
            caseIds.push(...batch);
            setUndone(caseIds.length);
          },
        });
      } finally {
        // Also where a later call failed: what was taken back before is.
        if (caseIds.length > 0) tellDone(words.undone(caseIds.length), words.undoneText);
        // What was read of them before knows nothing of the answers that stand again.
        for (const caseId of caseIds)
          queries.removeQueries(trpc.identification.proposal.queryFilter({ caseId }));
      }
      return caseIds;
    },
    onSettled: async (caseIds = []) => {
      setAsking(null);
      await Promise.all([
        queries.invalidateQueries(trpc.identification.pathFilter()),
        queries.invalidateQueries(trpc.cases.pathFilter()),
      ]);
      const [only] = caseIds;
      if (only !== undefined && caseIds.length === 1)
        await navigate({ to: '/identification/$caseId', params: { caseId: only } });
    },
  });
  const takeBack = async () => {
    if (waits.current) return;
    waits.current = true;
    try {
      if (!(await isAnswered(queries.getMutationCache(), decides))) return;
      const { data: now, isError } = await undoable.refetch();
      if (isError || now === undefined || now === null) return;
      if (now.count > 1) setAsking(now);
      else undo.mutate(now.stroke);
    } finally {
      waits.current = false;
    }
  };
  const action = {
    ...identificationQueueActions.undo,
    when: () =>
      !undo.isPending &&
      (queries.isMutating(decides) > 0 || (enabled && (last !== null || undoable.isFetching))),
    perform: () => void takeBack(),
  };
  useActions([action]);

  return (
    <>
      {enabled && last !== null && <ActionButton action={action} variant="subtle" />}
      <Modal
        opened={asking !== null}
        onClose={undo.isPending ? stop : () => setAsking(null)}
        title={words.undoTitle(asking?.count ?? 0)}
      >
        <Text size="sm" mb="sm">
          {words.undoText}
        </Text>
        <ul className={classes.sureList}>
          {asking?.cases.map((one) => (
            <li key={one.caseId}>
              <CaseName number={one.number} headName={one.headName} />
            </li>
          ))}
          {asking !== null && asking.count > asking.cases.length && (
            <li>{words.moreCases(asking.count - asking.cases.length)}</li>
          )}
        </ul>
        <StrokeButtons
          label={words.undo}
          progress={undo.isPending ? words.undoing(undone, asking?.count ?? 1) : null}
          stopping={stopping}
          onGo={() => asking !== null && undo.mutate(asking.stroke)}
          onStop={stop}
          onCancel={() => setAsking(null)}
        />
      </Modal>
    </>
  );
}

/** Tells a mutation of one of these procedures. */
function isOneOf(procedures: readonly { mutationKey: () => MutationKey }[]) {
  const keys = procedures.map((procedure) => procedure.mutationKey());
  return (mutation: Mutation) => keys.some((mutationKey) => matchMutation({ mutationKey }, mutation));
}

/** Once a decision that is being written is answered: whether it stands. At once where none is. */
function isAnswered(
  cache: MutationCache,
  { predicate }: { predicate: (mutation: Mutation) => boolean },
): Promise<boolean> {
  const written = cache.find({ predicate, status: 'pending' });
  if (written === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const stop = cache.subscribe(() => {
      const { status } = written.state;
      if (status === 'pending') return;
      stop();
      resolve(status === 'success');
    });
  });
}
