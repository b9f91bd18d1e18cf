import { Link } from '@tanstack/react-router';
import { ConnectionMark } from './ConnectionMark.tsx';
import { footParts } from './foot-text.ts';
import classes from './sync.module.css';
import { useSyncStatus } from './use-sync-status.ts';
import { words } from './words.ts';

/** The promise at the foot of every screen: what is saved, what waits, when the province was last heard. */
export function SyncFoot() {
  const { status, readAt } = useSyncStatus();
  if (status === undefined) return null;
  return (
    <Link to="/sync" search={{}} className={classes.foot} title={words.footHint}>
      <ConnectionMark state={status.connection} />
      {footParts(status, readAt).join(' · ')}
    </Link>
  );
}
