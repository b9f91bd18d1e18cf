import type { BlockIndex, CappedBlocks } from './block-index.ts';
import type { BlockKeys } from './block-keys.ts';

/** The distinct candidates of one person after the other. */
export class Candidates {
  readonly #index: BlockIndex;
  readonly #keys: BlockKeys;
  readonly #seenFor: Int32Array;
  readonly #found: number[] = [];

  /** @param keys makes the keys of those who are looked for; `right` counts those who are found. */
  constructor(index: BlockIndex, keys: BlockKeys, right: number) {
    this.#index = index;
    this.#keys = keys;
    this.#seenFor = new Int32Array(right).fill(-1);
  }

  /** Candidates of `person`; the array is used again with the next call. */
  of(person: number): readonly number[] {
    return this.#look(person, Number.POSITIVE_INFINITY);
  }

  /** Those of one file who stand before `person` in it: so each pair comes once. */
  before(person: number): readonly number[] {
    return this.#look(person, person);
  }

  #look(person: number, below: number): readonly number[] {
    this.#found.length = 0;
    // A person may be asked for again: the mark must not be the one of the last time.
    this.#mark += 1;
    const mark = this.#mark;
    this.#index.candidates(this.#keys, person, below, (candidate) => {
      if (this.#seenFor[candidate] === mark) return;
      this.#seenFor[candidate] = mark;
      this.#found.push(candidate);
    });
    return this.#found;
  }

  #mark = 0;

  get capped(): CappedBlocks[] {
    return this.#index.capped;
  }
}
