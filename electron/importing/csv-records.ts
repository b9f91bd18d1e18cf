/** A row of a CSV, and the line it begins on, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

export type CsvFault =
  /** A quote that was never closed, or closed in the middle of a value. */
  | 'open_quote'
  /** A quote in the middle of a value that began without one. */
  | 'stray_quote';

export class CsvFaultError extends Error {
  readonly fault: CsvFault;
  /** Where the broken row begins. */
  readonly line: number;

  constructor(fault: CsvFault, line: number) {
    super(`${fault} in the row of line ${line}`);
    this.fault = fault;
    this.line = line;
  }
}

const quote = 0x22;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const byteOrderMark = Buffer.from('\ufeff');
/** A row longer than this is no row of a list, but a quote that was never closed. */
const longestRecord = 200_000;

/** From this length on V8 makes a part of a string that holds the whole; shorter ones it copies. */
const partFrom = 13;

/** Where a row ends, and where the next begins. */
interface Bounds {
  end: number;
  next: number;
}

/**
 * Takes the rows of a CSV out of its bytes (UTF-8), which come in pieces. A row without a quote, as nearly
 * every one is, is cut out whole and split; the others are read byte by byte. Empty lines are no rows; the
 * first line end of the file is that of all its rows.
 */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #delimiterBytes: Buffer;
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;
  #line = 1;
  /** Null until the first has come. */
  #lineEnd: Buffer | null = null;
  #linesToSkip: number;
  /** Where the next quote of the piece in hand stands; its length where there is none. */
  #quoteAt = -1;

  /** @param skip lines at the beginning that are none of the list's. */
  constructor(delimiter: string, skip: number) {
    this.#delimiter = delimiter;
    this.#delimiterBytes = Buffer.from(delimiter);
    this.#linesToSkip = skip;
  }

  /** The rows that the next piece completes. @throws CsvFaultError */
  *read(piece: Uint8Array): Generator<CsvRecord> {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    yield* this.#rows(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]), false);
  }

  /** The row at the end of the file that no line end follows. @throws CsvFaultError */
  *end(): Generator<CsvRecord> {
    yield* this.#rows(this.#rest, true);
  }

  *#rows(bytes: Buffer, last: boolean): Generator<CsvRecord> {
    let at = 0;
    if (!this.#begun && (last || bytes.length > 2 * byteOrderMark.length)) {
      while (byteOrderMark.equals(bytes.subarray(at, at + byteOrderMark.length))) at += byteOrderMark.length;
      this.#begun = true;
    }
    if (this.#begun) this.#lineEnd ??= this.#firstLineEnd(bytes, at, last);
    this.#quoteAt = -1;
    while (at < bytes.length) {
      const bounds = this.#plainBounds(bytes, at, last);
      if (bounds === null) {
        if (bytes.length - at > longestRecord) throw new CsvFaultError('open_quote', this.#line);
        break;
      }
      if (this.#linesToSkip > 0) {
        this.#linesToSkip -= 1;
        this.#line += 1;
        at = bounds.next;
      } else if (bounds.end === at) {
        this.#line += 1;
        at = bounds.next;
      } else if (this.#nextQuote(bytes, at) >= bounds.end) {
        if (bounds.end - at > longestRecord) throw new CsvFaultError('open_quote', this.#line);
        yield { line: this.#line, cells: this.#plainCells(bytes, at, bounds.end) };
        this.#line += 1;
        at = bounds.next;
      } else {
        const cells: string[] = [];
        const next = this.#quoted(bytes, at, last, cells);
        if (next === null) {
          if (bytes.length - at > longestRecord) throw new CsvFaultError('open_quote', this.#line);
          break;
        }
        const line = this.#line;
        this.#line += linesIn(bytes, at, next);
        at = next;
        yield { line, cells };
      }
    }
    // A copy, so that the rest of a piece does not hold the whole of it.
    this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** Each cell stands for itself: a part of the row's text would hold all of it, for as long as a NIK is kept. */
  #plainCells(bytes: Buffer, from: number, to: number): string[] {
    const row = bytes.toString('utf8', from, to);
    const cells = row.split(this.#delimiter);
    if (row.length !== to - from) return cells.map((cell) => Buffer.from(cell).toString());
    let at = from;
    for (const [index, { length }] of cells.entries()) {
      if (length >= partFrom) cells[index] = bytes.toString('latin1', at, at + length);
      at += length + this.#delimiter.length;
    }
    return cells;
  }

  /** Up to the next line end, as if no quote stood before it; null where the piece ends first. */
  #plainBounds(bytes: Buffer, at: number, last: boolean): Bounds | null {
    const lineEnd = this.#lineEnd;
    const end = lineEnd === null ? -1 : bytes.indexOf(lineEnd, at);
    if (lineEnd !== null && end >= 0) return { end, next: end + lineEnd.length };
    return last ? { end: bytes.length, next: bytes.length } : null;
  }

  #nextQuote(bytes: Buffer, at: number): number {
    if (this.#quoteAt < at) {
      const found = bytes.indexOf(quote, at);
      this.#quoteAt = found < 0 ? bytes.length : found;
    }
    return this.#quoteAt;
  }

  /** Reads a row with quotes; answers where the next begins, or null where the piece ends first. */
  #quoted(bytes: Buffer, from: number, last: boolean, cells: string[]): number | null {
    let at = from;
    for (;;) {
      let value: string;
      if (bytes[at] === quote) {
        const close = closingQuote(bytes, at + 1);
        // Whether it closes or is doubled shows with what follows it.
        if (close === null || (close + 2 >= bytes.length && !last)) return this.#unfinished(last);
        value = bytes.toString('utf8', at + 1, close).replaceAll('""', '"');
        at = close + 1;
        if (at < bytes.length && !this.#isDelimiter(bytes, at) && this.#lineEndAt(bytes, at) === 0)
          throw new CsvFaultError('open_quote', this.#line);
      } else {
        const end = this.#valueEnd(bytes, at);
        if (end === bytes.length && !last) return null;
        if (bytes.subarray(at, end).includes(quote)) throw new CsvFaultError('stray_quote', this.#line);
        value = bytes.toString('utf8', at, end);
        at = end;
      }
      if (at - from > longestRecord) throw new CsvFaultError('open_quote', this.#line);
      cells.push(value);
      if (at >= bytes.length) return at;
      if (!this.#isDelimiter(bytes, at)) return at + this.#lineEndAt(bytes, at);
      at += this.#delimiterBytes.length;
    }
  }

  #unfinished(last: boolean): null {
    if (last) throw new CsvFaultError('open_quote', this.#line);
    return null;
  }

  #valueEnd(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && !this.#isDelimiter(bytes, at) && this.#lineEndAt(bytes, at) === 0) at += 1;
    return at;
  }

  #isDelimiter(bytes: Buffer, at: number): boolean {
    const delimiter = this.#delimiterBytes;
    if (bytes[at] !== delimiter[0]) return false;
    return delimiter.length === 1 || delimiter.equals(bytes.subarray(at, at + delimiter.length));
  }

  /** The first line end that stands in no quoted value; null where the piece ends before it is sure. */
  #firstLineEnd(bytes: Buffer, from: number, last: boolean): Buffer | null {
    let atValue = true;
    for (let at = from; at < bytes.length; at += 1) {
      if (atValue && bytes[at] === quote) {
        const close = closingQuote(bytes, at + 1);
        if (close === null) return null;
        at = close;
        atValue = false;
      } else if (bytes[at] === lineFeed) return Buffer.from('\n');
      else if (bytes[at] === carriageReturn) {
        if (at + 1 === bytes.length && !last) return null;
        return Buffer.from(bytes[at + 1] === lineFeed ? '\r\n' : '\r');
      } else atValue = this.#isDelimiter(bytes, at);
    }
    return null;
  }

  /** How many bytes of line end stand here. */
  #lineEndAt(bytes: Buffer, at: number): number {
    const end = this.#lineEnd;
    return end !== null && bytes[at] === end[0] && (end.length === 1 || bytes[at + 1] === end[1])
      ? end.length
      : 0;
  }
}

/** The quote that ends a value which begins at `from`, doubled ones passed over; null where none does. */
function closingQuote(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 2))
    if (bytes[at + 1] !== quote) return at;
  return null;
}

/** Lines of a row whose values may hold line ends of any kind. */
function linesIn(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) {
    const isEnd = bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed);
    if (isEnd) lines += 1;
  }
  return lines;
}
