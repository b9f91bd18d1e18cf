/** Gives each distinct row of bytes a number, counted from 0. */
export class PatternTable {
  readonly width: number;
  size = 0;
  #bytes: Uint8Array;
  /** Open addressing: number of the pattern plus one; 0 is free. */
  #places = new Int32Array(4096);

  constructor(width: number) {
    this.width = width;
    this.#bytes = new Uint8Array(1024 * width);
  }

  take(pattern: Uint8Array): number {
    let place = this.#placeOf(hashOf(pattern, 0, this.width));
    for (;;) {
      const id = (this.#places[place] ?? 0) - 1;
      if (id < 0) break;
      if (this.#isAt(id, pattern)) return id;
      place = (place + 1) & (this.#places.length - 1);
    }
    return this.#add(pattern, place);
  }

  /** A view, not a copy. */
  at(id: number): Uint8Array {
    return this.#bytes.subarray(id * this.width, (id + 1) * this.width);
  }

  #add(pattern: Uint8Array, place: number): number {
    const id = this.size;
    this.size += 1;
    if (this.size * this.width > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(pattern, id * this.width);
    this.#places[place] = id + 1;
    if (this.size * 2 > this.#places.length) this.#grow();
    return id;
  }

  #grow(): void {
    this.#places = new Int32Array(this.#places.length * 2);
    for (let id = 0; id < this.size; id += 1) {
      let place = this.#placeOf(hashOf(this.#bytes, id * this.width, this.width));
      while (this.#places[place] !== 0) place = (place + 1) & (this.#places.length - 1);
      this.#places[place] = id + 1;
    }
  }

  #isAt(id: number, pattern: Uint8Array): boolean {
    const from = id * this.width;
    for (let at = 0; at < this.width; at += 1) if (this.#bytes[from + at] !== pattern[at]) return false;
    return true;
  }

  #placeOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.#places.length - 1);
  }
}

function hashOf(bytes: Uint8Array, from: number, width: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + width; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}
