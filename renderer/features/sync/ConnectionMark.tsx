import type { ConnectionState } from '../../../shared/contract/sync.ts';
import classes from './sync.module.css';

/** A disc, full while the province is there: a shape, so that colour is never needed to read it. */
export function ConnectionMark({ state }: { state: ConnectionState }) {
  return (
    <svg
      width="0.75rem"
      height="0.75rem"
      viewBox="0 0 12 12"
      className={classes.mark}
      data-state={state}
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="6" cy="6" r="4.5" />
      {state === 'terputus' && <path d="M2 10 10 2" />}
      {state === 'ditolak' && <path d="M6 3.500v3.200M6 8.600v.01" />}
    </svg>
  );
}
