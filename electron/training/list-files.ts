import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import ExcelJS from 'exceljs';
import { bdt2015, bdt2015Width } from '../importing/bdt-2015.ts';
import type { Cell } from '../importing/cell.ts';
import { dtks } from '../importing/dtks.ts';
import type { ProfileColumn } from '../importing/profile.ts';
import type { ListRow } from './reference-views.ts';

/** The 101 columns of BDT 2015, as its source writes them. */
export const bdtColumns: readonly ProfileColumn[] = bdt2015.columns.slice(0, bdt2015Width);
/** The columns of a DTKS export; those that only some exports have are left out. */
export const dtksColumns: readonly ProfileColumn[] = dtks.columns.filter(
  (column) => column.field === 'dusun' || !dtks.optional.includes(column.field),
);

/** Writes a list of one sheet as .xlsx. */
export function writeWorkbook(
  path: string,
  name: string,
  columns: readonly ProfileColumn[],
  rows: Iterable<ListRow>,
): Promise<void> {
  return writeSheets(path, [{ name, columns, rows }]);
}

interface WrittenSheet {
  name: string;
  columns: readonly ProfileColumn[];
  rows: Iterable<ListRow>;
  above?: readonly string[];
}

/** Writes sheets as .xlsx, row by row, so that their size does not matter. */
export async function writeSheets(path: string, sheets: readonly WrittenSheet[]): Promise<void> {
  const file = createWriteStream(path);
  await once(file, 'open');
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: file,
    useSharedStrings: true,
    useStyles: true,
  });
  for (const { name, columns, rows, above = [] } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: above.length + 1 }] });
    // Text format on every column: what is typed in later keeps its digits too.
    sheet.columns = columns.map((column) => ({
      width: Math.max(8, Math.min(28, column.header.length + 2)),
      style: { numFmt: '@' },
    }));
    for (const line of above) sheet.addRow([line]).commit();
    sheet.addRow(columns.map((column) => column.header)).commit();
    for (const row of rows)
      sheet.addRow(columns.map((column) => workbookCell(column, row[column.field] ?? null))).commit();
    sheet.commit();
  }
  await book.commit();
  await finished(file);
}

/** Codes stand as numbers, as in lists that went through Excel; what must keep its digits stands as text. */
function workbookCell(column: ProfileColumn, value: Cell): Cell {
  const isCode =
    column.role === 'answer' ||
    column.role === 'sex' ||
    column.role === 'age' ||
    column.role === 'relation' ||
    column.role === 'percentile';
  return isCode && typeof value === 'string' && /^(0|[1-9]\d{0,4})$/.test(value) ? Number(value) : value;
}

export async function writeCsv(
  path: string,
  columns: readonly ProfileColumn[],
  rows: Iterable<ListRow>,
): Promise<void> {
  const file = createWriteStream(path);
  await once(file, 'open');
  file.write(`\ufeff${csvLine(columns.map((column) => column.header))}`);
  for (const row of rows) {
    if (!file.write(csvLine(columns.map(({ field }) => String(row[field] ?? ''))))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

export function csvLine(values: readonly string[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

function csvValue(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
