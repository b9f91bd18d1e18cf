import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Registered } from '../../../shared/contract/intake.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { NamedActionButton } from '../../app/actions/NamedActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { registeredActions } from './actions.ts';
import { words } from './words.ts';

/** After registering: the number to tell the family, the receipt, and the next one in the queue. */
export function RegisteredPanel({ result }: { result: Registered }) {
  const documents = useDocuments();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const { caseId, number } = result;
  useEffect(() => heading.current?.focus(), []);

  const print: Action = {
    ...registeredActions.print,
    perform: () =>
      documents.show({ title: words.receiptTitle(number), kind: 'tanda_terima', input: { caseId } }),
  };
  const open: Action = {
    ...registeredActions.open,
    perform: () => void navigate({ to: '/cases/$caseId', params: { caseId } }),
  };
  useActions([print, open]);

  return (
    <Paper p="lg" maw={680} mx="auto" mt="xl">
      <Stack gap="md">
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {titleOf(result)}
        </Title>
        <div>
          <Text size="sm" c="dimmed">
            {words.doneNumber}
          </Text>
          <Text fz={28} fw={600} className="tabular" lh={1.2}>
            {number}
          </Text>
        </div>
        <Text size="sm">{nextOf(result)}</Text>
        <Group gap="xs" justify="flex-end">
          <ActionButton action={open} variant="subtle" />
          <NamedActionButton id="intake.new" variant="default" />
          <ActionButton action={print} />
        </Group>
      </Stack>
    </Paper>
  );
}

function titleOf({ corrected, state }: Registered): string {
  if (state === 'MENUNGGU_LURAH') return words.done.MENUNGGU_LURAH;
  return corrected ? words.done.corrected : words.done.TERDAFTAR;
}

function nextOf({ corrected, state, mode }: Registered): string {
  if (corrected) return state === 'MENUNGGU_LURAH' ? words.doneNext.resubmitted : words.doneNext.corrected;
  return words.doneNext[mode];
}
