const leastSlots = 1 << 12;
/** Multipliers that spread what follows one another over the slots. */
const [spread, spreadMore] = [0x9e3779b1, 0x85ebca6b];

/** Sixteen digits in place of a text: of two texts they are the same once in millions of millions. */
export function sixteenDigitsOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code ^ (other >>> 13), 0x5bd1e995);
  }
  return eightDigits(one) + eightDigits(other);
}

function eightDigits(hash: number): string {
  return String(((hash ^ (hash >>> 15)) >>> 0) % 100_000_000).padStart(8, '0');
}

/**
 * Numbers of sixteen digits, a million of them in sixteen megabytes and without a string each: as two
 * halves of eight digits in a table of slots.
 */
export class NumberSet {
  /** Two halves a slot, each one more than it is: zero is an empty slot. */
  #slots = new Uint32Array(2 * leastSlots);
  #size = 0;

  /** @returns whether it was not there yet. */
  add(digits: string): boolean {
    if (this.#size * 2 >= this.#slots.length / 2) this.#grow();
    return this.#put(1 + Number(digits.slice(0, 8)), 1 + Number(digits.slice(8)));
  }

  has(digits: string): boolean {
    return this.#slots[2 * this.#slotOf(1 + Number(digits.slice(0, 8)), 1 + Number(digits.slice(8)))] !== 0;
  }

  #put(head: number, tail: number): boolean {
    const slot = this.#slotOf(head, tail);
    if (this.#slots[2 * slot] !== 0) return false;
    this.#slots[2 * slot] = head;
    this.#slots[2 * slot + 1] = tail;
    this.#size += 1;
    return true;
  }

  /** Where the number is, or the empty slot where it belongs. */
  #slotOf(head: number, tail: number): number {
    const slots = this.#slots;
    const last = slots.length / 2 - 1;
    let slot = (Math.imul(head, spread) ^ Math.imul(tail, spreadMore)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & last;
    while (slots[2 * slot] !== 0 && (slots[2 * slot] !== head || slots[2 * slot + 1] !== tail))
      slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    this.#size = 0;
    for (let at = 0; at < before.length; at += 2) {
      const head = before[at] ?? 0;
      if (head !== 0) this.#put(head, before[at + 1] ?? 0);
    }
  }
}
