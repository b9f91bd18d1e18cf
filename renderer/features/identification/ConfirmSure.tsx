import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchOutcome, SureCase } from '../../../shared/contract/identification.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { confirmAll } from './confirm-batches.ts';
import { ResultMark } from './ResultMark.tsx';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

interface ConfirmSureProps {
  opened: boolean;
  onClose: () => void;
}

/** So many names are shown; the others are counted. */
const mostNames = 500;

/** Confirms in one stroke all that the program is sure of; what could not be done says why. */
export function ConfirmSure({ opened, onClose }: ConfirmSureProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [failed, setFailed] = useState<readonly BatchOutcome[]>([]);
  const [answered, setAnswered] = useState(0);
  const sure = useQuery(trpc.identification.sure.queryOptions(undefined, { enabled: opened, staleTime: 0 }));
  const confirm = useMutation({
    mutationFn: (cases: readonly SureCase[]) => {
      setAnswered(0);
      return confirmAll(cases, (batch) => client.identification.confirmSure.mutate(batch), setAnswered);
    },
    onSuccess: (outcomes) => {
      const problems = outcomes.filter((outcome) => !outcome.done);
      const done = outcomes.length - problems.length;
      if (done > 0) tellDone(words.confirmedTitle(done), words.undoHint);
      setFailed(problems);
      if (problems.length === 0) onClose();
    },
    // Also where a later call failed: what was answered before stands.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(trpc.identification.pathFilter()),
        queries.invalidateQueries(trpc.cases.pathFilter()),
      ]),
  });

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
  const rows = sure.data ?? [];
  return (
    <Modal opened={opened} onClose={close} title={words.confirmSureTitle(rows.length)} size="lg">
      <Text size="sm" mb="sm">
        {words.confirmSureText}
      </Text>
      <Waiting query={sure} />
      <ul className={classes.sureList}>
        {rows.slice(0, mostNames).map((row) => (
          <li key={row.caseId}>
            <span>{row.headName}</span>
            <ResultMark result={row.result} />
          </li>
        ))}
        {rows.length > mostNames && <li>{words.moreCases(rows.length - mostNames)}</li>}
      </ul>
      <Group justify="flex-end" gap="xs" mt="md">
        {confirm.isPending && (
          <Text size="sm" c="dimmed" role="status" mr="auto">
            {words.confirming(answered, rows.length)}
          </Text>
        )}
        <Button variant="default" onClick={close}>
          {words.cancel}
        </Button>
        <Button
          data-autofocus
          loading={confirm.isPending}
          // Not while they are counted, or it could not take the focus.
          disabled={sure.data?.length === 0}
          onClick={() => rows.length > 0 && confirm.mutate(rows)}
        >
          {words.confirm}
        </Button>
      </Group>
    </Modal>
  );
}
