import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReferenceProgress } from '../../../shared/contract/reference.ts';
import { CheckIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

export function SavedStep({ job, onAgain }: { job: ReferenceProgress; onAgain: () => void }) {
  const navigate = useNavigate();
  const { list, report } = job;
  if (list === null || report === null) return null;
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Group gap="xs">
          <CheckIcon />
          <Title order={2}>{words.savedTitle}</Title>
        </Group>
        <Text role="status">
          {words.savedText(list.name, list.version, report.households, report.persons)}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onAgain}>
            {words.again}
          </Button>
          <Button autoFocus onClick={() => void navigate({ to: '/reference' })}>
            {words.toLists}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
