import { Button, Group, Modal, Text } from '@mantine/core';
import {
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
import { useTRPC } from '../../app/rpc.ts';
import { identificationQueueActions } from './actions.ts';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

/**
 * Takes back what this person decided last; a whole batch only after asking. The key works from the moment
 * of the decision on: what is still being written, or not yet known here, is taken back once it is.
 */
export function UndoStroke({ enabled }: { enabled: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<UndoableStroke | null>(null);
  /** The key was pressed, and waits. */
  const waits = useRef(false);
  const decide = { mutationKey: trpc.identification.decide.mutationKey() };
  const undoable = useQuery(trpc.identification.undoable.queryOptions(undefined, { enabled }));
  const last = undoable.data ?? null;
  const undo = useMutation(
    trpc.identification.undo.mutationOptions({
      onSuccess: async ({ caseIds }) => {
        setAsking(null);
        tellDone(words.undone(caseIds.length), words.undoneText);
        // What was read of them before knows nothing of the answers that stand again.
        for (const caseId of caseIds)
          queries.removeQueries(trpc.identification.proposal.queryFilter({ caseId }));
        await Promise.all([
          queries.invalidateQueries(trpc.identification.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
        const [only] = caseIds;
        if (only !== undefined && caseIds.length === 1)
          await navigate({ to: '/identification/$caseId', params: { caseId: only } });
      },
    }),
  );
  const takeBack = async () => {
    if (waits.current) return;
    waits.current = true;
    try {
      if (!(await isAnswered(queries.getMutationCache(), decide.mutationKey))) return;
      const { data: now, isError } = await undoable.refetch();
      if (isError || now === undefined || now === null) return;
      if (now.cases.length > 1) setAsking(now);
      else undo.mutate({ stroke: now.stroke });
    } finally {
      waits.current = false;
    }
  };
  const action = {
    ...identificationQueueActions.undo,
    when: () =>
      !undo.isPending &&
      (queries.isMutating(decide) > 0 || (enabled && (last !== null || undoable.isFetching))),
    perform: () => void takeBack(),
  };
  useActions([action]);

  return (
    <>
      {enabled && last !== null && <ActionButton action={action} variant="subtle" />}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={words.undoTitle(asking?.cases.length ?? 0)}
      >
        <Text size="sm" mb="sm">
          {words.undoText}
        </Text>
        <ul className={classes.sureList}>
          {asking?.cases.map((one) => (
            <li key={one.caseId}>{one.headName}</li>
          ))}
        </ul>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setAsking(null)}>
            {words.cancel}
          </Button>
          <Button
            data-autofocus
            loading={undo.isPending}
            onClick={() => asking !== null && undo.mutate({ stroke: asking.stroke })}
          >
            {words.undo}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** Once a decision that is being written is answered: whether it stands. At once where none is. */
function isAnswered(cache: MutationCache, mutationKey: MutationKey): Promise<boolean> {
  const written = cache.find({ mutationKey, status: 'pending' });
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
