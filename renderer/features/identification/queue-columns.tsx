import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { QueueRow } from '../../../shared/contract/identification.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import { ResultMark } from './ResultMark.tsx';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

/** Columns of the queue; beside an open case only who and what is proposed. */
export function queueColumns(narrow: boolean): Column<QueueRow>[] {
  const family: Column<QueueRow> = {
    key: 'family',
    header: words.columns.family,
    width: 'minmax(10rem, 3fr)',
    render: (row) => (
      <div className={classes.twoLines}>
        <Text size="sm" fw={500} truncate>
          {row.headName}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {row.address}
        </Text>
      </div>
    ),
  };
  const proposal: Column<QueueRow> = {
    key: 'proposal',
    header: words.columns.proposal,
    width: 'minmax(18rem, 3fr)',
    render: (row) => (
      <div className={classes.twoLines}>
        {standing(row)}
        <Text size="xs" c="dimmed" truncate>
          {asideOf(row)}
        </Text>
      </div>
    ),
  };
  const number: Column<QueueRow> = {
    key: 'number',
    header: words.columns.number,
    width: '14.5rem',
    render: (row) => <span className="tabular">{row.number}</span>,
  };
  return narrow ? [family, proposal] : [number, family, proposal];
}

function standing({ stale, failed, result, sure }: QueueRow): ReactNode {
  if (stale) return <span>{words.stale}</span>;
  return failed ? <span>{words.failed}</span> : <ResultMark result={result} sure={sure} />;
}

function asideOf({ stale, failed, why, found, members }: QueueRow): string {
  if (stale) return words.staleText;
  return failed ? why : `${why} · ${words.foundOf(found, members)}`;
}
