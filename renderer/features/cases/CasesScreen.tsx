import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { CaseRow } from '../../../shared/contract/cases.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { usePages } from '../../app/use-pages.ts';
import { isText, useKeptState } from '../../app/use-kept-state.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { words as exportWords } from '../exports/words.ts';
import { caseListActions } from './actions.ts';
import { CaseFilters } from './CaseFilters.tsx';
import { countFilters, toCaseFilter } from './case-list-search.ts';
import { caseColumns, narrowCaseColumns } from './columns.tsx';
import classes from './CasesScreen.module.css';
import { SavedFilters } from './SavedFilters.tsx';
import { words } from './words.ts';

/** All cases: filters in the address, what is searched in memory only, the detail beside the list. */
export function CasesScreen() {
  const search = useSearch({ from: '/cases' });
  const { caseId = null } = useParams({ strict: false });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const client = useTRPCClient();
  /** As in CasesScreen.module.css: wide enough for list and detail side by side. */
  const besides = useMediaQuery('(min-width: 110rem)');
  const searchField = useRef<HTMLInputElement>(null);
  const [text, setText] = useKeptState('cases.search', '', isText);
  const [settled] = useDebouncedValue(text.trim(), 150);
  const filter = toCaseFilter(search);
  const sought = settled.length >= 2 ? settled : undefined;

  const { rows, total, coming, error, refetch, onRange } = usePages({
    queryKey: [...trpc.cases.list.queryKey(), filter, sought],
    fetchPage: (page) => client.cases.list.query({ filter, text: sought, ...page }),
  });
  const [exporting, setExporting] = useState(false);
  const instruments = useQuery({ ...trpc.exports.instruments.queryOptions(), enabled: exporting });
  const cases = { kind: 'berkas' as const, filter, text: sought };
  const filtered = countFilters(search) > 0 || sought !== undefined;

  function open(row: CaseRow) {
    void navigate({ to: '/cases/$caseId', params: { caseId: row.id }, search });
  }

  function clear() {
    setText('');
    void navigate({ to: '/cases', search: {} });
  }

  function openNext() {
    const next = rows[rows.findIndex((row) => row?.id === caseId) + 1];
    if (next !== undefined) open(next);
  }

  const exportShown = {
    ...caseListActions.export,
    when: () => (total ?? 0) > 0,
    perform: () => setExporting(true),
  };
  useActions([
    { ...caseListActions.search, perform: () => searchField.current?.focus() },
    { ...caseListActions.clear, when: () => filtered, perform: clear },
    exportShown,
    { ...caseListActions.next, when: () => rows.length > 0, perform: openNext },
  ]);

  return (
    <div className={classes.split} data-detail={caseId !== null || undefined}>
      <section className={classes.list} aria-label={words.listLabel}>
        <PageHeader title={words.title} subtitle={total === null ? ' ' : words.countOf(formatNumber(total))}>
          {caseId === null && (
            <>
              <SavedFilters
                filter={filter}
                onChoose={(chosen) => void navigate({ to: '/cases', search: chosen, replace: true })}
              />
              <ActionButton action={exportShown} variant="default" />
            </>
          )}
        </PageHeader>
        <CaseFilters
          search={search}
          onChange={(next) => void navigate({ to: '/cases', search: next, replace: true })}
          text={text}
          onText={setText}
          searchField={searchField}
        />
        {error !== null && total === null ? (
          <ProblemNote problem={problemOf(error)} onRetry={refetch} />
        ) : (
          <div className={classes.table}>
            <VirtualTable
              label={words.listLabel}
              rows={rows}
              columns={caseId !== null && besides ? narrowCaseColumns : caseColumns}
              rowKey={(row) => row.id}
              openKey={caseId}
              onOpen={open}
              placeKey="cases"
              autoFocus={caseId === null}
              coming={coming}
              onRange={onRange}
              empty={total === null ? undefined : <NoCases filtered={filtered} onClear={clear} />}
            />
          </div>
        )}
      </section>
      <Outlet />
      <ExportDialog
        subject={exporting ? cases : null}
        choices={[
          { label: exportWords.cases, subject: cases },
          ...(instruments.data ?? []).map(({ id, title }) => ({
            label: exportWords.answers(title),
            subject: { ...cases, kind: 'kunjungan' as const, instrument: id },
          })),
        ]}
        onClose={() => setExporting(false)}
      />
    </div>
  );
}

function NoCases({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return <EmptyState title={words.emptyTitle} description={words.emptyText} />;
  return (
    <EmptyState title={words.nothingFoundTitle} description={words.nothingFoundText}>
      <Group justify="center">
        <Button variant="default" onClick={onClear}>
          {words.clear}
        </Button>
      </Group>
    </EmptyState>
  );
}
