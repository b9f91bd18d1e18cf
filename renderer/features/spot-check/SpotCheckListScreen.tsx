import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { spotCheckActions } from './actions.ts';
import { spotCheckColumns } from './columns.tsx';
import { DrawForm } from './DrawForm.tsx';
import classes from './SpotCheck.module.css';
import { words } from './words.ts';

/** Visits drawn by lot: those to be made again first, then what was found. */
export function SpotCheckListScreen() {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const documents = useDocuments();
  const list = useQuery(trpc.spotCheck.list.queryOptions());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [drawing, setDrawing] = useState(false);
  const checks = list.data?.checks ?? [];
  const chosen = checks.filter(({ id }) => selected.has(id));
  const draw = { ...spotCheckActions.draw, perform: () => setDrawing(true) };
  const print = {
    ...spotCheckActions.print,
    when: () => chosen.length > 0,
    perform: () =>
      documents.show({
        title: words.title,
        kind: 'kunjungan_ulang',
        input: { checkIds: chosen.map(({ id }) => id) },
      }),
  };
  useActions([draw, print]);

  return (
    <div className={classes.screen}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={draw} />
      </PageHeader>
      {list.error !== null && list.data === undefined ? (
        <ProblemNote problem={problemOf(list.error)} onRetry={() => void list.refetch()} />
      ) : (
        <div className={classes.table}>
          <VirtualTable
            label={words.listLabel}
            rows={checks}
            columns={spotCheckColumns}
            rowKey={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: '/spot-checks/$checkId', params: { checkId: id } })}
            selection={selected}
            onSelectionChange={setSelected}
            placeKey="spotCheck"
            autoFocus
            coming={list.isLoading}
            empty={
              list.data === undefined ? undefined : (
                <EmptyState title={words.emptyTitle} description={words.emptyText} />
              )
            }
          />
        </div>
      )}
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {words.selected(chosen.length)}
        </Text>
        <ActionButton action={print} variant="default" />
      </div>
      <Modal opened={drawing} onClose={() => setDrawing(false)} title={words.draw}>
        {drawing && <DrawForm drawable={list.data?.drawable ?? []} onDone={() => setDrawing(false)} />}
      </Modal>
    </div>
  );
}
