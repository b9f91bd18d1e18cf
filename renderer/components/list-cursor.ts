/** Where the cursor of a list goes on a key press; null where the key is not the list's. */
export function moveCursor(key: string, index: number, count: number, page: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'PageDown':
      return Math.min(index + page, count - 1);
    case 'PageUp':
      return Math.max(index - page, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Where the cursor stands in a list that may have become shorter: on its last row, at -1 where it has none. */
export function cursorWithin(index: number, count: number): number {
  return Math.min(index, count - 1);
}

/** The selection with one key added, or taken out where it was in. */
export function toggled(selection: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selection);
  if (!next.delete(key)) next.add(key);
  return next;
}
