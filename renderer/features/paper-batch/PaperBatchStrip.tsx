import { Button, Group, Paper, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PaperBatch } from '../../../shared/contract/paper-batch.ts';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate } from '../../components/formats.ts';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { paperBatchActions } from './actions.ts';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** Above a form of a stack: which stack, how far, and the last forms, each a key away from its correction. */
export function PaperBatchStrip({ batch, flush }: { batch: PaperBatch; flush: () => Promise<boolean> }) {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const amend = useMutation(
    trpc.paperBatch.amend.mutationOptions({
      onSuccess: ({ draftId }) => navigate({ to: '/intake/$draftId', params: { draftId } }),
    }),
  );
  const { head, recent } = batch;
  const last = recent.find(({ editable }) => editable);

  async function open(caseId: string) {
    if (await flush()) amend.mutate({ batchId: batch.id, caseId });
  }

  const amendLast: Action = {
    ...paperBatchActions.amendLast,
    when: () => last !== undefined,
    perform: () => {
      if (last !== undefined) void open(last.caseId);
    },
  };
  useActions([amendLast]);

  return (
    <Paper component="section" aria-label={words.strip} p="xs" mb="md">
      <Group gap="md" justify="space-between">
        <Text size="sm">
          <Text span fw={600}>
            {words.nth(batch.count + 1)}
          </Text>{' '}
          · {formatRtRw(head.rt, head.rw)} · {head.source}, {head.officer}, {formatDate(head.dated)}
        </Text>
        {recent.length > 0 && (
          <Group gap={4} wrap="nowrap">
            <Text size="sm" c="dimmed">
              {words.last}:
            </Text>
            {recent.map((one) => (
              <Button
                key={one.caseId}
                size="compact-xs"
                variant="default"
                disabled={!one.editable}
                rightSection={one === last ? <ShortcutKeys shortcut="Alt+U" /> : undefined}
                onClick={() => void open(one.caseId)}
              >
                {words.amend(one.position, one.headName)}
              </Button>
            ))}
          </Group>
        )}
      </Group>
    </Paper>
  );
}
