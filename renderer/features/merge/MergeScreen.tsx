import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { Merging } from './Merging.tsx';

/** Two cases that may be one family, side by side. */
export function MergeScreen() {
  const { caseId } = useParams({ from: '/merge/$caseId' });
  const { other = '' } = useSearch({ from: '/merge/$caseId' });
  const trpc = useTRPC();
  const comparison = useQuery(
    trpc.merge.compare.queryOptions({ keptId: caseId, otherId: other }, { refetchOnWindowFocus: false }),
  );
  if (comparison.data !== undefined)
    return <Merging key={`${caseId} ${other}`} comparison={comparison.data} />;
  return comparison.error === null ? (
    <Loader size="sm" />
  ) : (
    <ProblemNote problem={problemOf(comparison.error)} onRetry={() => void comparison.refetch()} />
  );
}
