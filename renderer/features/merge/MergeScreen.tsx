import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTRPC } from '../../app/rpc.ts';
import { Waiting } from '../../components/Waiting.tsx';
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
  return <Waiting query={comparison} />;
}
