import { Link } from '@tanstack/react-router';
import type { RecapFilter } from '../../../shared/domain/recap.ts';
import { formatNumber } from '../../components/formats.ts';
import classes from './RecapScreen.module.css';
import { words } from './words.ts';

interface CountLinkProps {
  count: number;
  periodId: string;
  /** What the number counts; the list is asked the same. */
  filter: RecapFilter;
  row: string;
  column: string;
}

/** A number that opens the list it counts. Nothing is a dash: a table of zeros hides what matters. */
export function CountLink({ count, periodId, filter, row, column }: CountLinkProps) {
  if (count === 0) return <span className={classes.none}>–</span>;
  return (
    <Link
      to="/cases"
      search={{ ...filter, periodId }}
      className={classes.count}
      aria-label={words.opens(formatNumber(count), row, column)}
    >
      {formatNumber(count)}
    </Link>
  );
}
