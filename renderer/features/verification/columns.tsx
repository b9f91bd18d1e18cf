import type { WorkItem, WorkStage } from '../../../shared/contract/verification.ts';
import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import { visitResultLabel } from '../../../shared/domain/visit.ts';
import { formatDate, formatTime } from '../../components/formats.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import classes from './WorkScreen.module.css';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

/** What each part of the work list shows of a case. */
export function workColumns(stage: WorkStage): readonly Column<WorkItem>[] {
  switch (stage) {
    case 'siap':
      return [...common, assignee, number];
    case 'lapangan':
      return [...common, sheet, enumerator, printed, draft];
    case 'kembali':
      return [...common, enumerator, visited, result];
  }
}

const number: Column<WorkItem> = {
  key: 'number',
  header: words.columns.number,
  width: '15.5rem',
  render: (item) => <span className="tabular">{item.number}</span>,
};

const common: readonly Column<WorkItem>[] = [
  {
    key: 'rtRw',
    header: words.columns.rtRw,
    width: '5.25rem',
    render: (item) => rtSlashRw(item.rt, item.rw),
  },
  { key: 'head', header: words.columns.head, width: 'minmax(9rem, 6fr)', render: (item) => item.headName },
  {
    key: 'address',
    header: words.columns.address,
    width: 'minmax(8rem, 5fr)',
    render: (item) => item.street,
  },
  {
    key: 'members',
    header: words.columns.members,
    width: '3.25rem',
    align: 'end',
    render: (item) => item.members,
  },
];

const assignee: Column<WorkItem> = {
  key: 'assignee',
  header: words.columns.enumerator,
  width: 'minmax(8.5rem, 4fr)',
  render: (item) => item.assignee ?? <span className={classes.dim}>{words.nobodyYet}</span>,
};

const sheet: Column<WorkItem> = {
  key: 'sheet',
  header: words.columns.sheet,
  width: '10.5rem',
  render: ({ sheet: printedSheet }) =>
    printedSheet === null ? null : (
      <>
        <span className="tabular">{displaySheetCode(printedSheet.code)}</span>
        {printedSheet.printNo > 1 && (
          <span className={classes.dim}> {words.printNo(printedSheet.printNo)}</span>
        )}
      </>
    ),
};

const enumerator: Column<WorkItem> = {
  key: 'enumerator',
  header: words.columns.enumerator,
  width: 'minmax(8.5rem, 4fr)',
  render: (item) => item.sheet?.enumerator ?? '',
};

const printed: Column<WorkItem> = {
  key: 'printed',
  header: words.columns.printed,
  width: '7rem',
  render: (item) => (item.sheet === null ? '' : formatDate(item.sheet.printedAt)),
};

const draft: Column<WorkItem> = {
  key: 'draft',
  header: words.columns.draft,
  width: '7rem',
  render: (item) =>
    item.draftSavedAt === null ? (
      <span className={classes.dim}>{words.notTyped}</span>
    ) : (
      words.draftAt(formatTime(item.draftSavedAt))
    ),
};

const visited: Column<WorkItem> = {
  key: 'visited',
  header: words.columns.visited,
  width: '7rem',
  render: (item) => (item.visitedOn === null ? '' : formatDate(item.visitedOn)),
};

const result: Column<WorkItem> = {
  key: 'result',
  header: words.columns.result,
  width: '16rem',
  render: (item) => (item.result === null ? '' : `${item.result} ${visitResultLabel[item.result]}`),
};
