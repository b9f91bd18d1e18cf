import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MendItem } from '../../../shared/contract/attention.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { formatInstant } from '../../components/formats.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { words } from './words.ts';

/** A rejection or a task: what is the matter, and the form at the very field. */
export function MendCard({ item }: { item: MendItem }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayType = useMay('intake:write');
  const mayFinish = useMay('clash:resolve');
  const [finishing, setFinishing] = useState(false);
  const finish = useMutation(
    trpc.attention.finishTask.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        setFinishing(false);
        tellDone(words.finished);
        await queries.invalidateQueries(trpc.attention.pathFilter());
      },
    }),
  );
  const { caseId, taskId, field } = item;
  return (
    <>
      <Text size="sm">{item.sentence}</Text>
      {item.fieldLabel !== null && <Text size="sm">{words.field(item.fieldLabel)}</Text>}
      <Text size="xs" c="dimmed">
        {words.from(item.from, formatInstant(item.since))}
      </Text>
      <Group justify="flex-end" gap="xs" mt="sm">
        {taskId !== null && mayFinish && (
          <Button variant="default" onClick={() => setFinishing(true)}>
            {words.finish}
          </Button>
        )}
        {mayType ? (
          <Button
            onClick={() =>
              void navigate({
                to: '/intake/new',
                search: { correct: caseId, ...(field === null ? {} : { field }) },
              })
            }
          >
            {words.mend}
          </Button>
        ) : (
          <Button onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId } })}>
            {words.openCase}
          </Button>
        )}
      </Group>
      <ReasonModal
        opened={finishing}
        keep={`mend.${taskId ?? ''}`}
        title={words.finish}
        description={words.finishText}
        reasonRequired
        onCancel={() => setFinishing(false)}
        onConfirm={async (note) => {
          if (taskId !== null) await finish.mutateAsync({ taskId, note: note ?? '' });
        }}
      />
    </>
  );
}
