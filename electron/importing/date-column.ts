import { type SourceRow, textOf } from './cell.ts';
import type { RowColumns } from './row-columns.ts';
import type { RowContext } from './row-reader.ts';
import { beforeTheYear, hasShortYear, readDate } from './values.ts';

/** Dates as text with a day above 12, and days of the spreadsheet up to 12, from which on they tell that these are turned. */
const [lateAtLeast, lowAtLeast] = [3, 8];

/**
 * Birth dates of rows. A CSV that was saved under American settings has the month first: `8/17/1980` is then no date of
 * ours, and `5/3/1990`, which could be one, is of May. Where at least half of the dates that tell are such, no other of
 * theirs is read. A workbook into which such an Excel took `5/3/1990` has a date of May there, and `17/8/1980`, which it
 * did not know for one, as text: where all text has a day above 12 and many dates none, day and month of these are turned.
 */
export class DateColumn {
  readonly #context: Pick<RowContext, 'findings' | 'today'>;
  readonly #columns: RowColumns;
  readonly #from1904: boolean;
  /** Of the rows that were looked at last; where none of them tells, what was told before them holds. */
  #monthFirst = false;
  /** The same of days of a spreadsheet. */
  #turned = false;

  /** @param from1904 whether the sheet counts its days from 1904. */
  constructor(context: Pick<RowContext, 'findings' | 'today'>, columns: RowColumns, from1904: boolean) {
    this.#context = context;
    this.#columns = columns;
    this.#from1904 = from1904;
  }

  /** Looks at rows that are to be read next. */
  look(rows: readonly SourceRow[]): void {
    if (!this.#columns.has('birth_date')) return;
    let dayFirst = 0;
    let monthFirst = 0;
    let low = 0;
    /** Text or a day of the spreadsheet that Excel would have written otherwise, had it turned them. */
    let straight = 0;
    for (const row of rows) {
      const serial = this.#serial(row);
      if (serial !== null && Number(serial.slice(8)) > 12) straight += 1;
      else if (serial !== null) low += 1;
      const [first, second] = this.#dayAndMonth(row);
      if (first > 0 && first <= 12) straight += 1;
      if (first > 12 && second <= 12) dayFirst += 1;
      if (second > 12 && first <= 12) monthFirst += 1;
    }
    if (dayFirst + monthFirst > 0) this.#monthFirst = monthFirst >= dayFirst;
    if (straight > 0) this.#turned = false;
    else if (dayFirst >= lateAtLeast && low >= lowAtLeast) this.#turned = true;
  }

  /** ISO date; null where none stands, or none that can be trusted, which is told. */
  read(row: SourceRow): string | null {
    const cell = this.#columns.cell(row, 'birth_date');
    const text = textOf(cell);
    if (text === null) return null;
    const serial = this.#turnedSerial(row);
    if (serial !== null)
      return this.#tell(
        row,
        'birth_date_turned',
        `Excel mengubah sebagian tanggal lahir di berkas ini: yang harinya sampai 12 menjadi tanggal dengan hari dan bulan tertukar, yang lain tetap teks (seperti 17/08/1980). ${serial} dan yang lain yang tidak pasti dikosongkan. Minta ekspor ulang dengan kolom tanggal sebagai teks.`,
      );
    if (this.#isUncertain(row))
      return this.#tell(
        row,
        'birth_date_month_first',
        `Tanggal lahir di berkas ini tertulis dengan bulan di depan (seperti 8/17/1980); "${text}" dan yang lain yang tidak pasti dikosongkan, supaya hari dan bulannya tidak tertukar. Minta ekspor ulang dengan tanggal seperti 1980-08-17.`,
      );
    const date = this.trusted(row);
    if (date === null)
      return this.#tell(
        row,
        'birth_date_unreadable',
        `Tanggal lahir "${text}" tidak dapat dibaca dan dikosongkan.`,
      );
    if (hasShortYear(cell))
      this.#tell(
        row,
        'birth_year_short',
        `Tahun lahir hanya dua angka ("${text}" dibaca ${date}): abadnya diperkirakan. Minta tahun lahir empat angka.`,
      );
    return date;
  }

  /** The same, and nothing is told. */
  trusted(row: SourceRow): string | null {
    if (this.#isUncertain(row) || this.#turnedSerial(row) !== null) return null;
    return readDate(this.#columns.cell(row, 'birth_date'), this.#context.today, this.#from1904);
  }

  /** Whether day and month may be turned. */
  #isUncertain(row: SourceRow): boolean {
    if (!this.#monthFirst) return false;
    const [first, second] = this.#dayAndMonth(row);
    return first <= 12 && first !== second;
  }

  /** ISO date of a day of the spreadsheet whose day and month may be turned; else null. */
  #turnedSerial(row: SourceRow): string | null {
    if (!this.#turned) return null;
    const serial = this.#serial(row);
    return serial === null || serial.slice(5, 7) === serial.slice(8) || Number(serial.slice(8)) > 12
      ? null
      : serial;
  }

  /** ISO date of a day of the spreadsheet; null where it is written, or none. */
  #serial(row: SourceRow): string | null {
    const cell = this.#columns.cell(row, 'birth_date');
    const isDay = typeof cell === 'number' || /^\s*\d{5}\s*$/.test(cell ?? '');
    return isDay ? readDate(cell, this.#context.today, this.#from1904) : null;
  }

  /** The two numbers before the year, in their order; zeros where none stand there. */
  #dayAndMonth(row: SourceRow): readonly [first: number, second: number] {
    return beforeTheYear(this.#columns.cell(row, 'birth_date')) ?? [0, 0];
  }

  #tell(row: SourceRow, code: string, message: string): null {
    this.#context.findings.warn(code, row.number, message);
    return null;
  }
}
