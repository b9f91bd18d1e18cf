import { bitCount } from './text-shapes.ts';

/** What stands for a number that is no row of up to sixteen digits. */
const unpacked = 255;

/** Numbers of up to sixteen digits, four bits a digit: how many digits differ is arithmetic. */
export class PackedDigits {
  /** Digits of each number; 0 where there is none. */
  readonly lengths: Uint8Array;
  readonly #heads: Int32Array;
  readonly #tails: Int32Array;

  constructor(numbers: readonly (string | null)[]) {
    this.lengths = new Uint8Array(numbers.length);
    this.#heads = new Int32Array(numbers.length);
    this.#tails = new Int32Array(numbers.length);
    for (const [row, number] of numbers.entries()) {
      if (number === null) continue;
      if (!/^\d{1,16}$/.test(number)) {
        this.lengths[row] = unpacked;
        continue;
      }
      this.lengths[row] = number.length;
      this.#heads[row] = packDigits(number.slice(0, -8));
      this.#tails[row] = packDigits(number.slice(-8));
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
    const [left, right] = [this.lengths[row] ?? 0, others.lengths[other] ?? 0];
    if (left === 0 || right === 0) return 'missing';
    if (left === unpacked || right === unpacked) return 'unsure';
    if (left !== right) return Math.abs(left - right) > 1 ? 'different' : 'unsure';
    const heads = (this.#heads[row] ?? 0) ^ (others.#heads[other] ?? 0);
    const tails = (this.#tails[row] ?? 0) ^ (others.#tails[other] ?? 0);
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
