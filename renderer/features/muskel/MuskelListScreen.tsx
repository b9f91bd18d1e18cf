import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MuskelSummary } from '../../../shared/contract/muskel.ts';
import { muskelStateLabel } from '../../../shared/domain/muskel.ts';
import { shortPeriodName } from '../../../shared/domain/period.ts';
import { describeTeamArea } from '../../../shared/domain/team.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatDate, formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { muskelListActions } from './actions.ts';
import { FactsForm } from './FactsForm.tsx';
import classes from './Muskel.module.css';
import { words } from './words.ts';

/** All meetings, newest first, and how many families wait for one. */
export function MuskelListScreen() {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const list = useQuery(trpc.muskel.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const waiting = list.data?.waiting ?? 0;
  const create = {
    ...muskelListActions.create,
    when: () => waiting > 0,
    perform: () => setCreating(true),
  };
  useActions([create]);

  function open(muskelId: string) {
    void navigate({ to: '/muskel/$muskelId', params: { muskelId } });
  }

  return (
    <div className={classes.screen}>
      <PageHeader title={words.title} subtitle={words.subtitle} />
      <Waiting query={list} />
      {list.data !== undefined && (
        <div className={classes.body}>
          <div className={classes.scroll}>
            <VirtualTable
              label={words.listLabel}
              rows={list.data.sessions}
              columns={columns}
              rowKey={({ id }) => id}
              onOpen={({ id }) => open(id)}
              placeKey="muskel"
              autoFocus
              empty={<EmptyState title={words.emptyTitle} description={words.emptyText} />}
            />
          </div>
          <div className={classes.foot}>
            <Text size="sm" c="dimmed" role="status">
              {waiting === 0 ? words.nobodyWaits : words.waiting(formatNumber(waiting))}
            </Text>
            <ActionButton action={create} />
          </div>
        </div>
      )}
      <Modal opened={creating} onClose={() => setCreating(false)} title={words.create}>
        {creating && (
          <FactsForm muskel={null} onDone={(id) => open(id)} onCancel={() => setCreating(false)} />
        )}
      </Modal>
    </div>
  );
}

const columns: readonly Column<MuskelSummary>[] = [
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(12rem, 2fr)',
    render: ({ no, periodId }) => `${words.nameOf(no)}, ${shortPeriodName({ id: periodId })}`,
  },
  { key: 'heldOn', header: words.columns.heldOn, width: '8rem', render: ({ heldOn }) => formatDate(heldOn) },
  {
    key: 'areas',
    header: words.columns.areas,
    width: 'minmax(9rem, 2fr)',
    render: ({ areas }) =>
      areas.length === 0 ? (
        <span className={classes.dim}>{words.everywhere}</span>
      ) : (
        areas.map(describeTeamArea).join(', ')
      ),
  },
  {
    key: 'decided',
    header: words.columns.decided,
    width: '8rem',
    align: 'end',
    render: ({ decided, families }) => `${formatNumber(decided)} / ${formatNumber(families)}`,
  },
  {
    key: 'state',
    header: words.columns.state,
    width: 'minmax(14rem, 2fr)',
    render: ({ state, openObjections }) =>
      openObjections > 0
        ? `${muskelStateLabel[state]} · ${words.openObjections(openObjections)}`
        : muskelStateLabel[state],
  },
];
