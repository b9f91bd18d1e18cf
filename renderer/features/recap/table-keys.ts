/** What the arrow keys need to know of a table: which cells of its rows hold a link. */
export type LinkGrid = readonly (readonly boolean[])[];

export interface Place {
  row: number;
  column: number;
}

/**
 * Where an arrow key leads from a link: the next one in its direction, past the dashes between.
 * Null where there is none, or the key is no arrow.
 */
export function nextLink(grid: LinkGrid, from: Place, key: string): Place | null {
  const step = steps[key];
  if (step === undefined) return null;
  const columns = Math.max(0, ...grid.map((row) => row.length));
  let { row, column } = from;
  for (;;) {
    row += step.row;
    column += step.column;
    if (row < 0 || row >= grid.length || column < 0 || column >= columns) return null;
    if (grid[row]?.[column]) return { row, column };
  }
}

/** Home and End: the first link of the table, and the last. */
export function endLink(grid: LinkGrid, key: string): Place | null {
  const all = grid.flatMap((cells, row) =>
    cells.flatMap((isLink, column) => (isLink ? [{ row, column }] : [])),
  );
  if (key === 'Home') return all[0] ?? null;
  return key === 'End' ? (all.at(-1) ?? null) : null;
}

const steps: Record<string, Place | undefined> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};
