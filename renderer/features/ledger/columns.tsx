import { type LedgerEntry, sheetStateLabel } from '../../../shared/contract/ledger.ts';
import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import { formatInstant } from '../../components/formats.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

export const ledgerColumns: readonly Column<LedgerEntry>[] = [
  {
    key: 'sheet',
    header: words.columns.sheet,
    width: '12rem',
    render: ({ code, printNo }) => (
      <span className="tabular">
        {displaySheetCode(code)}
        {printNo > 1 && ` ${words.printNo(printNo)}`}
      </span>
    ),
  },
  {
    key: 'rtRw',
    header: words.columns.rtRw,
    width: '5.25rem',
    render: ({ rt, rw }) => rtSlashRw(rt, rw),
  },
  { key: 'head', header: words.columns.head, width: 'minmax(8rem, 5fr)', render: (entry) => entry.headName },
  {
    key: 'address',
    header: words.columns.address,
    width: 'minmax(8rem, 5fr)',
    render: (entry) => entry.street,
  },
  {
    key: 'enumerator',
    header: words.columns.enumerator,
    width: 'minmax(8rem, 4fr)',
    render: (entry) => entry.enumerator,
  },
  {
    key: 'state',
    header: words.columns.state,
    width: '13rem',
    render: (entry) => sheetStateLabel[entry.state],
  },
  {
    key: 'since',
    header: words.columns.since,
    width: '10rem',
    render: (entry) => formatInstant(since(entry)),
  },
];

/** When the sheet came into the state it is in; of a void one, when it was printed. */
function since(entry: LedgerEntry): string {
  const times = {
    dicetak: entry.printedAt,
    keluar: entry.outAt,
    kembali: entry.returnedAt,
    dientri: entry.enteredAt,
    dipindai: entry.scannedAt,
    batal: entry.printedAt,
  };
  return times[entry.state] ?? entry.printedAt;
}
