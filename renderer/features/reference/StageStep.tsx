import { Button, Group, Loader, Paper, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTRPC } from '../../app/rpc.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { useDifferenceJob } from '../difference/use-difference-job.ts';
import { JobPanel } from '../../components/JobPanel.tsx';
import { words } from './words.ts';

/** The file is laid beside the list that stands; then its difference opens. */
export function StageStep({ jobId, onLeave }: { jobId: string; onLeave: (taken: boolean) => void }) {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const job = useDifferenceJob(jobId);
  const cancel = useMutation(trpc.difference.cancel.mutationOptions());
  const differenceId = job?.differenceId ?? null;
  useEffect(() => {
    if (differenceId === null) return;
    onLeave(true);
    void navigate({ to: '/difference/$differenceId', params: { differenceId }, search: {} });
  }, [differenceId, navigate, onLeave]);

  if (job === null || differenceId !== null) return <Loader size="sm" />;
  if (job.problem === null)
    return (
      <JobPanel
        job={job}
        note={words.mayLeaveStaging}
        stopping={cancel.isPending || cancel.isSuccess}
        onStop={() => cancel.mutate({ jobId })}
      />
    );
  return (
    <Paper p="lg">
      <Stack gap="md">
        <ProblemNote problem={job.problem} />
        <Group justify="flex-end">
          <Button autoFocus onClick={() => onLeave(false)}>
            {words.backToChecked}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
