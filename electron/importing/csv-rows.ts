import { CsvError, parse } from 'csv-parse';
import { AppError } from '../../shared/errors.ts';
import type { SheetRows, SourceRow } from './cell.ts';
import { readRange, type ByteSource } from './source.ts';

export interface CsvOptions {
  signal?: AbortSignal;
  onRead?: (done: number, total: number) => void;
  /** How many columns of a header row are known: decides between `,` `;` and tab. */
  knownColumns: (header: readonly string[]) => number;
}

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface CsvSheet extends SheetRows {
  encoding: CsvEncoding;
  delimiter: string;
}

const delimiters = [',', ';', '\t', '|'];
/** A record longer than this is no row of a list, but a quote that was never closed. */
const longestRecord = 200_000;

/**
 * A CSV as rows. Encoding: byte-order mark, else UTF-8, else Windows-1252 (old Excel). Errors:
 * `import_not_workbook` (binary), `import_open_quote`, `import_broken_csv` (both name the line),
 * `import_cancelled`.
 */
export async function csvSheet(source: ByteSource, options: CsvOptions): Promise<CsvSheet> {
  const encoding = await encodingOf(source, options.signal);
  const head = decode(await readRange(source, 0, 128 * 1024), encoding);
  const { delimiter, skip } = delimiterOf(head, options.knownColumns);
  return {
    name: null,
    evenRows: true,
    encoding,
    delimiter,
    rows: csvRows(source, encoding, delimiter, skip, options),
  };
}

async function* csvRows(
  source: ByteSource,
  encoding: CsvEncoding,
  delimiter: string,
  skip: number,
  options: CsvOptions,
): AsyncGenerator<SourceRow> {
  // Counted as the parser goes, not as rows are taken: when it breaks off, rows read ahead are lost.
  let line = skip;
  let rows: SourceRow[] = [];
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    from_line: skip + 1,
    max_record_size: longestRecord,
    // Taken here, piece by piece of the file: as a stream of rows it cost half as much again.
    on_record: (cells: string[], { lines }) => {
      rows.push({ number: line + 1, cells });
      line = lines;
      return null;
    },
  });
  const taken = (): SourceRow[] => {
    const some = rows;
    rows = [];
    return some;
  };
  // It tells of an error twice; who writes to it hears it as well.
  parser.on('error', () => {});
  parser.resume();
  try {
    for await (const piece of encoding === 'utf-8'
      ? bytesOf(source, options)
      : decoded(source, encoding, options)) {
      await new Promise<void>((resolve, reject) => {
        parser.write(piece, (error) => (error ? reject(error) : resolve()));
      });
      for (const row of taken()) yield row;
    }
    await new Promise<void>((resolve, reject) => {
      parser.end((error?: Error | null) => (error ? reject(error) : resolve()));
    });
    for (const row of taken()) yield row;
  } catch (error) {
    throw csvProblem(error, line + 1);
  } finally {
    parser.destroy();
  }
}

function csvProblem(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new AppError('import_open_quote', { line });
    default:
      return new AppError('import_broken_csv', { line });
  }
}

async function* decoded(
  source: ByteSource,
  encoding: CsvEncoding,
  options: CsvOptions,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytesOf(source, options)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* bytesOf(source: ByteSource, options: CsvOptions): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of source.read(0, source.size)) {
    if (options.signal?.aborted) throw new AppError('import_cancelled');
    done += chunk.length;
    options.onRead?.(done, source.size);
    yield chunk;
  }
}

function decode(bytes: Uint8Array, encoding: CsvEncoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Reads the whole file once: a single odd byte near the end decides the encoding of all of it. */
async function encodingOf(source: ByteSource, signal?: AbortSignal): Promise<CsvEncoding> {
  const mark = await readRange(source, 0, 3);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  if (mark[0] === 0xfe && mark[1] === 0xff) return 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let utf8 = true;
  for await (const chunk of source.read(0, source.size)) {
    if (signal?.aborted) throw new AppError('import_cancelled');
    if (chunk.includes(0)) throw new AppError('import_not_workbook');
    utf8 &&= isUtf8(decoder, chunk);
  }
  return utf8 && isUtf8(decoder, null) ? 'utf-8' : 'windows-1252';
}

function isUtf8(decoder: TextDecoder, chunk: Uint8Array | null): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The delimiter under which most columns are known; Excel's own first line `sep=;` is skipped. */
function delimiterOf(
  head: string,
  knownColumns: CsvOptions['knownColumns'],
): { delimiter: string; skip: number } {
  const declared = /^\ufeff?sep=(.)\r?\n/i.exec(head);
  const lines = head.split(/\r?\n/, 31).slice(declared ? 1 : 0);
  const score = (delimiter: string): number =>
    Math.max(0, ...lines.map((line) => knownColumns(line.split(delimiter).map(unquoted))));
  const best = delimiters
    .map((delimiter) => ({ delimiter, score: score(delimiter) }))
    .reduce((left, right) => (right.score > left.score ? right : left));
  return {
    delimiter: best.score === 0 && declared?.[1] ? declared[1] : best.delimiter,
    skip: declared ? 1 : 0,
  };
}

function unquoted(value: string): string {
  return value.trim().replace(/^"(.*)"$/, '$1');
}
