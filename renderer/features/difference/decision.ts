import type { ChangeFilter } from '../../../shared/contract/difference.ts';

/** What a decision is about, and whether it is asked first. */
export interface Subject {
  which: { rows: number[] } | { filter: ChangeFilter };
  /** Why it is asked first: it is about all that is shown, or about rows that were ticked and are out of sight. */
  asks: 'shown' | 'outOfSight' | null;
}

/**
 * The ticked rows, asked first where one of them is not loaded, so that nobody sees it; with nothing
 * ticked everything shown, which is always asked first: `T` means "no" on another screen. Null where
 * there is nothing, or while what is shown is still of the filter before.
 */
export function subjectOf(
  ticked: ReadonlySet<string>,
  {
    shown,
    stale,
    filter,
    loaded,
  }: { shown: number; stale: boolean; filter: ChangeFilter; loaded: ReadonlySet<string> },
): Subject | null {
  if (stale) return null;
  if (ticked.size > 0)
    return {
      which: { rows: [...ticked].map(Number) },
      asks: [...ticked].every((row) => loaded.has(row)) ? null : 'outOfSight',
    };
  return shown === 0 ? null : { which: { filter }, asks: 'shown' };
}
