/** What a person said of two rows: one person, or two. */
export interface PairDecision {
  left: number;
  right: number;
  same: boolean;
}

/** Decisions that the engine keeps to in every run: it neither links what was told apart nor parts what was joined. */
export class Decided {
  readonly #apart = new Map<number, Set<number>>();
  readonly #same = new Map<number, number>();
  readonly #takenBy = new Map<number, number>();

  /** Of two decisions on one pair the later one stands. */
  constructor(decisions: readonly PairDecision[]) {
    for (const { left, right, same } of decisions) {
      if (same) {
        this.#apart.get(left)?.delete(right);
        this.#same.set(left, right);
        this.#takenBy.set(right, left);
        continue;
      }
      if (this.#same.get(left) === right) {
        this.#same.delete(left);
        this.#takenBy.delete(right);
      }
      const others = this.#apart.get(left) ?? new Set<number>();
      this.#apart.set(left, others.add(right));
    }
  }

  /** Whom a row was said to be. */
  sameAs(left: number): number | undefined {
    return this.#same.get(left);
  }

  /** Said to be two people, or one of them said to be somebody else. */
  areApart(left: number, right: number): boolean {
    if (this.#apart.get(left)?.has(right)) return true;
    const same = this.#same.get(left);
    if (same !== undefined) return same !== right;
    const taker = this.#takenBy.get(right);
    return taker !== undefined && taker !== left;
  }
}
