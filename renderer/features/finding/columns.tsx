import { Text } from '@mantine/core';
import type { FindingRow } from '../../../shared/contract/finding.ts';
import { findingOutcomeLabel, findingRules } from '../../../shared/domain/finding.ts';
import { CaseNumberText } from '../../components/CaseNumberText.tsx';
import { formatNumber } from '../../components/formats.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import classes from './FindingScreen.module.css';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

export const findingColumns: Column<FindingRow>[] = [
  {
    key: 'subject',
    header: words.columns.subject,
    width: 'minmax(9rem, 2fr)',
    render: (row) => (
      <div className={classes.twoLines}>
        <Text size="sm" fw={500} truncate>
          {row.subject}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <CaseNumberText number={row.caseNumber} />
        </Text>
      </div>
    ),
  },
  {
    key: 'what',
    header: words.columns.what,
    width: 'minmax(11rem, 3fr)',
    render: (row) => (
      <div className={classes.twoLines}>
        <Text size="sm" truncate>
          {findingRules[row.kind].label}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {row.outcome === null ? row.source : findingOutcomeLabel[row.outcome]}
        </Text>
      </div>
    ),
  },
  {
    key: 'place',
    header: words.columns.place,
    width: '5.5rem',
    render: (row) => <span className="tabular">{rtSlashRw(row.rt, row.rw)}</span>,
  },
  {
    key: 'days',
    header: words.columns.days,
    width: '3.5rem',
    align: 'end',
    render: (row) => <span className="tabular">{formatNumber(row.days)}</span>,
  },
];
