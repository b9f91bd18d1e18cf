import type { ChangeFilter } from '../../../shared/contract/difference.ts';

/** What a decision is about, and whether it is asked first. */
export interface Subject {
  which: { rows: number[] } | { filter: ChangeFilter };
  asks: boolean;
}

/**
 * The ticked rows; with nothing ticked everything shown, which is always asked first: `T` means "no" on
 * another screen. Null where there is nothing, or while what is shown is still of the filter before.
 */
export function subjectOf(
  ticked: ReadonlySet<string>,
  { shown, stale, filter }: { shown: number; stale: boolean; filter: ChangeFilter },
): Subject | null {
  if (stale) return null;
  if (ticked.size > 0) return { which: { rows: [...ticked].map(Number) }, asks: false };
  return shown === 0 ? null : { which: { filter }, asks: true };
}
