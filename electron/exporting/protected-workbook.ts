import { PassThrough } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import agile from 'officecrypto-tool/src/crypto/ecma376_agile.js';
import { agileKeys } from './agile-key.ts';

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
 * A workbook that is written sheet after sheet, each of its cells text, in Excel's text format, so that what is typed
 * into it later keeps its digits too. Rows stream; only the packed file is held in memory.
 */
export class WorkbookFile {
  readonly #book: ExcelJS.stream.xlsx.WorkbookWriter;
  readonly #chunks: Buffer[] = [];
  readonly #ended: Promise<void>;
  readonly #names = new Set<string>();
  #sheet: ExcelJS.Worksheet | null = null;

  constructor() {
    const output = new PassThrough();
    output.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#ended = new Promise<void>((resolve, reject) => {
      output.on('end', resolve);
      output.on('error', reject);
    });
    this.#book = new ExcelJS.stream.xlsx.WorkbookWriter({
      stream: output,
      useSharedStrings: true,
      useStyles: true,
    });
  }

  /** Rows that follow are of this sheet. */
  begin(name: string, headers: readonly string[]): void {
    this.#sheet?.commit();
    this.#names.add(name.toLowerCase());
    this.#sheet = this.#book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    this.#sheet.columns = headers.map((header) => ({
      header,
      width: Math.max(10, Math.min(32, header.length + 4)),
      style: { numFmt: '@' },
    }));
  }

  row(cells: readonly (string | null)[]): void {
    if (this.#sheet === null) throw new Error('A row came before its sheet.');
    this.#sheet.addRow([...cells]).commit();
  }

  /** The whole, with a last sheet that says what it is, line by line. */
  async finish(lines: readonly (readonly [string, string])[]): Promise<Buffer> {
    this.#sheet?.commit();
    const about = this.#book.addWorksheet(
      this.#names.has(aboutSheet.toLowerCase()) ? `${aboutSheet} ekspor` : aboutSheet,
    );
    about.columns = [18, 80].map((width) => ({ width, style: { numFmt: '@' } }));
    for (const line of lines) about.addRow([...line]).commit();
    about.commit();
    await this.#book.commit();
    await this.#ended;
    return Buffer.concat(this.#chunks);
  }
}

/** A workbook of one sheet and a note about it. */
export async function writeWorkbook(table: WorkbookTable, options: WriteOptions): Promise<Buffer> {
  const book = new WorkbookFile();
  book.begin(table.sheet, table.headers);
  let count = 0;
  for (const row of table.rows) {
    book.row(row);
    count += 1;
    if (count % rowsAtOnce !== 0) continue;
    options.onRows?.(count);
    await breathe();
  }
  options.onRows?.(count);
  return book.finish(options.about(count));
}

/**
 * The workbook locked with a password as Excel itself does it (ECMA-376 agile encryption: AES-256,
 * key from SHA-512 over 100,000 rounds). Without the password nothing of it can be read, not even
 * the names of its columns. See docs/adr/0022-exports-locked-by-excel.md.
 */
export function lockWorkbook(workbook: Buffer, password: string): Buffer {
  return { ...agile, convertPasswordToKey: agileKeys() }.encrypt(workbook, password);
}
