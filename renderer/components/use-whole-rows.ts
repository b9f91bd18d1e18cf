import type { VirtualItem } from '@tanstack/react-virtual';
import { useState } from 'react';

/**
 * What a list draws: the rows in sight once all of them are loaded; until then the rows that were in
 * sight before, moved along. A jump to the other end of a long list thus never shows an empty row.
 *
 * @param offset how far the list is scrolled, in pixels.
 */
export function useWholeRows(
  wanted: readonly VirtualItem[],
  offset: number,
  rows: readonly unknown[],
): { items: readonly VirtualItem[]; shift: number } {
  const [held, setHeld] = useState({ items: wanted, offset });
  const isLoaded = ({ index }: VirtualItem) => rows[index] !== undefined;
  if (wanted.every(isLoaded)) {
    if (held.items !== wanted) setHeld({ items: wanted, offset });
    return { items: wanted, shift: 0 };
  }
  return held.items.length > 0 && held.items.every(isLoaded)
    ? { items: held.items, shift: offset - held.offset }
    : { items: wanted, shift: 0 };
}
