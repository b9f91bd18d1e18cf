import { BlockKeys, blockRules } from './block-keys.ts';
import { BlockTable } from './block-table.ts';
import type { PersonColumns, SharedWords } from './person-table.ts';

/**
 * Larger blocks are read by their finer keys: a block grows with its file, and of forty who share one key alone
 * none is anybody's match unless they share more.
 */
const blockAtMost = 40;
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

/** Finds the candidates of a person by the keys of a file. */
export class BlockIndex {
  readonly #wide: BlockTable;
  readonly #finer: BlockTable;
  readonly #capped = new Map<number, CappedBlocks>();

  constructor(columns: PersonColumns, words: SharedWords) {
    const keys = new BlockKeys(columns, words, false);
    const { size } = columns;
    this.#wide = new BlockTable(size, (visit) => {
      // From the last to the first: buckets are filled from their ends, so those of a block come in their order.
      for (let person = size - 1; person >= 0; person -= 1) {
        const count = keys.of(person);
        for (let at = 0; at < count; at += 1) visit(keys.keys[at] ?? 0, person);
      }
    });
    this.#finer = new BlockTable(size, (visit) => {
      this.#wide.eachBlockOver(blockAtMost, (key, from, to) => {
        for (let place = to - 1; place >= from; place -= 1) {
          const person = this.#wide.personAt(place);
          const count = keys.finerOf(person, key);
          for (let at = 0; at < count; at += 1) visit(keys.finer[at] ?? 0, person);
        }
      });
    });
  }

  /**
   * Calls `visit` for each person below `below` who shares a key with `person` of `keys`' file; the same one
   * may come again.
   */
  candidates(keys: BlockKeys, person: number, below: number, visit: (candidate: number) => void): void {
    const count = keys.of(person);
    for (let at = 0; at < count; at += 1) {
      const key = keys.keys[at] ?? 0;
      const size = this.#wide.look(key);
      if (size > blockAtMost) this.#finerCandidates(keys, person, below, at, size, visit);
      else visitBlock(this.#wide, below, visit);
    }
  }

  #finerCandidates(
    keys: BlockKeys,
    person: number,
    below: number,
    at: number,
    size: number,
    visit: (candidate: number) => void,
  ): void {
    const key = keys.keys[at] ?? 0;
    const count = keys.finerOf(person, key);
    let uncovered = false;
    for (let finer = 0; finer < count; finer += 1) {
      if (this.#finer.look(keys.finer[finer] ?? 0) > finerAtMost) uncovered = true;
      else visitBlock(this.#finer, below, visit);
    }
    this.#noteCapped(keys.rules[at] ?? 0, key, size, uncovered);
  }

  /** What was capped in the lookups so far, in the order of the rules. */
  get capped(): CappedBlocks[] {
    return [...this.#capped].sort(([one], [other]) => one - other).map(([, noted]) => noted);
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
}

/** The persons of the block looked up last, in their order; only those below `below`. */
function visitBlock(table: BlockTable, below: number, visit: (candidate: number) => void): void {
  const { to } = table;
  for (let at = table.from; at < to; at += 1) {
    const person = table.personAt(at);
    if (person >= below) return;
    visit(person);
  }
}
