import { SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { type LedgerEntry, sheetScanPath, sheetStateLabel } from '../../../shared/contract/ledger.ts';
import { mostSheets, SheetState } from '../../../shared/contract/verification.ts';
import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { fetchFile, postFile } from '../../app/files.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { useChosen } from '../../app/use-chosen.ts';
import { usePages } from '../../app/use-pages.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { ledgerActions } from './actions.ts';
import { ledgerColumns } from './columns.tsx';
import { HandOutDialog } from './HandOutDialog.tsx';
import type { LedgerSearch } from './ledger-search.ts';
import classes from './LedgerScreen.module.css';
import { ReceivePanel } from './ReceivePanel.tsx';
import { words } from './words.ts';

const all = 'semua';

const sheetOf = (entry: LedgerEntry) => entry.sheetId;

/** The ledger of sheets: at the office, out with somebody, back, typed in, with their image. */
export function LedgerScreen() {
  const { state }: LedgerSearch = useSearch({ from: '/ledger' });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const documents = useDocuments();
  const session = useSessionStore();
  const { rows, total, coming, error, refetch, onRange } = usePages({
    queryKey: [...trpc.ledger.list.queryKey(), state ?? null],
    fetchPage: (page) => client.ledger.list.query({ state: state ?? null, ...page }),
  });
  const counts = useQuery(trpc.ledger.counts.queryOptions());
  const options = useQuery(trpc.verification.options.queryOptions());
  const file = useRef<HTMLInputElement>(null);
  const [receiving, setReceiving] = useState(false);
  const [asking, setAsking] = useState(false);
  const chosen = useChosen(rows, sheetOf);
  const [only] = chosen.rows.length === 1 ? chosen.rows : [];
  const someChosen = chosen.rows.length > 0 && chosen.rows.length <= mostSheets;

  const refresh = () => queries.invalidateQueries(trpc.ledger.pathFilter());
  const handOut = useMutation(trpc.ledger.handOut.mutationOptions({ meta: { quiet: true } }));
  const attach = useMutation({
    mutationFn: async (image: File) => {
      if (only === undefined) return;
      const body = new FormData();
      body.set('sheetId', only.sheetId);
      body.set('file', image);
      await postFile(session, sheetScanPath, body, null);
      tellDone(words.attached(displaySheetCode(only.code)));
      await refresh();
    },
  });

  const receive: Action = {
    ...ledgerActions.receive,
    label: receiving ? words.stopReceiving : words.receive,
    perform: () => setReceiving(!receiving),
  };
  const takeOut: Action = {
    ...ledgerActions.handOut,
    when: () =>
      someChosen && chosen.rows.every((entry) => entry.state === 'dicetak' || entry.state === 'kembali'),
    perform: () => setAsking(true),
  };
  const attachImage: Action = {
    ...ledgerActions.attach,
    when: () => only?.state === 'dientri' || only?.state === 'dipindai',
    perform: () => file.current?.click(),
  };
  const show: Action = {
    ...ledgerActions.show,
    when: () => only?.state === 'dipindai',
    perform: () => {
      if (only === undefined) return;
      documents.showFile(words.imageTitle(displaySheetCode(only.code)), () =>
        fetchFile(
          session,
          `${sheetScanPath}/content`,
          JSON.stringify({ sheetId: only.sheetId }),
          'application/json',
        ),
      );
    },
  };
  const back: Action = {
    ...ledgerActions.back,
    perform: () => (receiving ? setReceiving(false) : void navigate({ to: '/verification' })),
  };
  const cover: Action = {
    ...ledgerActions.cover,
    when: () => someChosen && chosen.rows.some((entry) => entry.state !== 'batal'),
    perform: () =>
      documents.show({
        title: words.cover,
        kind: 'daftar_sampul',
        input: { sheetIds: chosen.rows.map(sheetOf) },
      }),
  };
  useActions([cover, receive, takeOut, attachImage, show, back]);

  return (
    <div className={classes.screen}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={back} variant="default" />
      </PageHeader>
      {receiving && <ReceivePanel />}
      <SegmentedControl
        aria-label={words.stateLabel}
        className={classes.states}
        value={state ?? all}
        onChange={(next) => {
          chosen.clear();
          void navigate({
            to: '/ledger',
            search: { state: SheetState.safeParse(next).data },
            replace: true,
          });
        }}
        data={[
          { value: all, label: words.all },
          ...SheetState.options.map((value) => ({
            value,
            label: `${words.states[value]} ${formatNumber(counts.data?.[value] ?? 0)}`,
          })),
        ]}
      />
      {error !== null && total === null ? (
        <ProblemNote problem={problemOf(error)} onRetry={refetch} />
      ) : (
        <div className={classes.table}>
          <VirtualTable
            key={state ?? all}
            label={words.listLabel(state === undefined ? words.all : sheetStateLabel[state])}
            rows={rows}
            columns={ledgerColumns}
            rowKey={sheetOf}
            coming={coming}
            onRange={onRange}
            onOpen={(entry) => void navigate({ to: '/verification/$code', params: { code: entry.code } })}
            selection={chosen.keys}
            onSelectionChange={chosen.choose}
            placeKey={`ledger.${state ?? all}`}
            autoFocus
            empty={
              total === null ? undefined : <EmptyState title={words.empty[0]} description={words.empty[1]} />
            }
          />
        </div>
      )}
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {words.selected(chosen.rows.length, mostSheets)}
        </Text>
        <div className={classes.buttons}>
          <ActionButton action={show} variant="default" />
          <ActionButton action={attachImage} variant="default" loading={attach.isPending} />
          <ActionButton action={cover} variant="default" />
          <ActionButton action={takeOut} variant="default" />
          <ActionButton action={receive} />
        </div>
      </div>
      <input
        ref={file}
        type="file"
        hidden
        aria-label={words.attach}
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const image = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (image !== undefined) attach.mutate(image);
        }}
      />
      <HandOutDialog
        // Its field begins with whom the office offers.
        opened={asking && options.data !== undefined}
        onClose={() => setAsking(false)}
        count={chosen.rows.length}
        enumerators={options.data?.enumerators ?? []}
        onHandOut={async (enumerator) => {
          await handOut.mutateAsync({ sheetIds: chosen.rows.map(sheetOf), enumerator });
          setAsking(false);
          tellDone(words.handedOut(chosen.rows.length, enumerator));
          chosen.clear();
          void refresh();
        }}
      />
    </div>
  );
}
