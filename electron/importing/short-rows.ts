import type { SourceRow } from './cell.ts';
import { Findings } from './findings.ts';
import type { FoundHeader } from './list-sheets.ts';
import type { ProfileColumn } from './profile.ts';
import { type RowContext, RowReader } from './row-reader.ts';
import { readDate, readSex } from './values.ts';

/** Warnings of a value that does not belong into its column. */
const ofOtherColumn = /_unreadable$|^(code_unknown|nik_odd|kk_odd|kk_no_number)$/;

/**
 * Tells rows of a CSV that end early from rows that slid. Excel writes no delimiter for blank cells at the end of
 * some rows; a row that lost one in between is short as well, but then its values stand under other headers. Where
 * answers stand beside each other that cannot be told apart, such as counts of many things, that cannot be seen.
 */
export class ShortRows {
  readonly #width: number;
  /** Longer rows hold columns side by side of which one may have slid into the other. */
  readonly #mostCells: number;
  readonly #reader: RowReader;
  readonly #context: RowContext;

  constructor(context: RowContext, header: FoundHeader, from1904: boolean) {
    this.#width = header.headers.length;
    this.#context = { ...context, findings: new Findings(), named: new Set() };
    const columnAt = new Map([...header.match.at].map(([column, index]) => [index, column]));
    // Also where the first cell that is missing stands: the last that is there may be its.
    const hiding = header.headers.findIndex(
      (_, index) => index + 1 < this.#width && hidesSlide(columnAt.get(index), columnAt.get(index + 1)),
    );
    this.#mostCells = hiding === -1 ? this.#width : hiding;
    this.#reader = new RowReader(this.#context, header.match, from1904);
  }

  /** Looks at rows that are to be told next, as the reader does that reads them. */
  look(rows: readonly SourceRow[]): void {
    this.#reader.look(rows);
  }

  /** Whether a row has too few cells, but each of the others says something that its column can say. */
  endsEarly(row: SourceRow): boolean {
    if (row.cells.length >= this.#width || row.cells.length > this.#mostCells) return false;
    const findings = new Findings();
    this.#context.findings = findings;
    const read = this.#reader.read(row);
    if (read === null) return false;
    const { nik, birthDate, sex, name, birthPlace, motherName } = read.person;
    const { kk, street } = read.household;
    const isSure = [nik, birthDate, sex, kk].some((told) => told !== null);
    return (
      isSure &&
      ![name, birthPlace, motherName, street].some((text) => this.#isOfOtherColumn(text)) &&
      findings.report().warnings.every(({ code }) => !ofOtherColumn.test(code))
    );
  }

  /** A date or a sex where words stand otherwise. */
  #isOfOtherColumn(text: string | null): boolean {
    return text !== null && (readSex(text) !== null || readDate(text, this.#context.today, false) !== null);
  }
}

/**
 * Whether a value that slid from a column into the one before it may look right there. A column that is not read
 * (`undefined`) takes anything, and so does an answer without codes; what has another role shows what is not its own.
 */
function hidesSlide(left: ProfileColumn | undefined, right: ProfileColumn | undefined): boolean {
  if (left === undefined && right === undefined) return false;
  if ([left, right].some((column) => column !== undefined && column.role !== 'answer')) return false;
  const [codes, others] = [left?.codes, right?.codes];
  return codes === undefined || others === undefined || codes.some((code) => others.includes(code));
}
