import { Text } from '@mantine/core';
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
    width: 'minmax(12rem, 3fr)',
    render: (row) => (
      <div className={classes.twoLines}>
        {row.stale ? <span>{words.stale}</span> : <ResultMark result={row.result} sure={row.sure} />}
        <Text size="xs" c="dimmed" truncate>
          {row.stale ? words.staleText : `${row.why} · ${words.foundOf(row.found, row.members)}`}
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
