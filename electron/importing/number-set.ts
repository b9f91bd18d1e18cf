const leastSlots = 1 << 12;
/** Multipliers that spread what follows one another over the slots. */
const [spread, spreadMore] = [0x9e3779b1, 0x85ebca6b];

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

  #put(head: number, tail: number): boolean {
    const slots = this.#slots;
    const last = slots.length / 2 - 1;
    let slot = (Math.imul(head, spread) ^ Math.imul(tail, spreadMore)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & last;
    for (; slots[2 * slot] !== 0; slot = (slot + 1) & last)
      if (slots[2 * slot] === head && slots[2 * slot + 1] === tail) return false;
    slots[2 * slot] = head;
    slots[2 * slot + 1] = tail;
    this.#size += 1;
    return true;
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
