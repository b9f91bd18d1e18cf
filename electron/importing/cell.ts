/** A cell as the file holds it: text stays text, so that a NIK keeps its digits; null is blank. */
export type Cell = string | number | null;

export interface SourceRow {
  /** Row number in the sheet, or line number in the CSV, from 1. */
  number: number;
  cells: Cell[];
}

export interface SheetRows {
  /** Name of the sheet; null for a CSV. */
  name: string | null;
  /** Whether Excel shows no tab of it. */
  hidden: boolean;
  /** Every row must have as many cells as the header (CSV); a sheet leaves blank ones at the end out. */
  evenRows: boolean;
  /** Whether its dates are counted from 1904. */
  from1904?: boolean;
  rows: AsyncIterable<SourceRow>;
}

/** A cell as trimmed text with single blanks, or null where it is blank. */
export function textOf(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string' && isTidy(cell)) return cell;
  const text = typeof cell === 'number' ? String(cell) : cell.replace(/[\s\u00a0]+/g, ' ').trim();
  return text === '' ? null : text;
}

const [blank, lastPlain] = [0x20, 0x7e];

/** Printed characters with single blanks between them, as nearly every cell is: nothing is to be trimmed. */
function isTidy(text: string): boolean {
  let before = blank;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < blank || code > lastPlain || (code === blank && before === blank)) return false;
    before = code;
  }
  return before !== blank;
}

/** A whole number that is zero or more, or null. */
export function wholeNumber(cell: Cell | undefined): number | null {
  const text = textOf(cell);
  if (text === null || !/^\d{1,9}(\.0+)?$/.test(text)) return null;
  return Math.trunc(Number(text));
}
