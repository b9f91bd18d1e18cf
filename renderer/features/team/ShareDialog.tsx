import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { explainPart } from '../../../shared/domain/assignment.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { formatNumber } from '../../components/formats.ts';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

/** The proposal, part by part with its reason; nothing is given to anybody before it is confirmed. */
export function ShareDialog({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const plan = useQuery(trpc.team.plan.queryOptions(undefined, { staleTime: 0 }));
  const assign = useMutation(
    trpc.team.assign.mutationOptions({
      onSuccess: async ({ cases }) => {
        onDone();
        tellDone(words.shared(formatNumber(cases)));
        await Promise.all([
          queries.invalidateQueries(trpc.team.pathFilter()),
          queries.invalidateQueries(trpc.verification.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
      onError: () => plan.refetch(),
    }),
  );
  if (plan.data === undefined) return <Waiting query={plan} />;
  const parts = plan.data;
  const total = parts.reduce((sum, { caseIds }) => sum + caseIds.length, 0);

  function confirm() {
    if (parts.length === 0 || assign.isPending) return;
    assign.mutate({
      parts: parts.map((part) => ({
        memberId: part.memberId,
        caseIds: part.caseIds,
        why: explainPart(part).slice(0, 300),
      })),
    });
  }

  return (
    <Stack gap="sm" onKeyDown={onCtrlEnter(confirm)}>
      <Text size="sm">{words.shareText}</Text>
      <Table.ScrollContainer minWidth="40rem" maxHeight="55vh">
        <Table stickyHeader verticalSpacing={6} aria-label={words.shareTitle}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.shareColumns.place}</Table.Th>
              <Table.Th ta="end">{words.shareColumns.count}</Table.Th>
              <Table.Th>{words.shareColumns.member}</Table.Th>
              <Table.Th>{words.shareColumns.why}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map((part) => (
              <Table.Tr key={`${part.memberId} ${part.caseIds[0] ?? ''}`}>
                <Table.Td>{rtSlashRw(part.rt, part.rw)}</Table.Td>
                <Table.Td ta="end">{part.caseIds.length}</Table.Td>
                <Table.Td>{part.memberName}</Table.Td>
                <Table.Td>
                  <Text size="sm">{explainPart(part)}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {words.cancel}
        </Button>
        <Button
          // The proposal comes after the dialog has taken the focus: Enter and Ctrl+Enter mean the confirmation.
          autoFocus
          data-autofocus
          loading={assign.isPending}
          disabled={parts.length === 0}
          onClick={confirm}
          rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
          aria-keyshortcuts="Control+Enter"
        >
          {words.shareConfirm(formatNumber(total))}
        </Button>
      </Group>
    </Stack>
  );
}
