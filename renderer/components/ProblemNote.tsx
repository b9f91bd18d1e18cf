import { Alert, Button, Group, Text } from '@mantine/core';
import { AlertIcon } from './icons.tsx';

interface ProblemNoteProps {
  /** What happened and what to do next; from `problemOf(error)`. */
  problem: { message: string; next: string };
  onRetry?: () => void;
}

/** A problem in its own place: calm, in words, with the way on. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  return (
    <Alert color="orange" variant="light" icon={<AlertIcon />} title={problem.message} role="alert">
      <Group justify="space-between" align="flex-end">
        <Text size="sm">{problem.next}</Text>
        {onRetry !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Coba lagi
          </Button>
        )}
      </Group>
    </Alert>
  );
}
