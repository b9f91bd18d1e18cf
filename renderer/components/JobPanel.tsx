import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import type { JobProgress } from '../../shared/contract/jobs.ts';

const words = {
  waiting: 'Menunggu giliran',
  percent: (share: number) => `${Math.floor(share * 100)} %`,
  stop: 'Hentikan',
  stopping: 'Menghentikan…',
} as const;

interface JobPanelProps {
  job: JobProgress;
  note: string;
  stopping: boolean;
  onStop: () => void;
}

/** How far the work is. It goes on when the screen is left, and can be stopped. */
export function JobPanel({ job, note, stopping, onStop }: JobPanelProps) {
  const share = job.total === 0 ? 0 : Math.min(1, job.done / job.total);
  const label = job.message === '' ? words.waiting : job.message;
  return (
    <Paper p="lg">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={500} role="status">
            {stopping ? words.stopping : label}
          </Text>
          <Text className="tabular">{words.percent(share)}</Text>
        </Group>
        <Progress value={share * 100} aria-label={label} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {note}
          </Text>
          <Button variant="default" disabled={stopping} onClick={onStop}>
            {words.stop}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
