import { bitCount } from '../letters.ts';

/** What stands for a number that is no row of up to sixteen digits. */
const unpacked = 255;

/** Cells that a number takes: how many digits it has (0 where there is none), the first of them, the last eight. */
export const cellsOfNumber = 3;

/** Rows of cells, so many each; a number begins in each row's cell `at`. */
export interface NumberCells {
  cells: Int32Array;
  width: number;
  at: number;
}

/** Numbers of up to sixteen digits, four bits a digit: how many digits differ is arithmetic. */
export class PackedDigits {
  readonly #cells: Int32Array;
  readonly #width: number;
  readonly #at: number;

  /** @param place where they are kept, beside what else is kept of a row. */
  constructor(
    numbers: readonly (string | null)[],
    place: NumberCells = {
      cells: new Int32Array(cellsOfNumber * numbers.length),
      width: cellsOfNumber,
      at: 0,
    },
  ) {
    this.#cells = place.cells;
    this.#width = place.width;
    this.#at = place.at;
    for (const [row, number] of numbers.entries()) {
      if (number === null) continue;
      const from = row * this.#width + this.#at;
      const packs = /^\d{1,16}$/.test(number);
      this.#cells[from] = packs ? number.length : unpacked;
      if (!packs) continue;
      this.#cells[from + 1] = packDigits(number.slice(0, -8));
      this.#cells[from + 2] = packDigits(number.slice(-8));
    }
  }

  /**
   * `unsure` where the digits have to be read one by one: few of them differ, or one is missing.
   * `tail`: different but for the last ten of sixteen, a NIK's birth date and serial.
   */
  compare(
    row: number,
    others: PackedDigits,
    other: number,
  ): 'missing' | 'equal' | 'different' | 'tail' | 'unsure' {
    const from = row * this.#width + this.#at;
    const otherFrom = other * others.#width + others.#at;
    const left = this.#cells[from] ?? 0;
    const right = others.#cells[otherFrom] ?? 0;
    if (left === 0 || right === 0) return 'missing';
    if (left === unpacked || right === unpacked) return 'unsure';
    if (left !== right) return Math.abs(left - right) > 1 ? 'different' : 'unsure';
    const heads = (this.#cells[from + 1] ?? 0) ^ (others.#cells[otherFrom + 1] ?? 0);
    const tails = (this.#cells[from + 2] ?? 0) ^ (others.#cells[otherFrom + 2] ?? 0);
    if ((heads | tails) === 0) return 'equal';
    if (bitCount(wrongDigits(heads)) + bitCount(wrongDigits(tails)) <= 2) return 'unsure';
    return left === 16 && tails === 0 && (heads & 0xff) === 0 ? 'tail' : 'different';
  }
}

/** Up to eight digits, four bits each. */
export function packDigits(digits: string): number {
  let packed = 0;
  for (let at = 0; at < digits.length; at += 1) packed = (packed << 4) | (digits.charCodeAt(at) & 15);
  return packed;
}

/** Of two packed numbers: one digit wrong, or two neighbours exchanged. */
export function isOneDigitSlip(left: number, right: number): boolean {
  const wrong = wrongDigits(left ^ right);
  const count = bitCount(wrong);
  if (count !== 2) return count === 1;
  const at = 31 - Math.clz32(wrong & -wrong);
  if (wrong !== 0x11 << at) return false;
  const [lower, upper] = [(left >>> at) & 15, (left >>> (at + 4)) & 15];
  return lower === ((right >>> (at + 4)) & 15) && upper === ((right >>> at) & 15);
}

/** The lowest bit of each digit that is not zero. */
function wrongDigits(difference: number): number {
  let wrong = difference | (difference >>> 2);
  wrong |= wrong >>> 1;
  return wrong & 0x11111111;
}
