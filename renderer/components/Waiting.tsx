import { Group, Loader, Text } from '@mantine/core';
import { problemOf } from '../app/problem.ts';
import { ProblemNote } from './ProblemNote.tsx';

/** As much of a query of TanStack as is shown of it before its answer is there. */
export interface Asked<Answer = unknown> {
  data: Answer | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface WaitingProps {
  query: Asked;
  /** Where mostly nothing stands, nothing is shown while it comes. */
  silent?: boolean;
}

/** What stands in the place of a query's answer until it is there: that it comes, or why it does not. */
export function Waiting({ query: { data, error, refetch }, silent = false }: WaitingProps) {
  if (data !== undefined) return null;
  if (error === null) return silent ? null : <Coming />;
  return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
}

function Coming() {
  return (
    <Group gap="xs" role="status">
      <Loader size="sm" aria-hidden />
      <Text size="sm" c="dimmed">
        Memuat …
      </Text>
    </Group>
  );
}
