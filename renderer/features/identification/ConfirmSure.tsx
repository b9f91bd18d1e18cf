import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type BatchOutcome, mostNames, type SureCase } from '../../../shared/contract/identification.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { confirmAll } from './batches.ts';
import { CaseName } from './CaseName.tsx';
import { ResultMark } from './ResultMark.tsx';
import { StrokeButtons } from './StrokeButtons.tsx';
import classes from './IdentificationScreen.module.css';
import { useStop } from './use-stop.ts';
import { words } from './words.ts';

interface ConfirmSureProps {
  opened: boolean;
  onClose: () => void;
}

/**
 * Confirms in one stroke all that the program is sure of; what could not be done says why. Closing while
 * it is under way stops it: nothing goes on unseen.
 */
export function ConfirmSure({ opened, onClose }: ConfirmSureProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [failed, setFailed] = useState<readonly BatchOutcome[]>([]);
  const [answered, setAnswered] = useState(0);
  const { begin, stop, stopping } = useStop();
  const sure = useQuery(trpc.identification.sure.queryOptions(undefined, { enabled: opened, staleTime: 0 }));
  const confirm = useMutation({
    // By this Ctrl+Z knows that something is being written (`UndoStroke`).
    mutationKey: trpc.identification.confirmSure.mutationKey(),
    mutationFn: async (cases: readonly SureCase[]) => {
      const outcomes: BatchOutcome[] = [];
      setAnswered(0);
      try {
        await confirmAll(cases, (batch) => client.identification.confirmSure.mutate(batch), {
          signal: begin(),
          onAnswered: (batch) => {
            outcomes.push(...batch);
            setAnswered(outcomes.length);
          },
        });
      } finally {
        // Also where a later call failed: what was answered before stands.
        const problems = outcomes.filter((outcome) => !outcome.done);
        const done = outcomes.length - problems.length;
        if (done > 0) tellDone(words.confirmedTitle(done), words.undoHint);
        setFailed(problems);
      }
      return outcomes;
    },
    onSuccess: (outcomes) => {
      if (outcomes.every((outcome) => outcome.done)) onClose();
    },
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
  // What is confirmed already is among the sure no longer.
  const rows = confirm.isPending ? confirm.variables : (sure.data ?? []);
  return (
    <Modal
      opened={opened}
      onClose={confirm.isPending ? stop : close}
      title={words.confirmSureTitle(rows.length)}
      size="lg"
    >
      <Text size="sm" mb="sm">
        {words.confirmSureText}
      </Text>
      {rows.length > 0 && (
        <Text size="sm" mb="sm">
          {words.wrongExpected(total(rows, 'links'), total(rows, 'wrong'))}
        </Text>
      )}
      <Waiting query={sure} />
      <ul className={classes.sureList}>
        {rows.slice(0, mostNames).map((row) => (
          <li key={row.caseId}>
            <CaseName number={row.number} headName={row.headName} />
            <ResultMark result={row.result} />
          </li>
        ))}
        {rows.length > mostNames && <li>{words.moreCases(rows.length - mostNames)}</li>}
      </ul>
      <StrokeButtons
        label={words.confirm}
        progress={confirm.isPending ? words.confirming(answered, rows.length) : null}
        stopping={stopping}
        // Not while they are counted, or it could not take the focus.
        disabled={sure.data?.length === 0}
        onGo={() => rows.length > 0 && confirm.mutate(rows)}
        onStop={stop}
        onCancel={close}
      />
    </Modal>
  );
}

function total(rows: readonly SureCase[], of: 'links' | 'wrong'): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}
