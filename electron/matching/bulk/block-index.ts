import { BlockKeys, blockRules } from './block-keys.ts';
import type { PersonColumns, SharedWords } from './person-table.ts';

/** Larger blocks are read by their finer keys. */
const blockAtMost = 150;
/** A finer block that is larger still is left out, and said so in the report. */
const finerAtMost = 300;

/** What was too large to be compared pair by pair. */
export interface CappedBlocks {
  /** Rule in words. */
  rule: string;
  blocks: number;
  /** Persons of the largest. */
  largest: number;
  /** How many of these blocks had a finer part that was too large as well: persons may have been missed there. */
  uncovered: number;
}

/**
 * Finds the candidates of a person: one sorted array of hash and person in a number each, so that a
 * million persons with two dozen keys take 200 MB, and a lookup is a binary search.
 */
export class BlockIndex {
  readonly #keys: BlockKeys;
  readonly #wide: HashTable;
  readonly #finer: HashTable;
  readonly #capped = new Map<number, CappedBlocks>();

  constructor(columns: PersonColumns, words: SharedWords) {
    this.#keys = new BlockKeys(columns, words);
    const entries = new Entries(columns.size);
    for (let person = 0; person < columns.size; person += 1)
      this.#keys.each(person, (key) => entries.push(key, person));
    this.#wide = entries.sorted();
    this.#finer = this.#makeFiner(columns.size);
  }

  /**
   * Calls `visit` for each person below `below` who shares a key with `person` of `keys`' file; the same one
   * may come again.
   */
  candidates(keys: BlockKeys, person: number, below: number, visit: (candidate: number) => void): void {
    keys.each(person, (key, rule) => {
      const from = this.#wide.first(key);
      const to = this.#wide.last(key, from);
      if (to - from <= blockAtMost) {
        this.#wide.each(key, from, to, visit, below);
        return;
      }
      let uncovered = false;
      keys.eachFiner(person, key, (finer) => {
        const first = this.#finer.first(finer);
        const last = this.#finer.last(finer, first);
        if (last - first > finerAtMost) uncovered = true;
        else this.#finer.each(finer, first, last, visit, below);
      });
      this.#noteCapped(rule, key, to - from, uncovered);
    });
  }

  /** What was capped in the lookups so far. */
  get capped(): CappedBlocks[] {
    return [...this.#capped.values()];
  }

  readonly #seen = new Set<number>();
  readonly #seenUncovered = new Set<number>();

  #noteCapped(rule: number, key: number, size: number, uncovered: boolean): void {
    const noted = this.#capped.get(rule) ?? {
      rule: blockRules[rule - 1] ?? '',
      blocks: 0,
      largest: 0,
      uncovered: 0,
    };
    if (!this.#seen.has(key)) noted.blocks += 1;
    this.#seen.add(key);
    noted.largest = Math.max(noted.largest, size);
    if (uncovered && !this.#seenUncovered.has(key)) {
      noted.uncovered += 1;
      this.#seenUncovered.add(key);
    }
    this.#capped.set(rule, noted);
  }

  #makeFiner(persons: number): HashTable {
    const entries = new Entries(persons);
    this.#wide.eachBlockOver(blockAtMost, (key, from, to) => {
      this.#wide.each(key, from, to, (person) =>
        this.#keys.eachFiner(person, key, (finer) => entries.push(finer, person)),
      );
    });
    return entries.sorted();
  }
}

/** Hash and person in one number below 2⁵³: the hash gets the bits that the persons leave. */
class Entries {
  readonly #persons: number;
  #cells = new Float64Array(4096);
  #length = 0;

  constructor(size: number) {
    this.#persons = 2 ** Math.max(21, Math.ceil(Math.log2(size + 1)));
  }

  push(key: number, person: number): void {
    if (this.#length === this.#cells.length) {
      const larger = new Float64Array(Math.ceil(this.#cells.length * 1.6));
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.#length] = (key >>> 0) * this.#persons + person;
    this.#length += 1;
  }

  sorted(): HashTable {
    return new HashTable(this.#cells.subarray(0, this.#length).sort(), this.#persons);
  }
}

class HashTable {
  readonly #cells: Float64Array;
  readonly #persons: number;

  constructor(cells: Float64Array, persons: number) {
    this.#cells = cells;
    this.#persons = persons;
  }

  /** Where the block of the key begins, or would. */
  first(key: number): number {
    return this.#placeOf((key >>> 0) * this.#persons, 0, this.#cells.length);
  }

  /** The place after its last. @param from where the block begins: most end soon after. */
  last(key: number, from: number): number {
    const wanted = ((key >>> 0) + 1) * this.#persons;
    let step = 1;
    while (from + step <= this.#cells.length && (this.#cells[from + step - 1] ?? 0) < wanted) step *= 2;
    return this.#placeOf(wanted, from, Math.min(this.#cells.length, from + step));
  }

  /** Persons of a block, in their order; only those below `below`. */
  each(
    key: number,
    from: number,
    to: number,
    visit: (person: number) => void,
    below = Number.POSITIVE_INFINITY,
  ): void {
    const base = (key >>> 0) * this.#persons;
    for (let at = from; at < to; at += 1) {
      const person = (this.#cells[at] ?? 0) - base;
      if (person >= below) return;
      visit(person);
    }
  }

  eachBlockOver(size: number, visit: (key: number, from: number, to: number) => void): void {
    let from = 0;
    while (from < this.#cells.length) {
      const key = Math.floor((this.#cells[from] ?? 0) / this.#persons);
      const to = this.last(key, from);
      if (to - from > size) visit(key, from, to);
      from = to;
    }
  }

  #placeOf(wanted: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cells[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
