import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { formatInstant, formatNumber } from '../../components/formats.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { OutboxBadge } from './OutboxBadge.tsx';
import classes from './sync.module.css';
import { words } from './words.ts';

/** One item of the outbox: what became of it, and the receipt that proves it. */
export function OutboxDetail({ item, onClose }: { item: OutboxItem; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayRetry = useMay('sync:retry') && item.mayRetry;
  const retry = useMutation(
    trpc.sync.retryItem.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => queries.invalidateQueries(trpc.sync.pathFilter()),
    }),
  );
  // There the form opens at the very field, the values are chosen, or the taking back is told again.
  const toMend =
    item.toMend && (item.state === 'ditolak' || item.state === 'bertentangan') ? item.state : null;
  return (
    <>
      <Text mb="md">{item.sentence}</Text>
      <dl className={classes.facts}>
        <Fact label={words.detail.state}>
          <OutboxBadge state={item.state} carried={item.courier !== null} />
        </Fact>
        {item.field !== null && <Fact label={words.detail.field}>{item.field}</Fact>}
        <Fact label={words.detail.queued}>{formatInstant(item.queuedAt)}</Fact>
        <Fact label={words.detail.tries}>{words.times(formatNumber(item.tries))}</Fact>
        {item.receipt !== null && (
          <>
            <Fact label={words.detail.serverTime}>{formatInstant(item.receipt.serverTime)}</Fact>
            <Fact label={words.detail.receivedAt}>{formatInstant(item.receipt.receivedAt)}</Fact>
            <Fact label={words.detail.receipt}>
              <span className={classes.code}>{item.receipt.id}</span>
            </Fact>
          </>
        )}
        <Fact label={words.detail.hash}>
          <span className={classes.code}>{item.hash}</span>
        </Fact>
      </dl>
      {item.receipt !== null && (
        <Text size="sm" c="dimmed" mt="md">
          {words.hashHint}
        </Text>
      )}
      {retry.error !== null && <ProblemNote problem={problemOf(retry.error)} />}
      <Group justify="flex-end" gap="xs" mt="lg">
        {mayRetry && (
          <Button
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate({ itemId: item.id })}
          >
            {words.retryItem}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {words.close}
        </Button>
        <Button
          data-autofocus={toMend === null || undefined}
          variant={toMend === null ? 'filled' : 'default'}
          onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId: item.caseId } })}
        >
          {words.openCase}
        </Button>
        {toMend !== null && (
          <Button data-autofocus onClick={() => void navigate({ to: '/attention' })}>
            {words.mend[toMend]}
          </Button>
        )}
      </Group>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
