import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { QueueRow } from '../../../shared/contract/identification.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { identificationQueueActions } from './actions.ts';
import { ConfirmSure } from './ConfirmSure.tsx';
import classes from './IdentificationScreen.module.css';
import { MatchAll, useMatchAll } from './MatchAll.tsx';
import { queueColumns } from './queue-columns.tsx';
import { UndoStroke } from './UndoStroke.tsx';
import { words } from './words.ts';

const pageSize = 100;

/** While the office still ranks, the queue is asked again after so many ms. */
const rankingPause = 50;
/** And while keys are renewed. */
const renewingPause = 2_000;

/** Cases that wait for identification: the queue at the left, the comparison beside or over it. */
export function IdentificationScreen() {
  const { caseId = null } = useParams({ strict: false });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [asking, setAsking] = useState(false);
  /** As in the style sheet: wide enough for queue and comparison side by side. */
  const besides = useMediaQuery('(min-width: 110rem)') ?? false;

  const pages = useInfiniteQuery({
    queryKey: [...trpc.identification.queue.queryKey(), 'pages'],
    queryFn: ({ pageParam }) => client.identification.queue.query({ offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * pageSize < last.total ? all.length * pageSize : null),
    staleTime: 60_000,
    refetchInterval: ({ state }) => {
      const last = state.data?.pages.at(-1);
      if ((last?.renewing ?? null) !== null) return renewingPause;
      return last?.ranking === true ? rankingPause : false;
    },
    refetchOnWindowFocus: false,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const { unranked = 0, ranking = false, sure = 0, renewing = null } = pages.data?.pages.at(-1) ?? {};

  function open(row: QueueRow) {
    void navigate({ to: '/identification/$caseId', params: { caseId: row.caseId } });
  }

  const next = {
    ...identificationQueueActions.next,
    when: () => rows.length > 0,
    perform: () => {
      const following = rows[rows.findIndex((row) => row.caseId === caseId) + 1] ?? rows[0];
      if (following !== undefined) open(following);
    },
  };
  const confirmSure = {
    ...identificationQueueActions.confirmSure,
    when: () => sure > 0 && caseId === null,
    perform: () => setAsking(true),
  };
  const matching = useMatchAll();
  const matchAll = {
    ...identificationQueueActions.matchAll,
    when: () => caseId === null && !matching.running && (pages.data?.pages[0]?.lists ?? 0) > 0,
    perform: matching.start,
  };
  useActions([next, matchAll, confirmSure]);

  return (
    <div className={classes.split} data-detail={caseId !== null || undefined}>
      <section className={classes.list} aria-label={words.listLabel}>
        <PageHeader
          title={words.title}
          subtitle={
            pages.data === undefined
              ? ' '
              : unranked > 0
                ? (ranking ? words.ranking : words.unranked)(formatNumber(unranked))
                : words.countOf(formatNumber(pages.data.pages[0]?.total ?? 0))
          }
        >
          <UndoStroke enabled={caseId === null} />
          {caseId === null && <ActionButton action={matchAll} variant="default" />}
          {caseId === null && <ActionButton action={confirmSure} variant="default" />}
        </PageHeader>
        {renewing !== null && <ProblemNote problem={renewing} />}
        {caseId === null && <MatchAll matching={matching} />}
        {pages.error !== null && pages.data === undefined ? (
          <ProblemNote problem={problemOf(pages.error)} onRetry={() => void pages.refetch()} />
        ) : (
          <div className={classes.table}>
            <VirtualTable
              label={words.listLabel}
              rows={rows}
              columns={queueColumns(caseId !== null && besides)}
              rowKey={(row) => row.caseId}
              rowRem={3.25}
              openKey={caseId}
              onOpen={open}
              placeKey="identification"
              autoFocus={caseId === null}
              coming={pages.isLoading}
              onRange={(_, last) => {
                if (last >= rows.length - 20 && pages.hasNextPage && !pages.isFetchingNextPage)
                  void pages.fetchNextPage();
              }}
              empty={
                pages.data === undefined || unranked > 0 ? undefined : (
                  <EmptyState title={words.emptyTitle} description={words.emptyText} />
                )
              }
            />
          </div>
        )}
      </section>
      <Outlet />
      <ConfirmSure opened={asking} onClose={() => setAsking(false)} />
    </div>
  );
}
