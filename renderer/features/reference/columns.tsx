import { Text } from '@mantine/core';
import type { ReferenceListInfo, RefusedRow } from '../../../shared/contract/reference.ts';
import { refusalReasonLabel } from '../../../shared/contract/reference.ts';
import { referenceSourceLabel } from '../../../shared/domain/reference.ts';
import { formatDate, formatInstant, formatNumber } from '../../components/formats.ts';
import { CheckIcon, MinusIcon } from '../../components/icons.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import classes from './reference.module.css';
import { words } from './words.ts';

export const listColumns: readonly Column<ReferenceListInfo>[] = [
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(12rem, 2fr)',
    render: (list) => (
      <TwoLines first={list.name} second={`${referenceSourceLabel[list.source]} · ${list.fileName}`} />
    ),
  },
  { key: 'date', header: words.columns.date, width: '7.5rem', render: (list) => formatDate(list.listDate) },
  {
    key: 'version',
    header: words.columns.version,
    width: '4.5rem',
    align: 'end',
    render: (list) => list.version,
  },
  {
    key: 'households',
    header: words.columns.households,
    width: '8rem',
    align: 'end',
    render: (list) => formatNumber(list.households),
  },
  {
    key: 'persons',
    header: words.columns.persons,
    width: '6rem',
    align: 'end',
    render: (list) => formatNumber(list.persons),
  },
  {
    key: 'refused',
    header: words.columns.refused,
    width: '5.5rem',
    align: 'end',
    render: (list) => formatNumber(list.refusedCount),
  },
  {
    key: 'imported',
    header: words.columns.imported,
    width: 'minmax(10rem, 1fr)',
    render: (list) => <TwoLines first={formatInstant(list.importedAt)} second={list.importedByName} />,
  },
  {
    key: 'state',
    header: words.columns.state,
    width: '8rem',
    render: (list) => (
      <span className={classes.state} data-current={list.current || undefined}>
        {list.current ? <CheckIcon /> : <MinusIcon />}
        {list.withdrawnAt !== null ? words.withdrawn : list.current ? words.inUse : words.replaced}
      </span>
    ),
  },
];

export const refusedColumns: readonly Column<RefusedRow>[] = [
  {
    key: 'row',
    header: words.refusedColumns.row,
    width: '5rem',
    align: 'end',
    render: (row) => formatNumber(row.row),
  },
  {
    key: 'reason',
    header: words.refusedColumns.reason,
    width: '9rem',
    render: (row) => refusalReasonLabel[row.reason],
  },
  {
    key: 'columns',
    header: words.refusedColumns.columns,
    width: '7.5rem',
    render: (row) => row.columns.join(', '),
  },
  {
    key: 'message',
    header: words.refusedColumns.message,
    width: 'minmax(16rem, 1fr)',
    // A row has room for two lines; who is to mend it reads all of it in the workbook.
    render: ({ message }) => (
      <Text inherit span className={classes.message} lineClamp={2} title={message}>
        {message}
      </Text>
    ),
  },
];

function TwoLines({ first, second }: { first: string; second: string }) {
  return (
    <span className={classes.twoLines}>
      <span>{first}</span>
      <Text span size="xs" c="dimmed" truncate>
        {second}
      </Text>
    </span>
  );
}
