/** Pairs remembered at most; a newer one takes the place of an older one with the same hash. */
const places = 2 ** 17;
/** Left, right, value, and one cell that makes a place a power of two. */
const cellsOfPlace = 4;

/** Remembers a small number for a pair of ids: a million persons share few names. */
export class PairMemo {
  readonly #cells = new Int32Array(places * cellsOfPlace).fill(-1);

  /** −1 where it is not known. */
  get(left: number, right: number): number {
    const at = placeOf(left, right);
    return this.#cells[at] === left && this.#cells[at + 1] === right ? (this.#cells[at + 2] ?? -1) : -1;
  }

  set(left: number, right: number, value: number): number {
    const at = placeOf(left, right);
    this.#cells[at] = left;
    this.#cells[at + 1] = right;
    this.#cells[at + 2] = value;
    return value;
  }
}

function placeOf(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) & (places - 1)) * cellsOfPlace;
}
