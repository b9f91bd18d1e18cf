import type { VirtualItem } from '@tanstack/react-virtual';
import { useState } from 'react';

/** A row at its place in the list. */
export interface PlacedRow<Row> {
  item: VirtualItem;
  row: Row;
}

/** What was in sight when all of it was loaded. */
export interface Sight<Row> {
  wanted: readonly VirtualItem[];
  rows: readonly (Row | undefined)[];
  placed: readonly PlacedRow<Row>[];
  /** How far the list was scrolled, in pixels. */
  offset: number;
}

/**
 * What a list draws: the rows in sight once all of them are loaded; until then the rows that were in
 * sight before, moved along. A jump to the other end of a long list thus never shows an empty row.
 *
 * @param offset how far the list is scrolled, in pixels.
 */
export function useWholeRows<Row>(
  wanted: readonly VirtualItem[],
  offset: number,
  rows: readonly (Row | undefined)[],
): { placed: readonly PlacedRow<Row>[]; shift: number } {
  const [last, setLast] = useState<Sight<Row> | null>(null);
  const now: Sight<Row> = { wanted, rows, offset, placed: placedRows(wanted, rows) };
  const drawn = drawnSight(now, last);
  if (drawn === now && isWhole(now) && (last?.wanted !== wanted || last.rows !== rows)) setLast(now);
  return { placed: drawn.placed, shift: offset - drawn.offset };
}

/** Of what is in sight and what was before it; that may be gone from the memory meanwhile, as its page is. */
export function drawnSight<Row>(now: Sight<Row>, last: Sight<Row> | null): Sight<Row> {
  // A list of another length is another list.
  return isWhole(now) || last === null || last.rows.length !== now.rows.length ? now : last;
}

function isWhole({ wanted, placed }: Sight<unknown>): boolean {
  return placed.length === wanted.length;
}

/** Those in sight that are loaded. */
export function placedRows<Row>(
  wanted: readonly VirtualItem[],
  rows: readonly (Row | undefined)[],
): PlacedRow<Row>[] {
  return wanted.flatMap((item) => {
    const row = rows[item.index];
    return row === undefined ? [] : [{ item, row }];
  });
}
