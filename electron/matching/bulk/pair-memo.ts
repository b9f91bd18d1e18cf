/** Pairs remembered at most; a newer one takes the place of an older one with the same hash. */
const places = 2 ** 19;

/** Remembers a small number (0–255) for a pair of ids: a million persons share few names. */
export class PairMemo {
  readonly #left = new Int32Array(places).fill(-1);
  readonly #right = new Int32Array(places);
  readonly #values = new Uint8Array(places);

  /** −1 where it is not known. */
  get(left: number, right: number): number {
    const at = placeOf(left, right);
    return this.#left[at] === left && this.#right[at] === right ? (this.#values[at] ?? -1) : -1;
  }

  set(left: number, right: number, value: number): number {
    const at = placeOf(left, right);
    this.#left[at] = left;
    this.#right[at] = right;
    this.#values[at] = value;
    return value;
  }
}

function placeOf(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & (places - 1);
}
