import { AppError } from '../../shared/errors.ts';
import type { SheetRows, SourceRow } from './cell.ts';
import { CsvRecords } from './csv-records.ts';
import { readRange, type ByteSource } from './source.ts';
import { Utf8Check } from './utf8-check.ts';

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

/** How a file is to be cut. */
interface CsvForm {
  encoding: CsvEncoding;
  delimiter: string;
  /** Lines at the beginning that are no records. */
  skip: number;
  /** Bytes of the mark of UTF-8 before them. */
  mark: number;
}

const delimiters = [',', ';', '\t', '|'];

/**
 * A CSV as rows. Encoding: byte-order mark, else UTF-8, else Windows-1252 (old Excel). Errors:
 * `import_not_workbook` (binary), `import_open_quote`, `import_broken_csv` (both name the line),
 * `import_cancelled`.
 */
export async function csvSheet(source: ByteSource, options: CsvOptions): Promise<CsvSheet> {
  const encoding = await encodingOf(source, options.signal);
  const start = await readRange(source, 0, 128 * 1024);
  const head = decode(start, encoding);
  const { delimiter, skip } = delimiterOf(head, options.knownColumns);
  return {
    name: null,
    hidden: false,
    evenRows: true,
    encoding,
    delimiter,
    rows: csvRows(source, { encoding, delimiter, skip, mark: markOf(start) }, options),
  };
}

async function* csvRows(
  source: ByteSource,
  { encoding, delimiter, skip, mark }: CsvForm,
  options: CsvOptions,
): AsyncGenerator<SourceRow> {
  const records = new CsvRecords(delimiter, skip);
  for await (const piece of encoding === 'utf-8'
    ? bytesOf(source, mark, options)
    : decoded(source, encoding, options))
    for (const row of records.add(piece)) yield row;
  for (const row of records.end()) yield row;
}

async function* decoded(
  source: ByteSource,
  encoding: CsvEncoding,
  options: CsvOptions,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytesOf(source, 0, options))
    yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* bytesOf(source: ByteSource, from: number, options: CsvOptions): AsyncGenerator<Uint8Array> {
  let done = from;
  for await (const chunk of source.read(from, source.size)) {
    if (options.signal?.aborted) throw new AppError('import_cancelled');
    done += chunk.length;
    options.onRead?.(done, source.size);
    yield chunk;
  }
}

function markOf([first, second, third]: Uint8Array): number {
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
}

function decode(bytes: Uint8Array, encoding: CsvEncoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Reads the whole file once: a single odd byte near the end decides the encoding of all of it. */
async function encodingOf(source: ByteSource, signal?: AbortSignal): Promise<CsvEncoding> {
  const mark = await readRange(source, 0, 3);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  if (mark[0] === 0xfe && mark[1] === 0xff) return 'utf-16be';
  const check = new Utf8Check();
  for await (const chunk of source.read(0, source.size)) {
    if (signal?.aborted) throw new AppError('import_cancelled');
    if (chunk.includes(0)) throw new AppError('import_not_workbook');
    check.add(chunk);
  }
  return check.isUtf8 ? 'utf-8' : 'windows-1252';
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
