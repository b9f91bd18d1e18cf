import { useNavigate } from '@tanstack/react-router';
import type { PersonWithoutNik } from '../../../shared/contract/intake.ts';
import { noNikReasonLabel } from '../../../shared/domain/without-nik.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { usePages } from '../../app/use-pages.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatDate } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx';
import classes from './WithoutNikScreen.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

const heads = words.withoutNikColumns;
const columns: readonly Column<PersonWithoutNik>[] = [
  { key: 'name', header: heads.name, width: 'minmax(10rem, 3fr)', render: (row) => row.name },
  {
    key: 'code',
    header: heads.code,
    width: '10rem',
    render: (row) => <span className="tabular">{row.code ?? '–'}</span>,
  },
  {
    key: 'reason',
    header: heads.reason,
    width: 'minmax(10rem, 3fr)',
    render: (row) => (row.reason === null ? '–' : noNikReasonLabel[row.reason]),
  },
  {
    key: 'address',
    header: heads.address,
    width: 'minmax(10rem, 3fr)',
    render: (row) => `${row.street}, ${formatRtRw(row.rt, row.rw)}`,
  },
  { key: 'number', header: heads.number, width: '12rem', render: (row) => row.number },
  { key: 'since', header: heads.since, width: '7rem', render: (row) => formatDate(row.registeredAt) },
];

/** Everyone who still has to get a NIK, longest waiting first; Enter opens the case. */
export function WithoutNikScreen() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const navigate = useNavigate();
  const { rows, total, coming, error, refetch, onRange } = usePages({
    queryKey: trpc.intake.withoutNik.queryKey(),
    fetchPage: (page) => client.intake.withoutNik.query(page),
  });
  return (
    <section className={classes.screen} aria-label={words.withoutNikTitle}>
      <PageHeader title={words.withoutNikTitle} subtitle={words.withoutNikSubtitle} />
      {error !== null && total === null ? (
        <ProblemNote problem={problemOf(error)} onRetry={refetch} />
      ) : (
        <div className={classes.table}>
          <VirtualTable
            label={words.withoutNikTitle}
            rows={rows}
            columns={columns}
            rowKey={(row) => row.memberId}
            onOpen={({ caseId }) => void navigate({ to: '/cases/$caseId', params: { caseId } })}
            coming={coming}
            onRange={onRange}
            placeKey="without-nik"
            autoFocus
            empty={
              total === null ? undefined : (
                <EmptyState title={words.withoutNikEmpty} description={words.withoutNikEmptyText} />
              )
            }
          />
        </div>
      )}
    </section>
  );
}
