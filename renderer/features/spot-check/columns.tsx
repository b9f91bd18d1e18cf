import type { SpotCheck } from '../../../shared/contract/spot-check.ts';
import { countConfirmations, officerRatingLabel } from '../../../shared/domain/spot-check.ts';
import { formatInstant } from '../../components/formats.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import { words } from './words.ts';
import { rtSlashRw } from '../../../shared/domain/rt-rw.ts';

export const spotCheckColumns: readonly Column<SpotCheck>[] = [
  {
    key: 'rtRw',
    header: words.columns.rtRw,
    width: '5.25rem',
    render: ({ rt, rw }) => rtSlashRw(rt, rw),
  },
  { key: 'head', header: words.columns.head, width: 'minmax(9rem, 5fr)', render: ({ headName }) => headName },
  {
    key: 'address',
    header: words.columns.address,
    width: 'minmax(8rem, 5fr)',
    render: ({ street }) => street,
  },
  {
    key: 'enumerator',
    header: words.columns.enumerator,
    width: 'minmax(8rem, 4fr)',
    render: ({ enumerator }) => enumerator,
  },
  {
    key: 'drawn',
    header: words.columns.drawn,
    width: '10rem',
    render: ({ drawnAt }) => formatInstant(drawnAt),
  },
  {
    key: 'result',
    header: words.columns.result,
    width: 'minmax(12rem, 5fr)',
    render: ({ finishedAt, entry }) => {
      if (finishedAt === null || entry.rating === null) return words.waiting;
      const { agreed, corrected } = countConfirmations(entry);
      return words.result(agreed, corrected, officerRatingLabel[entry.rating]);
    },
  },
];
