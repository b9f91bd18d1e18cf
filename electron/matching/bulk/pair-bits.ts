const placesAtFirst = 2 ** 12;

/** Bits by pair of rows, whichever stands first: millions of pairs in three arrays instead of a map of objects. */
export class PairBits {
  #size = 0;
  #ones = new Int32Array(placesAtFirst).fill(-1);
  #others = new Int32Array(placesAtFirst);
  #bits = new Float64Array(placesAtFirst);

  get(one: number, other: number): number | undefined {
    const at = this.#placeOf(one, other);
    return this.#ones[at] === -1 ? undefined : this.#bits[at];
  }

  set(one: number, other: number, bits: number): void {
    const at = this.#placeOf(one, other);
    if (this.#ones[at] === -1) this.#size += 1;
    this.#ones[at] = Math.min(one, other);
    this.#others[at] = Math.max(one, other);
    this.#bits[at] = bits;
    if (this.#size * 2 > this.#ones.length) this.#grow();
  }

  /** Where the pair stands, or the free place where it would. */
  #placeOf(one: number, other: number): number {
    const [first, second] = one < other ? [one, other] : [other, one];
    const last = this.#ones.length - 1;
    const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    let at = (mixed ^ (mixed >>> 15)) & last;
    while (this.#ones[at] !== -1 && !(this.#ones[at] === first && this.#others[at] === second))
      at = (at + 1) & last;
    return at;
  }

  #grow(): void {
    const [ones, others, bits] = [this.#ones, this.#others, this.#bits];
    this.#ones = new Int32Array(ones.length * 2).fill(-1);
    this.#others = new Int32Array(ones.length * 2);
    this.#bits = new Float64Array(ones.length * 2);
    for (const [at, one] of ones.entries()) {
      if (one === -1) continue;
      const place = this.#placeOf(one, others[at] ?? 0);
      this.#ones[place] = one;
      this.#others[place] = others[at] ?? 0;
      this.#bits[place] = bits[at] ?? 0;
    }
  }
}
