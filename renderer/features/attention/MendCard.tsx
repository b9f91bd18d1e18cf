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

/** A rejection or a task: what is the matter, and the form or the visit at the very field. */
export function MendCard({ item }: { item: MendItem }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayType = useMay('intake:write');
  const mayEnter = useMay('verification:enter');
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
  const { caseId, taskId, target } = item;
  return (
    <>
      <Text size="sm">{item.sentence}</Text>
      {item.fieldLabel !== null && <Text size="sm">{words.field(item.fieldLabel)}</Text>}
      {target.to === 'berkas' && <Text size="sm">{words.ofNoForm}</Text>}
      {target.to === 'kunjungan' && !mayEnter && <Text size="sm">{words.byVerifier}</Text>}
      <Text size="xs" c="dimmed">
        {words.from(item.from, formatInstant(item.since))}
      </Text>
      <Group justify="flex-end" gap="xs" mt="sm">
        {taskId !== null && mayFinish && (
          <Button variant="default" onClick={() => setFinishing(true)}>
            {words.finish}
          </Button>
        )}
        {target.to === 'formulir' && mayType ? (
          <Button
            onClick={() =>
              void navigate({
                to: '/intake/new',
                search: { correct: caseId, ...(target.field === null ? {} : { field: target.field }) },
              })
            }
          >
            {words.mend}
          </Button>
        ) : target.to === 'kunjungan' && mayEnter ? (
          <Button
            onClick={() =>
              void navigate({
                to: '/verification/$code',
                params: { code: target.code },
                search: target.field === null ? {} : { field: target.field },
              })
            }
          >
            {words.mendVisit}
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
