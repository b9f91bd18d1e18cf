import { clearToken } from '../../shared/domain/reference.ts';
import type { Cell, SourceRow } from './cell.ts';

const nothing: ReadonlySet<number> = new Set();

/** What a spreadsheet shows where a formula has no value; a CSV holds it as text. */
const formulaErrors: ReadonlySet<string> = new Set([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
]);

/** The first sign of what may be one of the two, blanks before it aside; nearly no cell has it. */
const mayBeSpecial = /^\s*[[#]/;

function isSpecial(cell: Cell): boolean {
  if (typeof cell !== 'string' || beginsPlainly(cell.charCodeAt(0))) return false;
  return mayBeSpecial.test(cell) && (isClearing(cell) || isFormulaError(cell));
}

/** A digit or a letter, as nearly every cell: told without looking further. */
function beginsPlainly(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function isClearing(cell: string): boolean {
  return cell.trim().toUpperCase() === clearToken;
}

function isFormulaError(cell: string): boolean {
  return formulaErrors.has(cell.trim().toUpperCase());
}

interface PlainRow {
  row: SourceRow;
  /** Cells that empty their field on purpose. */
  cleared: ReadonlySet<number>;
  /** Cells that hold no value but a formula's error. */
  errors: ReadonlySet<number>;
}

/** The row with its clearing and its erroneous cells blank, and which they were. */
export function plainRow(row: SourceRow): PlainRow {
  if (!row.cells.some(isSpecial)) return { row, cleared: nothing, errors: nothing };
  const special = row.cells.flatMap((cell, index) =>
    typeof cell === 'string' && isSpecial(cell) ? [{ index, clears: isClearing(cell) }] : [],
  );
  const at = new Set(special.map(({ index }) => index));
  return {
    row: { ...row, cells: row.cells.map((cell, index) => (at.has(index) ? null : cell)) },
    cleared: new Set(special.filter(({ clears }) => clears).map(({ index }) => index)),
    errors: new Set(special.filter(({ clears }) => !clears).map(({ index }) => index)),
  };
}
