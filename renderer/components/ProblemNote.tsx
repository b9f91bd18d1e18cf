import { Alert, Button, Group, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { QueryClientContext } from '@tanstack/react-query';
import { useContext } from 'react';
import { OfficeStatus } from '../../shared/contract/session.ts';
import type { AppProblem } from '../../shared/errors.ts';
import { problemBundle } from '../app/problem-bundle.ts';
import { AlertIcon } from './icons.tsx';

interface ProblemNoteProps {
  /** What happened and what to do next; from `problemOf(error)`, whose code whoever helps can be told. */
  problem: Pick<AppProblem, 'message' | 'next'> & { code?: string; details?: AppProblem['details'] };
  onRetry?: () => void;
}

/** A problem in its own place: calm, in words, with the way on. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  const { code, details = {} } = problem;
  return (
    <Alert color="orange" variant="light" icon={<AlertIcon />} title={problem.message} role="alert">
      <Group justify="space-between" align="flex-end">
        <Text size="sm">{problem.next}</Text>
        <Group gap="xs">
          {code !== undefined && <CopyBundle code={code} details={details} />}
          {onRetry !== undefined && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              Coba lagi
            </Button>
          )}
        </Group>
      </Group>
    </Alert>
  );
}

/** Puts what whoever helps needs to know on the clipboard; where that is closed, it is shown to be read out. */
function CopyBundle(problem: { code: string; details: AppProblem['details'] }) {
  const { copy, copied, error } = useClipboard();
  // Known since the first screen; a problem asks the office nothing.
  const known = useContext(QueryClientContext)?.getQueryData([['session', 'status'], { type: 'query' }]);
  const bundle = problemBundle(problem, OfficeStatus.safeParse(known).data?.programVersion ?? null);
  if (error !== null)
    return (
      <Text size="xs" style={{ whiteSpace: 'pre-line' }}>
        {bundle}
      </Text>
    );
  return (
    <Button size="compact-sm" variant="default" onClick={() => copy(bundle)}>
      {copied ? 'Tersalin' : 'Salin keterangan'}
    </Button>
  );
}
