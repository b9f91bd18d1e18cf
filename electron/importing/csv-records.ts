import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../../shared/errors.ts';
import type { SourceRow } from './cell.ts';

/** A record longer than this is no row of a list, but a quote that was never closed. */
const longestRecord = 200_000;
/** Bytes of the longest record: characters of up to four, a delimiter after each. */
const mostBytes = 8 * longestRecord;

const [quote, newline, carriageReturn] = [0x22, 0x0a, 0x0d];

/**
 * Cuts a CSV in UTF-8 into its records, a piece of the file after the other. Where nothing is quoted, as in
 * nearly every line of a list, a cell ends at the next delimiter and nothing else is to be known; whatever
 * has a quote is read by csv-parse, a stretch of whole records at a time, which takes seven times as long.
 */
export class CsvRecords {
  readonly #delimiter: string;
  /** The delimiter as one byte; null where it is none, and csv-parse reads everything. */
  readonly #cut: number | null;
  /** How records end, once the first did: with both characters of Windows, or one. */
  #ending: '\r\n' | '\n' | '\r' | null = null;
  #rest: Buffer = Buffer.alloc(0);
  /** Lines before the rest. */
  #lines = 0;
  #skip: number;

  /** @param skip lines at the beginning that are no records. */
  constructor(delimiter: string, skip: number) {
    this.#delimiter = delimiter;
    this.#cut = delimiter.length === 1 && delimiter.charCodeAt(0) < 0x80 ? delimiter.charCodeAt(0) : null;
    this.#skip = skip;
  }

  /**
   * The records that are whole by now.
   *
   * @throws AppError `import_open_quote`, `import_broken_csv`.
   */
  add(piece: Uint8Array): SourceRow[] {
    return this.#take(Buffer.concat([this.#rest, piece]), false);
  }

  /** The others. @throws AppError as `add`. */
  end(): SourceRow[] {
    return this.#take(this.#rest, true);
  }

  #take(bytes: Buffer, isLast: boolean): SourceRow[] {
    const rows: SourceRow[] = [];
    this.#ending ??= endingOf(bytes, isLast);
    let at = this.#ending === null && !isLast ? 0 : this.#plain(bytes, this.#skipped(bytes), isLast, rows);
    const stretch = isLast ? bytes.length : this.#wholeRecords(bytes, at);
    if (stretch > at) {
      this.#parse(bytes.subarray(at, stretch), rows);
      at = stretch;
    } else if (bytes.length - at > mostBytes) {
      // Which throws: so much is no record.
      this.#parse(bytes.subarray(at), rows);
      at = bytes.length;
    }
    this.#rest = bytes.subarray(at);
    return rows;
  }

  /** Cuts records up to the first that is not whole, or not plain; answers where that begins. */
  #plain(bytes: Buffer, from: number, isLast: boolean, rows: SourceRow[]): number {
    const { length } = bytes;
    const delimiter = this.#cut;
    if (delimiter === null) return from;
    const ending = this.#ending ?? '\n';
    const last = ending.charCodeAt(0);
    let cells: string[] = [];
    let record = from;
    let begin = from;
    let isAscii = true;
    // Where each cell of the record before begins: nearly every row repeats what its household says.
    let before: string[] = [];
    let beganBefore: number[] = [];
    let began: number[] = [];
    const cellTo = (end: number): string => {
      const nth = cells.length;
      const same = before[nth];
      began.push(begin);
      return isAscii && same !== undefined && repeats(bytes, beganBefore[nth] ?? 0, begin, end, same.length)
        ? same
        : textOf(bytes, begin, end, isAscii);
    };
    for (let at = from; at < length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === delimiter) {
        cells.push(cellTo(at));
        begin = at + 1;
        isAscii = true;
      } else if (byte === last && (ending.length === 1 || bytes[at + 1] === newline)) {
        if (at - record > longestRecord) return record;
        cells.push(cellTo(at));
        this.#lines += 1;
        if (at > record) rows.push({ number: this.#lines, cells });
        before = cells;
        [beganBefore, began] = [began, []];
        at += ending.length - 1;
        record = at + 1;
        begin = record;
        cells = [];
        isAscii = true;
      } else if (byte === quote || byte === newline || byte === carriageReturn) return record;
      else if (byte >= 0x80) isAscii = false;
    }
    if (!isLast || record === length || length - record > longestRecord) return record;
    cells.push(cellTo(length));
    rows.push({ number: this.#lines + 1, cells });
    return length;
  }

  /** Where the last record ends that is whole: quotes come in pairs in each. */
  #wholeRecords(bytes: Buffer, from: number): number {
    let isOpen = false;
    let end = from;
    const ending = this.#ending ?? '\n';
    const last = ending.charCodeAt(ending.length - 1);
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === quote) isOpen = !isOpen;
      else if (byte === last && !isOpen && (ending.length === 1 || bytes[at - 1] === carriageReturn))
        end = at + 1;
    }
    return end;
  }

  #skipped(bytes: Buffer): number {
    let from = 0;
    for (; this.#skip > 0; this.#skip -= 1) {
      const end = bytes.indexOf(this.#ending ?? '\n', from);
      if (end < 0) return bytes.length;
      from = end + (this.#ending ?? '\n').length;
      this.#lines += 1;
    }
    return from;
  }

  #parse(bytes: Buffer, rows: SourceRow[]): void {
    // Counted as the parser goes: when it breaks off, the records of this stretch are lost.
    let line = this.#lines;
    let blank = 0;
    try {
      parse(bytes, {
        delimiter: this.#delimiter,
        record_delimiter: this.#ending ?? [],
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: longestRecord,
        on_record: (cells: string[], { lines, empty_lines: empty }) => {
          line += empty - blank;
          blank = empty;
          rows.push({ number: line + 1, cells });
          line = this.#lines + lines;
          return null;
        },
      });
    } catch (error) {
      throw problemOf(error, line + 1, bytes.includes(quote));
    }
    const last = this.#ending === '\r' ? carriageReturn : newline;
    for (const byte of bytes) if (byte === last) this.#lines += 1;
  }
}

/** Whether these bytes, all plain characters, stand also where so long a cell of the record before begins. */
function repeats(bytes: Buffer, before: number, from: number, to: number, length: number): boolean {
  if (to - from !== length) return false;
  // From its end: numbers of one family begin with the same digits.
  for (let at = length - 1; at >= 0; at -= 1) if (bytes[before + at] !== bytes[from + at]) return false;
  return true;
}

/** A cell's own text: a part of a larger one would keep all of it in memory. */
function textOf(bytes: Buffer, from: number, to: number, isAscii: boolean): string {
  if (from === to) return '';
  return bytes.toString(isAscii ? 'latin1' : 'utf8', from, to);
}

/** How the first record ends; null where it is not whole. */
function endingOf(bytes: Buffer, isLast: boolean): '\r\n' | '\n' | '\r' | null {
  let isOpen = false;
  for (const [at, byte] of bytes.entries()) {
    if (byte === quote) isOpen = !isOpen;
    if (isOpen) continue;
    if (byte === newline) return '\n';
    if (byte !== carriageReturn) continue;
    if (at + 1 < bytes.length) return bytes[at + 1] === newline ? '\r\n' : '\r';
    return isLast ? '\r' : null;
  }
  return null;
}

function problemOf(error: unknown, line: number, isQuoted: boolean): unknown {
  if (!(error instanceof CsvError)) return error;
  // So long without any quote, it is no list, or one in a single line.
  if (error.code === 'CSV_MAX_RECORD_SIZE' && !isQuoted) return new AppError('import_broken_csv', { line });
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new AppError('import_open_quote', { line });
    default:
      return new AppError('import_broken_csv', { line });
  }
}
