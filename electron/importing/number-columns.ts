import { cleanNumber } from '../../shared/domain/nik.ts';
import type { Cell, SourceRow } from './cell.ts';
import { isFiller, type LongNumber, readSixteenDigits } from './numbers.ts';
import type { RowColumns } from './row-columns.ts';

/** Numbers of some rows that are looked at: every tenth of them ends in 0, by chance. */
const lookedAt = 200;
/** Numbers of which nearly all must end in 0 before that is no chance. */
const [fewest, nearlyAll] = [24, 0.9];

/**
 * NIK and No KK of rows. Excel keeps fifteen digits and makes the sixteenth 0, and text that it saved afterwards
 * shows nothing of it: where nearly all numbers of a column end in 0, none that does can be trusted.
 */
export class NumberColumns {
  readonly #columns: RowColumns;
  readonly #nik = new LastDigit();
  readonly #kk = new LastDigit();

  constructor(columns: RowColumns) {
    this.#columns = columns;
  }

  /** Looks at rows that are to be read next. */
  look(rows: readonly SourceRow[]): void {
    if (this.#columns.has('nik')) this.#nik.look(rows, (row) => this.#columns.cell(row, 'nik'));
    if (this.#columns.has('kk')) this.#kk.look(rows, (row) => this.#columns.cell(row, 'kk'));
  }

  nik(row: SourceRow): LongNumber {
    return this.#nik.read(this.#columns.cell(row, 'nik'), 'NIK');
  }

  kk(row: SourceRow): LongNumber {
    return this.#kk.read(this.#columns.cell(row, 'kk'), 'No KK');
  }
}

/** Whether the last digit of a column's numbers was lost, told part by part: files are pasted together. */
class LastDigit {
  /** Numbers since that was last told, and how many of them end in 0. */
  #seen = 0;
  #zeros = 0;
  #isLost = false;

  look(rows: readonly SourceRow[], cellOf: (row: SourceRow) => Cell | undefined): void {
    const numbers = new Set<string>();
    for (const row of rows) {
      const cell = cellOf(row);
      if (typeof cell === 'string' && isWhole(cleanNumber(cell))) numbers.add(cleanNumber(cell));
      if (numbers.size === lookedAt) break;
    }
    this.#seen += numbers.size;
    for (const digits of numbers) if (digits.endsWith('0')) this.#zeros += 1;
    if (this.#seen < fewest) return;
    this.#isLost = this.#zeros >= this.#seen * nearlyAll;
    this.#seen = 0;
    this.#zeros = 0;
  }

  read(cell: Cell | undefined, label: string): LongNumber {
    const number = readSixteenDigits(cell, label);
    if (!this.#isLost || number.kind !== 'whole' || !number.digits.endsWith('0')) return number;
    return {
      kind: 'damaged',
      why: `${label} berakhir dengan 0, begitu pula hampir semua ${label} lain di berkas ini: lembar sebar menyimpannya sebagai angka, sehingga angka ke-16 hilang. Minta ekspor ulang dari sumbernya dengan kolom bertipe teks.`,
    };
  }
}

function isWhole(digits: string): boolean {
  return /^\d{16}$/.test(digits) && !isFiller(digits);
}
