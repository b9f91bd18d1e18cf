/** A typed array that grows: a million persons fit where a million objects would not. */
export class GrowingInts {
  #cells = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#cells.length) {
      const larger = new Int32Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.#length] = value;
    this.#length += 1;
  }

  /** Nothing is in use any more; the room stays. */
  clear(): void {
    this.#length = 0;
  }

  /** The cells in use; a view, not a copy. */
  view(): Int32Array {
    return this.#cells.subarray(0, this.#length);
  }
}

/** Gives each distinct value a number, counted from 0, and counts how often it was seen. */
export class Vocabulary<Value> {
  readonly values: Value[] = [];
  readonly counts: number[] = [];
  readonly #ids = new Map<string, number>();

  /** Id of the value under `key`; `make` is called the first time only. */
  take(key: string, make: () => Value): number {
    const known = this.#ids.get(key);
    if (known !== undefined) {
      this.counts[known] = (this.counts[known] ?? 0) + 1;
      return known;
    }
    const id = this.values.length;
    this.#ids.set(key, id);
    this.values.push(make());
    this.counts.push(1);
    return id;
  }
}
