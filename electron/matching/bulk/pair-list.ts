import { GrowingInts } from './growing.ts';

/** Pairs of rows, as numbers. */
export class PairList {
  readonly #lefts = new GrowingInts();
  readonly #rights = new GrowingInts();

  get size(): number {
    return this.#lefts.length;
  }

  get lefts(): Int32Array {
    return this.#lefts.view();
  }

  get rights(): Int32Array {
    return this.#rights.view();
  }

  clear(): void {
    this.#lefts.clear();
    this.#rights.clear();
  }

  push(left: number, right: number): void {
    this.#lefts.push(left);
    this.#rights.push(right);
  }
}
