import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RetractionItem } from '../../../shared/contract/attention.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { words } from './words.ts';

/** A case that the province does not let go: why, and the way to tell it once more. */
export function RetractionCard({ item }: { item: RetractionItem }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const maySend = useMay('clash:resolve');
  const send = useMutation(
    trpc.attention.sendRetractionAgain.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        tellDone(words.sentAgain);
        await Promise.all([
          queries.invalidateQueries(trpc.attention.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
        ]);
      },
    }),
  );
  return (
    <>
      <Text size="sm">{item.sentence}</Text>
      {send.error !== null && <ProblemNote problem={problemOf(send.error)} />}
      {maySend && (
        <Group justify="flex-end" mt="sm">
          <Button loading={send.isPending} onClick={() => send.mutate({ caseId: item.caseId })}>
            {words.sendAgain}
          </Button>
        </Group>
      )}
    </>
  );
}
