import {
  type ImportReport,
  type ImportWarning,
  isOfSheet,
  type RefusalReason,
  type RefusedRow,
} from '../../shared/contract/reference.ts';
import type { SourceRow } from './cell.ts';
import type { RefusedRows } from './refused-rows.ts';

/** How many refused rows a report lists; all are counted. A list this broken is mended at its source. */
const listedRefusals = 1000;
/** Row numbers kept for each warning: enough to find the pattern in the file. */
const listedRows = 8;

/** What is wrong with a row. */
export interface Wrong {
  reason: RefusalReason;
  message: string;
  /** Headers of the columns that are to blame. */
  columns: readonly string[];
  /** Places in the row of numbers that lost digits. */
  damaged?: readonly number[];
}

/** Gathers what reading a list finds; memory stays small however many rows are odd. */
export class Findings {
  readonly #refused: RefusedRow[] = [];
  readonly #sendBack: RefusedRows | null;
  readonly #warnings = new Map<string, ImportWarning>();
  readonly #sheets = new Set<string>();
  readonly #sheetOf = new WeakMap<RefusedRow | ImportWarning, string>();
  #sheet: string | null = null;
  #refusedCount = 0;
  #warned = 0;

  /** @param sendBack takes every refused row, with all its cells. */
  constructor(sendBack: RefusedRows | null = null) {
    this.#sendBack = sendBack;
  }

  /** How often anything was warned of so far. */
  get warned(): number {
    return this.#warned;
  }

  /** The sheet that rows are numbered in from here on; null where what is told is of no single one. */
  get sheet(): string | null {
    return this.#sheet;
  }

  set sheet(sheet: string | null) {
    this.#sheet = sheet;
    if (sheet !== null) this.#sheets.add(sheet);
  }

  /**
   * Refuses a row once, for all that is wrong with it; the first of that is its reason.
   *
   * @param birthDate ISO date of whom it tells; null where none can be trusted.
   */
  refuse(row: SourceRow, wrongs: readonly [Wrong, ...Wrong[]], birthDate: string | null): void {
    this.#refusedCount += 1;
    this.#sendBack?.add(row, wrongs, birthDate);
    if (this.#refused.length >= listedRefusals) return;
    this.#refused.push(
      this.#placed({
        row: row.number,
        reason: wrongs[0].reason,
        message: wrongs.map(({ message }) => message).join(' '),
        columns: [...new Set(wrongs.flatMap(({ columns }) => columns))],
      }),
    );
  }

  /** One warning for each sheet, `code` and `about` (a column, a value); the first message stands. */
  warn(code: string, row: number, message: string, about = ''): void {
    this.#warned += 1;
    const key = [code, this.#sheet ?? '', about].join('\n');
    const known = this.#warnings.get(key);
    if (!known) {
      this.#warnings.set(key, this.#placed({ code, message, count: 1, rows: [row] }));
      return;
    }
    known.count += 1;
    if (known.rows.length < listedRows) known.rows.push(row);
  }

  report(): Pick<ImportReport, 'refused' | 'refusedCount' | 'warnings'> {
    return {
      refused: this.#refused.map((refused) => this.#told(refused)),
      refusedCount: this.#refusedCount,
      warnings: [...this.#warnings.values()]
        .map((warning) => this.#told(warning))
        .sort(
          (left, right) => Number(isOfSheet(right)) - Number(isOfSheet(left)) || right.count - left.count,
        ),
    };
  }

  #placed<Told extends RefusedRow | ImportWarning>(told: Told): Told {
    if (this.#sheet !== null) this.#sheetOf.set(told, this.#sheet);
    return told;
  }

  /** With its sheet, where a row number alone would be found in several. */
  #told<Told extends RefusedRow | ImportWarning>(told: Told): Told {
    const sheet = this.#sheetOf.get(told);
    if (sheet === undefined || this.#sheets.size < 2) return told;
    return { ...told, message: `Lembar "${sheet}": ${told.message}` };
  }
}
