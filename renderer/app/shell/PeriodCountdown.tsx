import { Link } from '@tanstack/react-router';
import { periodStageLabel } from '../../../shared/domain/calendar.ts';
import { formatDate } from '../../components/formats.ts';
import { useSession } from '../session-context.ts';
import classes from './Shell.module.css';
import { words } from './words.ts';

/** The running period, how long it still runs, and what is due next; leads to its calendar. */
export function PeriodCountdown() {
  const { period } = useSession();
  return (
    <Link to="/period" className={classes.period} aria-label={labelOf(period)}>
      {period.shortName} <span>· {words.daysLeft(period.daysLeft)}</span>
      {period.next !== null && period.next.daysLeft < period.daysLeft && (
        <span className={classes.next}>
          {words.stageEnds(periodStageLabel[period.next.stage], formatDate(period.next.date))}
        </span>
      )}
    </Link>
  );
}

function labelOf(period: ReturnType<typeof useSession>['period']): string {
  return `${period.name}, ${words.daysLeft(period.daysLeft)}`;
}
