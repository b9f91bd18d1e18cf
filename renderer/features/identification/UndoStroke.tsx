import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { UndoableStroke } from '../../../shared/contract/identification.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { identificationQueueActions } from './actions.ts';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

/** Takes back what this person decided last; a whole batch only after asking. */
export function UndoStroke({ enabled }: { enabled: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<UndoableStroke | null>(null);
  const undoable = useQuery(trpc.identification.undoable.queryOptions(undefined, { enabled }));
  const last = undoable.data ?? null;
  const undo = useMutation(
    trpc.identification.undo.mutationOptions({
      onSuccess: async ({ caseIds }) => {
        setAsking(null);
        tellDone(words.undone(caseIds.length), words.undoneText);
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
  const action = {
    ...identificationQueueActions.undo,
    when: () => enabled && last !== null && !undo.isPending,
    perform: () => {
      if (last === null) return;
      if (last.cases.length > 1) setAsking(last);
      else undo.mutate({ stroke: last.stroke });
    },
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
