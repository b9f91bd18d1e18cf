import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate } from '../../components/formats.ts';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** Stacks of paper that are not finished: to be gone on with, or closed. */
export function OpenBatches() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  // What was typed since this screen was left counts, too.
  const batches = useQuery(trpc.paperBatch.list.queryOptions(undefined, { refetchOnMount: 'always' }));
  const next = useMutation(
    trpc.paperBatch.next.mutationOptions({
      onSuccess: ({ draftId }) => navigate({ to: '/intake/$draftId', params: { draftId } }),
    }),
  );
  const finish = useMutation(
    trpc.paperBatch.finish.mutationOptions({
      onSuccess: async ({ count }) => {
        tellDone(words.finished(count));
        await queries.invalidateQueries(trpc.paperBatch.pathFilter());
      },
    }),
  );
  if (batches.data === undefined || batches.data.length === 0) return null;
  return (
    <Paper component="section" aria-label={words.open} p="md" mb="lg">
      <Title order={2} mb="xs">
        {words.open}
      </Title>
      <Stack gap="xs">
        {batches.data.map((batch) => (
          <Group key={batch.id} justify="space-between" wrap="nowrap">
            <Text size="sm">
              <Text span fw={600}>
                {formatRtRw(batch.head.rt, batch.head.rw)}
              </Text>{' '}
              {batch.head.source}, {batch.head.officer}, {formatDate(batch.head.dated)} ·{' '}
              {words.count(batch.count)}
              {!batch.mine && ` · ${words.by(batch.openedByName)}`}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                onClick={() => finish.mutate({ batchId: batch.id })}
              >
                {words.finish}
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${words.goOn} ${formatRtRw(batch.head.rt, batch.head.rw)}`}
                onClick={() => next.mutate({ batchId: batch.id })}
              >
                {words.goOn}
              </Button>
            </Group>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
