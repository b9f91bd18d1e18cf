import { Modal, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type OutboxItem, OutboxPart, type SyncStatus } from '../../../shared/contract/sync.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { asListed, usePages } from '../../app/use-pages.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatDate } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { ProxyForm } from '../proxy/ProxyForm.tsx';
import { outboxActions } from './actions.ts';
import type { OutboxSearch } from './outbox-search.ts';
import { outboxColumns } from './columns.tsx';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { EnrolDialog } from './EnrolDialog.tsx';
import { OutboxDetail } from './OutboxDetail.tsx';
import { ProvinceNews } from './ProvinceNews.tsx';
import classes from './sync.module.css';
import { useSyncStatus } from './use-sync-status.ts';
import { words } from './words.ts';

const every = 3_000;

/** Everything that goes to the province: where each case stands, its receipt, and the enrolment. */
export function OutboxScreen() {
  const { part = 'semua' }: OutboxSearch = useSearch({ from: '/sync' });
  const navigate = useNavigate();
  const { training } = useSession();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { status, readAt } = useSyncStatus();
  const [chosen, setChosen] = useState<OutboxItem | null>(null);
  const [enrolling, setEnrolling] = useState(false);
  const [proxying, setProxying] = useState(false);

  const { rows, total, coming, error, refetch, onRange } = usePages({
    queryKey: [...trpc.sync.list.queryKey(), part],
    fetchPage: (page) => client.sync.list.query({ part, ...page }),
    refetchInterval: every,
  });
  // The province may answer while it is read: it stays open, also outside this part of the list.
  const opened = asListed(chosen, rows, ({ id }) => id);
  const retryNow = useMutation(
    trpc.sync.retryNow.mutationOptions({
      onSuccess: async () => {
        tellDone(words.retried, words.retriedText);
        await queries.invalidateQueries(trpc.sync.pathFilter());
      },
    }),
  );

  const mayEnrol = status?.connection === 'belum_terdaftar' || status?.connection === 'ditolak';
  // Without a line it hears of nobody that its enrolment was withdrawn.
  const cutOff = status?.connection === 'terputus';
  const retry = {
    ...outboxActions.retry,
    when: () => status !== undefined && status.waiting > 0 && status.province !== null,
    perform: () => retryNow.mutate(),
  };
  const enrol = { ...outboxActions.enrol, when: () => mayEnrol || cutOff, perform: () => setEnrolling(true) };
  const proof = {
    ...outboxActions.proof,
    when: () => status !== undefined && status.province !== null,
    perform: () => void navigate({ to: '/sync/proof' }),
  };
  const courier = {
    ...outboxActions.courier,
    when: proof.when,
    perform: () => void navigate({ to: '/sync/courier' }),
  };
  const proxy = { ...outboxActions.proxy, perform: () => setProxying(true) };
  useActions([retry, enrol, proof, courier, proxy]);
  const [emptyTitle, emptyText] = words.empty[part];

  return (
    <section className={classes.screen} aria-label={words.title}>
      <PageHeader title={words.title} subtitle={subtitleOf(status)}>
        <ActionButton action={proxy} variant="subtle" />
        <ActionButton action={courier} variant="default" />
        <ActionButton action={proof} variant="default" />
        {mayEnrol ? <ActionButton action={enrol} /> : <ActionButton action={retry} variant="default" />}
      </PageHeader>
      {status !== undefined && <ConnectionPanel status={status} now={readAt} />}
      {status !== undefined && <ProvinceNews status={status} />}
      <SegmentedControl
        aria-label={words.part}
        data={OutboxPart.options.map((value) => ({ value, label: words.parts[value] }))}
        value={part}
        onChange={(value) =>
          void navigate({ to: '/sync', search: { part: OutboxPart.parse(value) }, replace: true })
        }
        mb="sm"
        w="fit-content"
        flex="none"
      />
      {error !== null && <ProblemNote problem={problemOf(error)} onRetry={refetch} />}
      {(error === null || total !== null) && (
        <div className={classes.table}>
          <VirtualTable
            label={words.listLabel}
            rows={rows}
            columns={outboxColumns}
            rowKey={(row) => row.id}
            onOpen={setChosen}
            openKey={opened?.id ?? null}
            autoFocus
            placeKey={`sync.${part}`}
            coming={coming}
            onRange={onRange}
            empty={total === null ? undefined : <EmptyState title={emptyTitle} description={emptyText} />}
          />
        </div>
      )}
      <Modal
        opened={opened !== null}
        onClose={() => setChosen(null)}
        title={words.detailTitle(opened?.number ?? '')}
        size="lg"
      >
        {opened !== null && <OutboxDetail item={opened} onClose={() => setChosen(null)} />}
      </Modal>
      <Modal opened={proxying} onClose={() => setProxying(false)} title={outboxActions.proxy.label}>
        {proxying && <ProxyForm onDone={() => setProxying(false)} />}
      </Modal>
      <Modal opened={enrolling} onClose={() => setEnrolling(false)} title={words.enrolTitle}>
        {enrolling && (
          <EnrolDialog
            address={status?.province?.address ?? ''}
            training={training}
            cutOff={cutOff}
            onDone={() => setEnrolling(false)}
          />
        )}
      </Modal>
    </section>
  );
}

function subtitleOf(status: SyncStatus | undefined): string {
  if (status === undefined) return ' ';
  if (status.province === null) return words.notEnrolled;
  return words.enrolledAt(status.province.address, formatDate(status.province.enrolledAt));
}
