import { PassThrough } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import officeCrypto from 'officecrypto-tool';

export interface WorkbookTable {
  sheet: string;
  headers: readonly string[];
  /** Every value is text, or nothing: a NIK keeps its sixteen digits, and no text is a formula. */
  rows: Iterable<readonly (string | null)[]>;
}

export interface WriteOptions {
  /** Lines of a second sheet that says what this is, once it is known how many rows it has. */
  about: (rows: number) => readonly (readonly [string, string])[];
  /** Called from time to time with the rows written so far; may throw to stop. */
  onRows?: (count: number) => void;
}

/** Rows written before others get their turn. */
const rowsAtOnce = 500;

/** What this is, from whom, for whom: whoever finds the workbook in a year reads it here. */
const aboutSheet = 'Keterangan';

/**
 * A workbook of one sheet and a note about it, with nothing but text cells, in Excel's text format, so that what is typed
 * into it later keeps its digits too. Rows stream; only the packed file is held in memory.
 */
export async function writeWorkbook(table: WorkbookTable, options: WriteOptions): Promise<Buffer> {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    output.on('end', resolve);
    output.on('error', reject);
  });
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: output,
    useSharedStrings: true,
    useStyles: true,
  });
  const sheet = book.addWorksheet(table.sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = table.headers.map((header) => ({
    header,
    width: Math.max(10, Math.min(32, header.length + 4)),
    style: { numFmt: '@' },
  }));
  let count = 0;
  for (const row of table.rows) {
    sheet.addRow([...row]).commit();
    count += 1;
    if (count % rowsAtOnce !== 0) continue;
    options.onRows?.(count);
    await breathe();
  }
  options.onRows?.(count);
  sheet.commit();
  const about = book.addWorksheet(aboutSheet);
  about.columns = [18, 80].map((width) => ({ width, style: { numFmt: '@' } }));
  for (const line of options.about(count)) about.addRow([...line]).commit();
  about.commit();
  await book.commit();
  await ended;
  return Buffer.concat(chunks);
}

/**
 * The workbook locked with a password as Excel itself does it (ECMA-376 agile encryption: AES-256,
 * key from SHA-512 over 100,000 rounds). Without the password nothing of it can be read, not even
 * the names of its columns. See docs/adr/0022-exports-locked-by-excel.md.
 */
export function lockWorkbook(workbook: Buffer, password: string): Buffer {
  return officeCrypto.encrypt(workbook, { password });
}
