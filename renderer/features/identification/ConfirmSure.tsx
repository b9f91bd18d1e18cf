import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchOutcome, QueueRow } from '../../../shared/contract/identification.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ResultMark } from './ResultMark.tsx';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

interface ConfirmSureProps {
  opened: boolean;
  /** What the program is sure of. */
  rows: readonly QueueRow[];
  onClose: () => void;
}

/** Confirms in one stroke what the program is sure of; what could not be done says why. */
export function ConfirmSure({ opened, rows, onClose }: ConfirmSureProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [failed, setFailed] = useState<readonly BatchOutcome[]>([]);
  const confirm = useMutation(
    trpc.identification.confirmSure.mutationOptions({
      onSuccess: async (outcomes) => {
        const problems = outcomes.filter((outcome) => !outcome.done);
        const done = outcomes.length - problems.length;
        if (done > 0) tellDone(words.confirmedTitle(done), words.undoHint);
        setFailed(problems);
        if (problems.length === 0) onClose();
        await Promise.all([
          queries.invalidateQueries(trpc.identification.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    }),
  );

  function close() {
    setFailed([]);
    onClose();
  }

  if (failed.length > 0) {
    return (
      <Modal opened={opened} onClose={close} title={words.notConfirmed(failed.length)}>
        <List size="sm" mb="md">
          {failed.map((outcome) => (
            <List.Item key={outcome.caseId}>
              {outcome.number}: {outcome.problem}
            </List.Item>
          ))}
        </List>
        <Group justify="flex-end">
          <Button data-autofocus onClick={close}>
            {words.close}
          </Button>
        </Group>
      </Modal>
    );
  }
  return (
    <Modal opened={opened} onClose={close} title={words.confirmSureTitle(rows.length)} size="lg">
      <Text size="sm" mb="sm">
        {words.confirmSureText}
      </Text>
      <ul className={classes.sureList}>
        {rows.map((row) => (
          <li key={row.caseId}>
            <span>{row.headName}</span>
            <ResultMark result={row.result} />
          </li>
        ))}
      </ul>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={close}>
          {words.cancel}
        </Button>
        <Button
          data-autofocus
          loading={confirm.isPending}
          disabled={rows.length === 0}
          onClick={() =>
            confirm.mutate({
              cases: rows.slice(0, 200).map((row) => ({ caseId: row.caseId, version: row.version })),
            })
          }
        >
          {words.confirm}
        </Button>
      </Group>
    </Modal>
  );
}
