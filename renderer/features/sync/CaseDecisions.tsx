import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { formatInstant } from '../../components/formats.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** What the province decided on a case; nothing where it has not yet. */
export function CaseDecisions({ caseId }: { caseId: string }) {
  const trpc = useTRPC();
  const decisions = useQuery(trpc.sync.decisions.queryOptions({ caseId }));
  if (decisions.data === undefined) return <Waiting query={decisions} silent />;
  if (decisions.data.length === 0) return null;
  return (
    <Paper p="md" mb="lg">
      <Title order={2} mb="xs">
        {words.decisions}
      </Title>
      <Stack gap="xs">
        {decisions.data.map(({ matter, memberId, title, periodId, sentence, issuedAt }) => (
          <div key={`${matter} ${title} ${memberId ?? ''} ${periodId}`}>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <Text size="sm">{sentence}</Text>
            <Text size="xs" c="dimmed">
              {words.decisionFrom(periodId, formatInstant(issuedAt))}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
