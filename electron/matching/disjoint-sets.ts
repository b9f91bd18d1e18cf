/** Who hangs together with whom, by the pairs that were joined. */
export class DisjointSets<Item = string> {
  readonly #parents = new Map<Item, Item>();

  join(one: Item, other: Item): void {
    this.#parents.set(this.find(one), this.find(other));
  }

  /** The one that stands for the whole set of `item`. */
  find(item: Item): Item {
    let root = item;
    for (;;) {
      const parent = this.#parents.get(root);
      if (parent === undefined || parent === root) break;
      root = parent;
    }
    // Whoever was passed points to the root from now on.
    for (let at = item; at !== root;) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }
}
