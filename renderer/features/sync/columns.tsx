import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { CaseNumberText } from '../../components/CaseNumberText.tsx';
import { formatInstant } from '../../components/formats.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import { OutboxBadge } from './OutboxBadge.tsx';
import classes from './sync.module.css';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

export const outboxColumns: readonly Column<OutboxItem>[] = [
  {
    key: 'number',
    header: words.columns.number,
    width: '8rem',
    render: (item) => <CaseNumberText number={item.number} />,
  },
  { key: 'head', header: words.columns.head, width: 'minmax(9rem, 3fr)', render: (item) => item.headName },
  {
    key: 'rtRw',
    header: words.columns.rtRw,
    width: '5.25rem',
    render: (item) => rtSlashRw(item.rt, item.rw),
  },
  {
    key: 'state',
    header: words.columns.state,
    width: '11rem',
    render: (item) => <OutboxBadge state={item.state} carried={item.courier !== null} />,
  },
  {
    key: 'sentence',
    header: words.columns.sentence,
    width: 'minmax(12rem, 6fr)',
    render: (item) => <Sentence item={item} />,
  },
  {
    key: 'at',
    header: words.columns.at,
    width: '11rem',
    render: (item) => formatInstant(item.receipt?.receivedAt ?? item.updatedAt),
  },
];

function Sentence({ item }: { item: OutboxItem }) {
  const text = item.field === null ? item.sentence : `${item.sentence} ${words.field(item.field)}`;
  return (
    <span className={classes.sentence} title={text}>
      {text}
    </span>
  );
}
