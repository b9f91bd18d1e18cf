/** More pairs than this and it begins anew. */
const pairsAtMost = 2_000_000;

/** Remembers a small number for a pair of ids: a million persons share few names. */
export class PairMemo {
  readonly #known = new Map<number, number>();

  /** −1 where it is not known. */
  get(left: number, right: number): number {
    return this.#known.get(left * 0x4000000 + right) ?? -1;
  }

  set(left: number, right: number, value: number): number {
    if (this.#known.size >= pairsAtMost) this.#known.clear();
    this.#known.set(left * 0x4000000 + right, value);
    return value;
  }
}
