import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { CorrectionEntry } from './CorrectionEntry.tsx';
import { words } from './words.ts';

/** All corrections that wait for the lurah; nothing where there is none. */
export function WaitingCorrections() {
  const trpc = useTRPC();
  const waiting = useQuery(trpc.period.corrections.queryOptions({ caseId: null }));
  if (waiting.data === undefined) return <Waiting query={waiting} silent />;
  if (waiting.data.length === 0) return null;
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {words.waitingCorrections}
      </Title>
      <Stack gap="md">
        {waiting.data.map((correction) => (
          <div key={correction.id}>
            <Text size="sm">
              {correction.headName} <CaseLink caseId={correction.caseId}>{correction.number}</CaseLink>
            </Text>
            <CorrectionEntry correction={correction} />
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
