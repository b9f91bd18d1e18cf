import { SegmentedControl, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { type WorkItem, WorkStage } from '../../../shared/contract/verification.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
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
  const work = useQuery(trpc.verification.work.queryOptions({ stage }));
  const options = useQuery(trpc.verification.options.queryOptions());
  const codeField = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const items = work.data ?? [];
  // Only what is still in this list counts; a colleague may have moved the rest.
  const chosen = items.filter((item) => selected.has(item.caseId));
  const printable = stage !== 'kembali';

  const print: Action = {
    ...workListActions.print,
    when: () => printable && chosen.length > 0,
    perform: () => setAsking(true),
  };
  const selectAll: Action = {
    ...workListActions.selectAll,
    when: () => printable && items.length > 0,
    perform: () =>
      setSelected(new Set(chosen.length === items.length ? [] : items.map((item) => item.caseId))),
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
    setSelected(new Set());
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
          caseIds: chosen.map((item) => item.caseId),
          enumerator,
          paper,
          instrument,
        }),
      onReady: () => {
        setSelected(new Set());
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
      {work.error !== null && work.data === undefined ? (
        <ProblemNote problem={problemOf(work.error)} onRetry={() => void work.refetch()} />
      ) : (
        <div className={classes.table}>
          <VirtualTable
            key={stage}
            label={words.listLabel(words.stages[stage])}
            rows={items}
            columns={workColumns(stage)}
            rowKey={(item) => item.caseId}
            onOpen={open}
            selection={printable ? selected : undefined}
            onSelectionChange={printable ? setSelected : undefined}
            placeKey={`verification.${stage}`}
            autoFocus
            empty={
              work.data === undefined ? undefined : (
                <EmptyState title={words.empty[stage][0]} description={words.empty[stage][1]} />
              )
            }
          />
        </div>
      )}
      {printable && (
        <div className={classes.foot}>
          <Text size="sm" c="dimmed" role="status">
            {words.selected(chosen.length)}{' '}
            {chosen.length === 0 && items.length > 0 ? `· ${words.selectHint}` : ''}
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
        count={chosen.length}
        again={chosen.some((item) => item.sheet !== null)}
        assigned={chosen.length > 0 && chosen.every((item) => item.assignee !== null)}
        enumerators={offered(options.data?.enumerators ?? [], chosen)}
        paper={options.data?.paper ?? 'F4'}
        instruments={options.data?.instruments ?? []}
        onPrint={show}
      />
    </div>
  );
}

/** Whom to offer for these forms: the member they were all given to comes first. */
function offered(names: readonly string[], chosen: readonly WorkItem[]): readonly string[] {
  const [assignee, ...others] = new Set(chosen.map((item) => item.assignee));
  if (assignee === undefined || assignee === null || others.length > 0) return names;
  return [assignee, ...names.filter((name) => name !== assignee)];
}
