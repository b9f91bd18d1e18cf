import { SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { mostSheets, type WorkItem, WorkStage } from '../../../shared/contract/verification.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { useChosen } from '../../app/use-chosen.ts';
import { usePages } from '../../app/use-pages.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { SheetCodeField } from '../../components/SheetCodeField.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { workListActions } from './actions.ts';
import { workColumns } from './columns.tsx';
import { PrintDialog, type PrintChoice } from './PrintDialog.tsx';
import type { WorkSearch } from './work-search.ts';
import classes from './WorkScreen.module.css';
import { words } from './words.ts';

/** What verification has to do: forms to print, forms out in the field, forms typed in. */
export function WorkScreen() {
  const { stage = 'siap' }: WorkSearch = useSearch({ from: '/verification' });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const documents = useDocuments();
  const { rows, total, coming, error, refetch, onRange } = usePages({
    queryKey: [...trpc.verification.work.queryKey(), stage],
    fetchPage: (page) => client.verification.work.query({ stage, ...page }),
  });
  const options = useQuery(trpc.verification.options.queryOptions());
  const codeField = useRef<HTMLInputElement>(null);
  const chosen = useChosen(rows, caseOf);
  const [asking, setAsking] = useState(false);
  const printable = stage !== 'kembali';

  /** As many as are printed at once, also those that the list has not loaded. */
  const chooseAll = useMutation({
    mutationFn: async () => {
      const first: WorkItem[] = [];
      for (let offset = 0; offset < Math.min(total ?? 0, mostSheets); offset += 200)
        first.push(
          ...(
            await client.verification.work.query({ stage, offset, limit: Math.min(200, mostSheets - offset) })
          ).rows,
        );
      return first;
    },
    onSuccess: chosen.chooseRows,
  });

  const print: Action = {
    ...workListActions.print,
    when: () => printable && chosen.rows.length > 0 && chosen.rows.length <= mostSheets,
    perform: () => setAsking(true),
  };
  const selectAll: Action = {
    ...workListActions.selectAll,
    label: (total ?? 0) > mostSheets ? words.selectFirst(mostSheets) : words.selectAll,
    when: () => printable && rows.length > 0,
    perform: () => {
      const wanted = Math.min(total ?? 0, mostSheets);
      const loaded = rows.slice(0, wanted).filter((row) => row !== undefined);
      if (chosen.rows.length >= wanted) chosen.clear();
      // Chosen at once where they are all here, so that F4 right behind means them.
      else if (loaded.length === wanted) chosen.chooseRows(loaded);
      else chooseAll.mutate();
    },
  };
  const stack: Action = {
    ...workListActions.stack,
    perform: () => void navigate({ to: '/verification/stack', search: { done: 0 } }),
  };
  const ledger: Action = { ...workListActions.ledger, perform: () => void navigate({ to: '/ledger' }) };
  useActions([
    print,
    stack,
    ledger,
    selectAll,
    { ...workListActions.scan, perform: () => codeField.current?.focus() },
  ]);

  function openStage(next: string) {
    chosen.clear();
    void navigate({ to: '/verification', search: { stage: WorkStage.parse(next) }, replace: true });
  }

  function open(item: WorkItem) {
    if (item.sheet === null) void navigate({ to: '/cases/$caseId', params: { caseId: item.caseId } });
    else void navigate({ to: '/verification/$code', params: { code: item.sheet.code } });
  }

  function show({ enumerator, paper, instrument }: PrintChoice) {
    setAsking(false);
    documents.show({
      title: words.printTitle,
      kind: 'formulir_selesai',
      input: null,
      begin: () =>
        client.verification.startPrint.mutate({
          caseIds: chosen.rows.map((item) => item.caseId),
          enumerator,
          paper,
          instrument,
        }),
      onReady: () => {
        chosen.clear();
        void Promise.all([
          queries.invalidateQueries(trpc.verification.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    });
  }

  return (
    <div className={classes.screen}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={stack} variant="default" />
        <ActionButton action={ledger} variant="default" />
      </PageHeader>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={words.stageLabel}
          value={stage}
          onChange={openStage}
          data={WorkStage.options.map((value) => ({
            value,
            label: `${words.stages[value]} ${formatNumber(options.data?.counts[value] ?? 0)}`,
          }))}
        />
        <SheetCodeField
          ref={codeField}
          onCode={(code) => void navigate({ to: '/verification/$code', params: { code } })}
        />
      </div>
      {error !== null && total === null ? (
        <ProblemNote problem={problemOf(error)} onRetry={refetch} />
      ) : (
        <div className={classes.table}>
          <VirtualTable
            key={stage}
            label={words.listLabel(words.stages[stage])}
            rows={rows}
            columns={workColumns(stage)}
            rowKey={caseOf}
            coming={coming}
            onRange={onRange}
            onOpen={open}
            selection={printable ? chosen.keys : undefined}
            onSelectionChange={printable ? chosen.choose : undefined}
            placeKey={`verification.${stage}`}
            autoFocus
            empty={
              total === null ? undefined : (
                <EmptyState title={words.empty[stage][0]} description={words.empty[stage][1]} />
              )
            }
          />
        </div>
      )}
      {printable && (
        <div className={classes.foot}>
          <Text size="sm" c="dimmed" role="status">
            {words.selected(chosen.rows.length, mostSheets)}{' '}
            {chosen.rows.length === 0 && rows.length > 0 ? `· ${words.selectHint}` : ''}
          </Text>
          <div>
            <ActionButton action={selectAll} variant="default" mr="xs" />
            <ActionButton action={print} />
          </div>
        </div>
      )}
      <PrintDialog
        // Its fields begin with what the office offers.
        opened={asking && options.data !== undefined}
        onClose={() => setAsking(false)}
        count={chosen.rows.length}
        again={chosen.rows.some((item) => item.sheet !== null)}
        assigned={chosen.rows.length > 0 && chosen.rows.every((item) => item.assignee !== null)}
        enumerators={offered(options.data?.enumerators ?? [], chosen.rows)}
        paper={options.data?.paper ?? 'F4'}
        instruments={options.data?.instruments ?? []}
        onPrint={show}
      />
    </div>
  );
}

const caseOf = (item: WorkItem) => item.caseId;

/** Whom to offer for these forms: the member they were all given to comes first. */
function offered(names: readonly string[], chosen: readonly WorkItem[]): readonly string[] {
  const [assignee, ...others] = new Set(chosen.map((item) => item.assignee));
  if (assignee === undefined || assignee === null || others.length > 0) return names;
  return [assignee, ...names.filter((name) => name !== assignee)];
}
