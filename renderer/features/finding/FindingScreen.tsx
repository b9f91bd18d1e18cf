import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { FindingFilter, type FindingRow } from '../../../shared/contract/finding.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { findingActions } from './actions.ts';
import { findingColumns } from './columns.tsx';
import { FindingDetail } from './FindingDetail.tsx';
import classes from './FindingScreen.module.css';
import type { FindingSearch } from './finding-search.ts';
import { KindList } from './KindList.tsx';
import { listPause, lookAgainAfter, nextOf, rowsOf } from './worklist.ts';
import { words } from './words.ts';
import { threeDigits } from '../../../shared/domain/rt-rw.ts';

const pageSize = 100;

/** What does not agree: kinds at the left, the worklist, and what to do about the one that is open. */
export function FindingScreen() {
  const { state = 'terbuka', ...search }: FindingSearch = useSearch({ from: '/findings' });
  const filter: FindingFilter = { ...search, state };
  const navigate = useNavigate();
  const documents = useDocuments();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const list = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState<FindingRow | null>(null);
  const [exporting, setExporting] = useState(false);
  const pages = useInfiniteQuery({
    queryKey: [...trpc.finding.list.queryKey(), filter],
    queryFn: ({ pageParam }) => client.finding.list.query({ filter, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, every) =>
      every.length * pageSize < last.total ? every.length * pageSize : null,
    // The kinds and the filters stay where the hand is while another is read; the rows go, as they are of the one before.
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: query }) => ((query.data?.pages.at(-1)?.pending ?? 0) > 0 ? listPause : false),
  });
  const rows = pages.isPlaceholderData ? [] : rowsOf(pages.data);
  const last = pages.data?.pages.at(-1);
  const pending = last?.pending ?? 0;
  const openId = opened?.id ?? null;
  const listed = rows.find(({ id }) => id === openId);
  // One that is open stays: settled by a colleague, or gone, it leaves the list but not the desk.
  const now = useQuery({
    ...trpc.finding.get.queryOptions({ id: openId ?? '' }),
    enabled: openId !== null && pages.data !== undefined && listed === undefined,
  });
  const open = opened === null ? null : (listed ?? (now.data?.id === openId ? now.data : opened));

  function show(next: FindingSearch) {
    setOpened(null);
    void navigate({ to: '/findings', search: { ...search, state, ...next }, replace: true });
  }
  /** To the finding after this one, also where its page is still to be read; where none is left, back into the list. */
  async function goOn(settled = false) {
    const following = await nextOf(pages, openId, settled);
    if (following === null) close();
    else setOpened(following);
  }
  /** The keyboard goes back to where it was: into the list. */
  function close() {
    setOpened(null);
    list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }
  const next = {
    ...findingActions.next,
    when: () => rows.length > 0 && !pages.isFetchingNextPage,
    perform: () => void goOn(),
  };
  const print = {
    ...findingActions.print,
    perform: () => documents.show({ title: words.print, kind: 'rekap_temuan', input: search }),
  };
  const save = { ...findingActions.export, perform: () => setExporting(true) };
  useActions([next, print, save]);

  return (
    <div className={classes.screen}>
      <PageHeader title={words.title} subtitle={pending > 0 ? <Looking pending={pending} /> : words.subtitle}>
        <ActionButton action={save} variant="default" />
        <ActionButton action={print} variant="default" />
      </PageHeader>
      {pages.error !== null && pages.data === undefined && (
        <ProblemNote problem={problemOf(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      <div className={classes.columns} data-detail={open !== null || undefined}>
        <KindList
          counts={last?.counts ?? []}
          state={state}
          kind={search.kind ?? null}
          onKind={(kind) => show({ kind: kind ?? undefined })}
        />
        <section ref={list} className={classes.list} aria-label={words.listLabel}>
          <div className={classes.filter}>
            <SegmentedControl
              aria-label={words.stateLabel}
              value={state}
              onChange={(value) => show({ state: FindingFilter.shape.state.parse(value) })}
              data={[
                { value: 'terbuka', label: words.states.terbuka },
                { value: 'selesai', label: words.states.selesai },
              ]}
            />
            <Select
              aria-label={words.rw}
              placeholder={words.everyRw}
              clearable
              value={search.rw === undefined ? null : String(search.rw)}
              data={(last?.rws ?? []).map((rw) => ({
                value: String(rw),
                label: `RW ${threeDigits(rw)}`,
              }))}
              onChange={(value) => show({ rw: value === null ? undefined : Number(value) })}
            />
          </div>
          <div className={classes.table}>
            <VirtualTable
              label={words.listLabel}
              rows={rows}
              columns={findingColumns}
              rowKey={(row) => row.id}
              rowRem={3.25}
              openKey={openId}
              onOpen={setOpened}
              placeKey={`finding ${JSON.stringify(filter)}`}
              autoFocus
              coming={pages.isLoading || pages.isPlaceholderData}
              onRange={(_, end) => {
                if (end >= rows.length - 20 && pages.hasNextPage && !pages.isFetchingNextPage)
                  void pages.fetchNextPage();
              }}
              empty={
                pages.data === undefined || pages.isPlaceholderData || pending > 0 ? undefined : (
                  <EmptyState
                    title={words.emptyTitle}
                    description={state === 'selesai' ? words.emptySettled : words.emptyText}
                  />
                )
              }
            />
          </div>
        </section>
        {open !== null && (
          <FindingDetail key={open.id} finding={open} onNext={() => void goOn(true)} onClose={close} />
        )}
      </div>
      <ExportDialog
        subject={exporting ? { kind: 'temuan', filter: search } : null}
        onClose={() => setExporting(false)}
      />
    </div>
  );
}

/** Has cases looked at while it is shown, and says how many are left. */
function Looking({ pending }: { pending: number }) {
  const trpc = useTRPC();
  const left = useQuery({
    ...trpc.finding.look.queryOptions(),
    refetchInterval: ({ state }) => lookAgainAfter(state),
  });
  const renewing = left.data?.renewing ?? null;
  return renewing === null
    ? words.looking(formatNumber(left.data?.pending ?? pending))
    : `${renewing.message} ${renewing.next}`;
}
