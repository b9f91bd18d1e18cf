import { cleanNumber } from '../../shared/domain/nik.ts';
import type { Cell, SourceRow } from './cell.ts';
import { isFiller, isSixteenDigits, type LongNumber, readSixteenDigits } from './numbers.ts';
import type { RowColumns } from './row-columns.ts';

/** Different numbers that are judged together: every tenth of them ends in 0, by chance. */
const judgedTogether = 200;
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
    return this.#nik.read(this.#columns.cell(row, 'nik'), row.number, 'NIK');
  }

  kk(row: SourceRow): LongNumber {
    return this.#kk.read(this.#columns.cell(row, 'kk'), row.number, 'No KK');
  }
}

/** Whether the last digit of a column's numbers was lost, told part by part: files are pasted together. */
class LastDigit {
  /** By the row from which it holds; where a few rows tell nothing, what was told before them does. */
  #told: { from: number; isLost: boolean }[] = [];
  /** Different numbers since that was last told. */
  readonly #numbers = new Set<string>();
  /** Of the row before: those who follow each other are mostly of one household. */
  #before: { cell: Cell | undefined; number: LongNumber } = {
    cell: undefined,
    number: { kind: 'blank', filler: false },
  };

  look(rows: readonly SourceRow[], cellOf: (row: SourceRow) => Cell | undefined): void {
    this.#told = this.#told.slice(-1);
    let from = rows[0]?.number ?? 0;
    let before: Cell | undefined;
    for (const row of rows) {
      const cell = cellOf(row);
      // Of one household: it is counted.
      if (cell !== undefined && cell === before) continue;
      before = cell;
      const digits = typeof cell === 'string' ? cleanNumber(cell) : '';
      if (isWhole(digits)) this.#numbers.add(digits);
      if (this.#numbers.size < judgedTogether) continue;
      this.#tell(from);
      from = row.number + 1;
      before = undefined;
    }
    if (this.#numbers.size >= fewest) this.#tell(from);
  }

  #tell(from: number): void {
    const zeros = [...this.#numbers].filter((digits) => digits.endsWith('0')).length;
    this.#told.push({ from, isLost: zeros >= this.#numbers.size * nearlyAll });
    this.#numbers.clear();
  }

  #isLostAt(row: number): boolean {
    return this.#told.findLast(({ from }) => from <= row)?.isLost ?? false;
  }

  read(cell: Cell | undefined, row: number, label: string): LongNumber {
    if (this.#before.cell !== cell) this.#before = { cell, number: readSixteenDigits(cell, label) };
    const { number } = this.#before;
    if (number.kind !== 'whole' || !number.digits.endsWith('0') || !this.#isLostAt(row)) return number;
    return {
      kind: 'damaged',
      why: `${label} berakhir dengan 0, begitu pula hampir semua ${label} lain di berkas ini: lembar sebar menyimpannya sebagai angka, sehingga angka ke-16 hilang. Minta ekspor ulang dari sumbernya dengan kolom bertipe teks.`,
    };
  }
}

function isWhole(digits: string): boolean {
  return isSixteenDigits(digits) && !isFiller(digits);
}
