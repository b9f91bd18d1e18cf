/** Buckets with more cells than this are sorted by the platform, the others by hand. */
const shortBucket = 48;
/** Buckets a person, as bits: a person has two dozen keys. */
const bitsOfPerson = 2;

/** Calls `visit` for each key and person of a table; twice, and the same both times. */
export type Entries = (visit: (key: number, person: number) => void) => void;

/**
 * Keys and the persons who bear them, in the order of the keys. The upper bits of a key are the number of
 * its bucket, and a cell holds the lower ones beside the person: four bytes an entry, and a key is found
 * where its bucket begins, at the price of a look at the place instead of a search through all.
 */
export class BlockTable {
  /** Where each bucket begins, and where the last one ends. */
  readonly #starts: Int32Array;
  readonly #cells: Int32Array;
  /** Bits of the bucket's number; a person's number has as many at most. */
  readonly #bits: number;
  /** Of the block looked up last. */
  from = 0;
  to = 0;

  /** @param persons are numbered below this. */
  constructor(persons: number, entries: Entries) {
    const bits = Math.ceil(Math.log2(persons + 1)) + bitsOfPerson;
    this.#bits = bits;
    const starts = new Int32Array(2 ** bits + 1);
    const shift = 32 - bits;
    entries((key) => {
      const bucket = key >>> shift;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    });
    let end = 0;
    for (let bucket = 0; bucket < starts.length; bucket += 1) {
      end += starts[bucket] ?? 0;
      starts[bucket] = end;
    }
    const cells = new Int32Array(end);
    entries((key, person) => {
      const bucket = key >>> shift;
      const at = (starts[bucket] ?? 0) - 1;
      starts[bucket] = at;
      cells[at] = (key << bits) | person;
    });
    this.#starts = starts;
    this.#cells = cells;
    for (let bucket = 0; bucket + 1 < starts.length; bucket += 1)
      sortBucket(cells, starts[bucket] ?? 0, starts[bucket + 1] ?? 0);
  }

  /** Sets `from` and `to` to the block of the key. @returns how many bear it. */
  look(key: number): number {
    const bucket = key >>> (32 - this.#bits);
    const rest = this.#restOf(key << this.#bits);
    let from = this.#starts[bucket] ?? 0;
    let to = this.#starts[bucket + 1] ?? 0;
    if (to - from > shortBucket) {
      from = this.#placeOf(rest, from, to);
      to = this.#placeOf(rest + 1, from, to);
    } else {
      while (from < to && this.#restOf(this.#cells[from] ?? 0) < rest) from += 1;
      let end = from;
      while (end < to && this.#restOf(this.#cells[end] ?? 0) === rest) end += 1;
      to = end;
    }
    this.from = from;
    this.to = to;
    return to - from;
  }

  /** Who stands in a cell; in a block they come in their order. */
  personAt(at: number): number {
    return (this.#cells[at] ?? 0) & (2 ** this.#bits - 1);
  }

  eachBlockOver(size: number, visit: (key: number, from: number, to: number) => void): void {
    const bits = this.#bits;
    for (let bucket = 0; bucket + 1 < this.#starts.length; bucket += 1) {
      const end = this.#starts[bucket + 1] ?? 0;
      let from = this.#starts[bucket] ?? 0;
      while (end - from > size) {
        const cell = this.#cells[from] ?? 0;
        const to = this.#placeOf(this.#restOf(cell) + 1, from, end);
        if (to - from > size) visit((bucket << (32 - bits)) | (cell >>> bits), from, to);
        from = to;
      }
    }
  }

  /** The lower bits of the key, with a sign: cells are in this order. */
  #restOf(cell: number): number {
    return cell >> this.#bits;
  }

  #placeOf(rest: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#restOf(this.#cells[middle] ?? 0) < rest) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sortBucket(cells: Int32Array, from: number, to: number): void {
  if (to - from > shortBucket) {
    cells.subarray(from, to).sort();
    return;
  }
  for (let at = from + 1; at < to; at += 1) {
    const cell = cells[at] ?? 0;
    let free = at;
    while (free > from && (cells[free - 1] ?? 0) > cell) {
      cells[free] = cells[free - 1] ?? 0;
      free -= 1;
    }
    cells[free] = cell;
  }
}
