import type { CaseRow } from '../../../shared/contract/cases.ts';
import { registrationModeLabel } from '../../../shared/domain/registration.ts';
import { CaseNumberText } from '../../components/CaseNumberText.tsx';
import { formatDate } from '../../components/formats.ts';
import { NikText } from '../../components/NikText.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import classes from './columns.module.css';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

/** The columns of a list of cases; other features' lists of cases use them too. */
export const caseColumns: readonly Column<CaseRow>[] = [
  {
    key: 'number',
    header: words.columns.number,
    width: '8rem',
    render: (row) => <CaseNumberText number={row.number} />,
  },
  {
    key: 'head',
    header: words.columns.head,
    width: 'minmax(9rem, 6fr)',
    render: (row) => <Head row={row} />,
  },
  {
    key: 'nik',
    header: words.columns.nik,
    width: '10.75rem',
    render: (row) => <NikText value={row.headNik} />,
  },
  { key: 'address', header: words.columns.address, width: 'minmax(8rem, 5fr)', render: (row) => row.street },
  {
    key: 'rtRw',
    header: words.columns.rtRw,
    width: '5.25rem',
    render: (row) => rtSlashRw(row.rt, row.rw),
  },
  {
    key: 'members',
    header: words.columns.members,
    width: '3.25rem',
    align: 'end',
    render: (row) => row.members,
  },
  {
    key: 'state',
    header: words.columns.state,
    width: '12.5rem',
    render: (row) => <StateBadge state={row.state} />,
  },
  {
    key: 'registered',
    header: words.columns.registered,
    width: '7rem',
    render: (row) => formatDate(row.registeredAt),
  },
];

/** What is left of them beside an open case. */
export const narrowCaseColumns = caseColumns.filter((column) =>
  ['number', 'head', 'rtRw', 'state'].includes(column.key),
);

/** Active registration is the rule; what is passive says so. */
function Head({ row }: { row: CaseRow }) {
  if (row.mode === 'aktif') return row.headName;
  return (
    <>
      {row.headName}
      <span className={classes.passive}>{registrationModeLabel.pasif.toLowerCase()}</span>
    </>
  );
}
