import { SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { sheetScanPath, sheetStateLabel } from '../../../shared/contract/ledger.ts';
import { SheetState } from '../../../shared/contract/verification.ts';
import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { fetchFile, postFile } from '../../app/files.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
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

/** The ledger of sheets: at the office, out with somebody, back, typed in, with their image. */
export function LedgerScreen() {
  const { state }: LedgerSearch = useSearch({ from: '/ledger' });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const documents = useDocuments();
  const session = useSessionStore();
  const ledger = useQuery(trpc.ledger.list.queryOptions({ state: state ?? null }));
  const options = useQuery(trpc.verification.options.queryOptions());
  const file = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [receiving, setReceiving] = useState(false);
  const [asking, setAsking] = useState(false);
  const entries = ledger.data?.entries ?? [];
  const chosen = entries.filter((entry) => selected.has(entry.sheetId));
  const [only] = chosen.length === 1 ? chosen : [];

  const refresh = () => queries.invalidateQueries(trpc.ledger.pathFilter());
  const handOut = useMutation(trpc.ledger.handOut.mutationOptions());
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
      chosen.length > 0 && chosen.every((entry) => entry.state === 'dicetak' || entry.state === 'kembali'),
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
    when: () => chosen.some((entry) => entry.state !== 'batal'),
    perform: () =>
      documents.show({
        title: words.cover,
        kind: 'daftar_sampul',
        input: { sheetIds: chosen.map((entry) => entry.sheetId) },
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
          setSelected(new Set());
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
            label: `${words.states[value]} ${formatNumber(ledger.data?.counts[value] ?? 0)}`,
          })),
        ]}
      />
      {ledger.error !== null && ledger.data === undefined ? (
        <ProblemNote problem={problemOf(ledger.error)} onRetry={() => void ledger.refetch()} />
      ) : (
        <div className={classes.table}>
          <VirtualTable
            key={state ?? all}
            label={words.listLabel(state === undefined ? words.all : sheetStateLabel[state])}
            rows={entries}
            columns={ledgerColumns}
            rowKey={(entry) => entry.sheetId}
            onOpen={(entry) => void navigate({ to: '/verification/$code', params: { code: entry.code } })}
            selection={selected}
            onSelectionChange={setSelected}
            placeKey={`ledger.${state ?? all}`}
            autoFocus
            empty={
              ledger.data === undefined ? undefined : (
                <EmptyState title={words.empty[0]} description={words.empty[1]} />
              )
            }
          />
        </div>
      )}
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {words.selected(chosen.length)}
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
        opened={asking}
        onClose={() => setAsking(false)}
        count={chosen.length}
        enumerators={options.data?.enumerators ?? []}
        onHandOut={(enumerator) => {
          setAsking(false);
          handOut.mutate(
            { sheetIds: chosen.map((entry) => entry.sheetId), enumerator },
            {
              onSuccess: () => {
                tellDone(words.handedOut(chosen.length, enumerator));
                setSelected(new Set());
                void refresh();
              },
            },
          );
        }}
      />
    </div>
  );
}
