import type { BlockIndex, CappedBlocks } from './block-index.ts';
import type { BlockKeys } from './block-keys.ts';
import type { PairList } from './pair-list.ts';

/** The distinct candidates of one person after the other. */
export class Candidates {
  readonly #index: BlockIndex;
  readonly #keys: BlockKeys;
  readonly #seenFor: Int32Array;
  readonly #within: boolean;
  #mark = 0;

  /**
   * @param keys makes the keys of those who are looked for; `right` counts those who are found.
   * @param within the same file on both sides: nobody is a candidate of their own.
   */
  constructor(index: BlockIndex, keys: BlockKeys, right: number, within = false) {
    this.#index = index;
    this.#keys = keys;
    this.#within = within;
    this.#seenFor = new Int32Array(right);
  }

  /** Appends each pair of `person` and a candidate of it below `below`: so each pair of one file comes once. */
  addPairs(person: number, pairs: PairList, below = Number.POSITIVE_INFINITY): void {
    // A person may be asked for again: the mark must not be the one of the last time.
    this.#mark += 1;
    const mark = this.#mark;
    if (this.#within) this.#seenFor[person] = mark;
    this.#index.candidates(this.#keys, person, below, (candidate) => {
      if (this.#seenFor[candidate] === mark) return;
      this.#seenFor[candidate] = mark;
      pairs.push(person, candidate);
    });
  }

  get capped(): CappedBlocks[] {
    return this.#index.capped;
  }
}
