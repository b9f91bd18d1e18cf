import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { may } from '../../../shared/domain/access.ts';
import { formatNumber } from '../../components/formats.ts';
import { useRole } from '../session-context.ts';
import { useTRPC } from '../rpc.ts';
import { navigation, type NavEntry } from './navigation.ts';
import classes from './Shell.module.css';
import { words } from './words.ts';

/** Seconds between two looks at what waits. */
const countsEvery = 15;

/** What this role can do, with how much of it waits for this person. */
export function SideNav() {
  const role = useRole();
  const trpc = useTRPC();
  const counts = useQuery(
    trpc.cases.counts.queryOptions(undefined, { refetchInterval: countsEvery * 1000, meta: { quiet: true } }),
  );
  const mine = navigation.filter((entry) => entry.permission === undefined || may(role, entry.permission));

  function linkTo(entry: NavEntry) {
    const waiting = counts.data === undefined ? 0 : (entry.waiting?.(counts.data, role) ?? 0);
    const EntryIcon = entry.icon;
    return (
      <Link
        key={entry.id}
        to={entry.to}
        className={classes.link}
        activeOptions={{ exact: entry.to === '/' }}
        aria-label={waiting > 0 ? `${entry.label}, ${formatNumber(waiting)} menunggu` : undefined}
      >
        <EntryIcon />
        {entry.label}
        {waiting > 0 && <span className={classes.count}>{formatNumber(waiting)}</span>}
      </Link>
    );
  }

  return (
    <nav className={classes.nav} aria-label={words.navigation}>
      {mine.filter((entry) => entry.aside !== true).map(linkTo)}
      <div className={classes.aside}>{mine.filter((entry) => entry.aside === true).map(linkTo)}</div>
    </nav>
  );
}
