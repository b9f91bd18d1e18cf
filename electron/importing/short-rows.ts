import type { SourceRow } from './cell.ts';
import { Findings } from './findings.ts';
import type { FoundHeader } from './list-sheets.ts';
import { type RowContext, RowReader } from './row-reader.ts';
import { readDate, readSex } from './values.ts';

/** Warnings of a value that does not belong into its column. */
const ofOtherColumn = /_unreadable$|^(code_unknown|nik_odd|kk_odd|kk_no_number)$/;

/**
 * Tells rows of a CSV that end early from rows that slid. Excel writes no delimiter for blank cells at the end of
 * some rows; a row that lost one in between is short as well, but then its values stand under other headers.
 */
export class ShortRows {
  readonly #width: number;
  readonly #reader: RowReader | null;
  readonly #context: RowContext;

  constructor(context: RowContext, header: FoundHeader, from1904: boolean) {
    this.#width = header.headers.length;
    this.#context = { ...context, findings: new Findings(), named: new Set() };
    const { notice } = context.profile;
    const columns = [...header.match.at.keys()];
    // Counts of many things beside each other: one that slid cannot be told from its neighbour.
    const hidesSlides = columns.some(({ field }) => notice?.fields.includes(field));
    this.#reader = hidesSlides ? null : new RowReader(this.#context, header.match, from1904);
  }

  /** Whether a row has too few cells, but each of the others says something that its column can say. */
  endsEarly(row: SourceRow): boolean {
    if (row.cells.length >= this.#width || this.#reader === null) return false;
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
