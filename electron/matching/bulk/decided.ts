/** What a person said of two rows: one person, or two. */
export interface PairDecision {
  left: number;
  right: number;
  same: boolean;
}

/** Decisions that the engine keeps to in every run: it neither links what was told apart nor parts what was joined. */
export class Decided {
  readonly #apart = new Map<number, Set<number>>();
  /** One to one: whom a row of the left was said to be, and who was said to be a row of the right. */
  readonly #same = new Map<number, number>();
  readonly #takenBy = new Map<number, number>();

  /** Of decisions that contradict each other the later one stands: on one pair, or two rows said to be the same one. */
  constructor(decisions: readonly PairDecision[]) {
    for (const { left, right, same } of decisions) {
      if (same) this.#join(left, right);
      else this.#part(left, right);
    }
  }

  /** Whom a row was said to be. */
  sameAs(left: number): number | undefined {
    return this.#same.get(left);
  }

  /** Said to be two people, or one of them said to be somebody else. */
  areApart(left: number, right: number): boolean {
    // Asked of every pair, and mostly nobody said anything of any.
    if (this.#apart.size === 0 && this.#same.size === 0) return false;
    if (this.#apart.get(left)?.has(right)) return true;
    const same = this.#same.get(left);
    if (same !== undefined) return same !== right;
    const taker = this.#takenBy.get(right);
    return taker !== undefined && taker !== left;
  }

  #join(left: number, right: number): void {
    this.#apart.get(left)?.delete(right);
    this.#release(left, this.#same.get(left));
    this.#release(this.#takenBy.get(right), right);
    this.#same.set(left, right);
    this.#takenBy.set(right, left);
  }

  #part(left: number, right: number): void {
    if (this.#same.get(left) === right) this.#release(left, right);
    const others = this.#apart.get(left) ?? new Set<number>();
    this.#apart.set(left, others.add(right));
  }

  #release(left: number | undefined, right: number | undefined): void {
    if (left === undefined || right === undefined) return;
    this.#same.delete(left);
    this.#takenBy.delete(right);
  }
}
