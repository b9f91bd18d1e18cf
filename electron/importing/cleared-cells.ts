import { clearToken } from '../../shared/domain/reference.ts';
import type { Cell, SourceRow } from './cell.ts';

const nothingCleared: ReadonlySet<number> = new Set();

function isClearing(cell: Cell): boolean {
  return typeof cell === 'string' && cell.includes('[') && cell.trim().toUpperCase() === clearToken;
}

/** The row with its clearing cells blank, and which they were. */
export function withoutTokens(row: SourceRow): { row: SourceRow; cleared: ReadonlySet<number> } {
  if (!row.cells.some(isClearing)) return { row, cleared: nothingCleared };
  const cleared = new Set(row.cells.flatMap((cell, index) => (isClearing(cell) ? [index] : [])));
  return {
    row: { ...row, cells: row.cells.map((cell, index) => (cleared.has(index) ? null : cell)) },
    cleared,
  };
}
