import type {
  ImportReport,
  ImportWarning,
  RefusalReason,
  RefusedRow,
} from '../../shared/contract/reference.ts';

/** How many refused rows a report lists; all are counted. A list this broken is mended at its source. */
const listedRefusals = 1000;
/** Row numbers kept for each warning: enough to find the pattern in the file. */
const listedRows = 8;

/** Gathers what reading a list finds; memory stays small however many rows are odd. */
export class Findings {
  readonly #refused: RefusedRow[] = [];
  readonly #warnings = new Map<string, ImportWarning>();
  #refusedCount = 0;
  #warned = 0;

  /** How often anything was warned of so far. */
  get warned(): number {
    return this.#warned;
  }

  refuse(row: number, reason: RefusalReason, message: string, columns: string[]): void {
    this.#refusedCount += 1;
    if (this.#refused.length < listedRefusals) this.#refused.push({ row, reason, message, columns });
  }

  /** One warning for each `code` and `about` (a column, a value); the first message stands. */
  warn(code: string, row: number, message: string, about = ''): void {
    this.#warned += 1;
    const key = `${code} ${about}`;
    const known = this.#warnings.get(key);
    if (!known) {
      this.#warnings.set(key, { code, message, count: 1, rows: [row] });
      return;
    }
    known.count += 1;
    if (known.rows.length < listedRows) known.rows.push(row);
  }

  report(): Pick<ImportReport, 'refused' | 'refusedCount' | 'warnings'> {
    return {
      refused: this.#refused,
      refusedCount: this.#refusedCount,
      warnings: [...this.#warnings.values()].sort((left, right) => right.count - left.count),
    };
  }
}
