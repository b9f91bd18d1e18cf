import { useQueries, type QueryKey } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

const pageSize = 200;

export interface Page<Row> {
  total: number;
  rows: Row[];
}

export interface Numbered<Row> {
  number: number;
  page: Page<Row>;
}

export interface PagesInput<Row> {
  /** Names the list and everything its rows depend on. */
  queryKey: QueryKey;
  fetchPage: (page: { offset: number; limit: number }) => Promise<Page<Row>>;
  /** Milliseconds between two readings; left out where nothing changes by itself. */
  refetchInterval?: number;
}

export interface Pages<Row> {
  /** As long as the whole list; a row whose page is not loaded is undefined. */
  rows: readonly (Row | undefined)[];
  /** Null until the first page is here. */
  total: number | null;
  /** What is shown is still of the list before: nothing may be done to "all that is shown". */
  stale: boolean;
  /** A row that is not here is being fetched, or will be as it comes into sight. */
  coming: boolean;
  error: Error | null;
  refetch: () => void;
  /** Tell it the first and last row in sight. */
  onRange: (first: number, last: number) => void;
}

/**
 * A list of any length by pages: those in sight are loaded, and one before and after them. While a
 * filter changes, the rows before it stand until the new ones are here, or cannot come.
 */
export function usePages<Row>({ queryKey, fetchPage, refetchInterval }: PagesInput<Row>): Pages<Row> {
  const name = JSON.stringify(queryKey);
  const [sight, setSight] = useState({ name, first: 0, last: 0 });
  const [known, setKnown] = useState<{ name: string; list: Page<Row | undefined> } | null>(null);
  const onRange = useCallback((first: number, last: number) => setSight({ name, first, last }), [name]);
  const total = known?.name === name ? known.list.total : null;
  const numbers = pagesInSight(sight.name === name ? sight : { first: 0, last: 0 }, total);

  const { numbered, error, refetch } = useQueries({
    queries: numbers.map((number) => ({
      queryKey: [...queryKey, 'page', number],
      queryFn: async (): Promise<Numbered<Row>> => ({
        number,
        page: await fetchPage({ offset: number * pageSize, limit: pageSize }),
      }),
      refetchInterval,
      meta: { quiet: true },
    })),
    // Kept as it is while no result changes, so that the rows are too.
    combine: useCallback(
      (results: readonly { data?: Numbered<Row>; error: Error | null; refetch: () => unknown }[]) => ({
        numbered: results.flatMap(({ data }) => data ?? []),
        error: results.find((result) => result.error !== null)?.error ?? null,
        refetch: () => results.forEach((result) => void result.refetch()),
      }),
      [],
    ),
  });
  const fresh = useMemo(() => join(numbered), [numbered]);
  // Pages that come one by one do not take away the rows that are on screen before the last is here.
  const whole = numbered.length === numbers.length || known?.name !== name;
  const { list, stale } = standing(name, whole ? fresh : null, known, error !== null);
  if (whole && fresh !== null && fresh !== known?.list) setKnown({ name, list: fresh });

  return {
    rows: list?.rows ?? [],
    total: list?.total ?? null,
    stale,
    coming: error === null && (stale || list?.total !== 0),
    error,
    refetch,
    onRange,
  };
}

/**
 * What stands on screen: what was just read, else what is known; of another list (`name`) only until
 * the asked one is here or has failed, and then marked.
 */
export function standing<Row>(
  name: string,
  fresh: Page<Row> | null,
  known: { name: string; list: Page<Row> } | null,
  failed: boolean,
): { list: Page<Row> | null; stale: boolean } {
  if (fresh !== null) return { list: fresh, stale: false };
  if (known === null || (failed && known.name !== name)) return { list: null, stale: false };
  return { list: known.list, stale: known.name !== name };
}

/** A row that was opened, as the list has it now; where it left the list it stays as it was opened. */
export function asListed<Row>(
  opened: Row | null,
  rows: readonly (Row | undefined)[],
  keyOf: (row: Row) => string,
): Row | null {
  if (opened === null) return null;
  return rows.find((row) => row !== undefined && keyOf(row) === keyOf(opened)) ?? opened;
}

/** Numbers of the pages in sight with one before and one after, none beyond the end. */
export function pagesInSight(
  { first, last }: { first: number; last: number },
  total: number | null,
): number[] {
  const end = total === null ? 0 : Math.max(0, Math.ceil(total / pageSize) - 1);
  const from = Math.min(end, Math.max(0, Math.floor(first / pageSize) - 1));
  const to = Math.min(end, Math.floor(last / pageSize) + 1);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** The loaded pages at their places in a list as long as all; null while none is loaded. */
export function join<Row>(numbered: readonly Numbered<Row>[]): Page<Row | undefined> | null {
  const [loaded] = numbered;
  if (loaded === undefined) return null;
  const { total } = loaded.page;
  const rows = Array.from<Row | undefined>({ length: total });
  for (const { number, page } of numbered)
    for (const [place, row] of page.rows.entries())
      if (number * pageSize + place < total) rows[number * pageSize + place] = row;
  return { total, rows };
}
