import { Readable } from 'node:stream';
import type ExcelJS from 'exceljs';
import { AppError } from '../../shared/errors.ts';
import type { Cell, SheetRows, SourceRow } from './cell.ts';
import type { ByteSource } from './source.ts';
import { wholeInlineTexts } from './inline-text.ts';
import { orderedArchive } from './ordered-archive.ts';
import { readWorkbookParts } from './workbook-parts.ts';
import { readZipDirectory, workbookLimits, type ZipLimits } from './zip-directory.ts';

export interface WorkbookOptions {
  signal?: AbortSignal;
  limits?: ZipLimits;
  /** Compressed bytes read so far, of how many. */
  onRead?: (done: number, total: number) => void;
}

/**
 * The sheets of an .xlsx, row by row, in the order of their tabs. A sheet must be read (or left) before
 * the next is asked for. Errors: `import_not_workbook`, `import_zip_bomb`, `import_cancelled`.
 */
export async function* workbookSheets(
  source: ByteSource,
  options: WorkbookOptions = {},
): AsyncGenerator<SheetRows> {
  const entries = await readZipDirectory(source, options.limits ?? workbookLimits);
  const parts = await readWorkbookParts(source, entries);
  // Loading it takes longer than reading a short list, and most lists are CSV.
  const { default: Excel } = await import('exceljs');
  const lastSeen = Promise.withResolvers<void>();
  const archive = Readable.from(orderedArchive(source, parts, options, lastSeen.promise), {
    objectMode: false,
    highWaterMark: 256 * 1024,
  });
  const guard = new StreamGuard(archive);
  // Styles stay unread: a date is told by its column, and a number keeps every digit it has.
  const reader = new Excel.stream.xlsx.WorkbookReader(archive, {
    entries: 'ignore',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'ignore',
    worksheets: 'emit',
  });
  try {
    let seen = 0;
    for await (const sheet of guard.follow(reader)) {
      const { name = null, hidden = false } = parts.sheets[seen] ?? {};
      seen += 1;
      if (seen === parts.sheets.length) lastSeen.resolve();
      yield { name, hidden, evenRows: false, from1904: parts.from1904, rows: sheetRows(sheet, guard) };
    }
  } finally {
    lastSeen.resolve();
    archive.destroy();
  }
}

async function* sheetRows(
  sheet: ExcelJS.stream.xlsx.WorksheetReader,
  guard: StreamGuard,
): AsyncGenerator<SourceRow> {
  // ExcelJS knows its input at run time only; its types leave it out.
  if (!('iterator' in sheet)) throw new AppError('import_not_workbook');
  sheet.iterator = wholeInlineTexts(sheet.iterator as AsyncIterable<Uint8Array>);
  for await (const row of guard.follow(sheet)) {
    const cells: Cell[] = [];
    row.eachCell((cell, column) => {
      while (cells.length < column - 1) cells.push(null);
      // ExcelJS leaves a result of zero, and that of an error, out of a formula's value.
      cells.push(cellOf(cell.formula ? cell.result : cell.value));
    });
    yield { number: row.number, cells };
  }
}

function cellOf(value: ExcelJS.CellValue): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  // A formula's error has no number; what it was is gone here, that it was one is not.
  if (typeof value === 'number') return Number.isFinite(value) ? value : '#VALUE!';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('error' in value) return value.error;
  if ('text' in value) return value.text;
  // A formula that is filled down has its text in the first cell alone: the others come as no formula.
  if ('result' in value) return cellOf(value.result);
  return null;
}

/**
 * ExcelJS pipes its input without listening for the input's errors, and waits forever when it
 * breaks. The guard makes a broken input end whatever is being waited for, and turns what the
 * parser throws on malformed XML into `import_not_workbook`.
 */
class StreamGuard {
  #failure: unknown = null;
  #wake: (error: unknown) => void = () => {};

  constructor(stream: Readable) {
    stream.on('error', (error) => this.#fail(error));
    stream.on('close', () => {
      if (!stream.readableEnded) this.#fail(new AppError('import_not_workbook'));
    });
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake(this.#failure);
  }

  async *follow<Item>(iterable: AsyncIterable<Item>): AsyncGenerator<Item> {
    const iterator = iterable[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.#orFailure(iterator.next());
        if (next.done) return;
        yield next.value;
      }
    } catch (error) {
      const cause = this.#failure ?? error;
      throw cause instanceof AppError ? cause : new AppError('import_not_workbook');
    }
  }

  #orFailure<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#wake = reject;
      if (this.#failure !== null) reject(this.#failure);
      promise.then(resolve, reject);
    });
  }
}
