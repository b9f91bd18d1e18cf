import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** Files that lie beside a list that stands, and wait for somebody to look at them. */
export function WaitingLists() {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const waiting = useQuery(trpc.difference.waiting.queryOptions());
  if (waiting.data === undefined) return <Waiting query={waiting} silent />;
  return waiting.data.map(({ differenceId, list }) => (
    <Alert key={differenceId} color="orange" variant="light" icon={<AlertIcon />} mb="sm">
      <Group justify="space-between">
        <Text size="sm">{words.waitingText(list.name, formatDate(list.listDate))}</Text>
        <Button
          size="xs"
          onClick={() =>
            void navigate({ to: '/difference/$differenceId', params: { differenceId }, search: {} })
          }
        >
          {words.waitingOpen}
        </Button>
      </Group>
    </Alert>
  ));
}
