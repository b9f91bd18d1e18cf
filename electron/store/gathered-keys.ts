import { householdKey, type MatchKey, storedKeys } from '../matching/blocking.ts';
import { briefBytes, writeBrief } from '../matching/brief.ts';
import type { MatchPerson } from '../matching/normalise.ts';

/** What the pages of a list are made of. */
export interface PersonKeys {
  persons: number;
  /** Two numbers a key, 40 bits of key and 24 of its person's ordinal, as one number of 64 bits. */
  pairs: Uint32Array<ArrayBuffer>;
  /** A brief a person, in their order. */
  briefs: Uint8Array<ArrayBuffer>;
  /** Parts of names, and by how many they are borne. */
  parts: Map<string, number>;
}

/** Keys of the persons of a list, gathered while it is read; ids come later, with the list itself. */
export class GatheredKeys {
  #persons = 0;
  #keys = 0;
  /** Each key with its person's ordinal: 40 and 24 bits, so that sorting the one sorts the other. */
  #pairs = new Uint32Array(1 << 16);
  #briefs = new DataView(new ArrayBuffer(briefBytes * 1024));
  /** Counted in place: finding a part among tens of thousands costs more than counting it. */
  readonly #parts = new Map<string, { bearers: number }>();

  /** @param home what the list calls the household, of the first of its persons. */
  add(person: MatchPerson, home: string | null = null): void {
    const ordinal = this.#persons;
    if (ordinal >= 2 ** 24) throw new RangeError('A list of more persons than an index holds.');
    for (const key of storedKeys(person)) this.#put(key, ordinal);
    if (home !== null) this.#put(householdKey(home), ordinal);
    if (this.#briefs.byteLength === briefBytes * ordinal) this.#growBriefs();
    writeBrief(person, this.#briefs, briefBytes * ordinal);
    const { tokens } = person.name;
    for (const token of tokens) {
      const { canon } = token;
      // A part that a name has twice is counted once.
      if (tokens.find((other) => other.canon === canon) === token) this.#count(canon, 1);
    }
    this.#persons += 1;
  }

  /** Adds persons whose keys another gathered; they follow those that are here. */
  append({ persons, pairs, briefs, parts }: PersonKeys): void {
    const before = this.#persons;
    if (before + persons > 2 ** 24) throw new RangeError('A list of more persons than an index holds.');
    while (2 * this.#keys + pairs.length > this.#pairs.length) this.#pairs = grown(this.#pairs);
    let at = 2 * this.#keys;
    for (let from = 0; from < pairs.length; from += 2) {
      // Ordinals stay below the bits of the key.
      this.#pairs[at] = (pairs[from] ?? 0) + before;
      this.#pairs[at + 1] = pairs[from + 1] ?? 0;
      at += 2;
    }
    this.#keys += pairs.length / 2;
    while (briefBytes * (before + persons) > this.#briefs.byteLength) this.#growBriefs();
    new Uint8Array(this.#briefs.buffer).set(briefs, briefBytes * before);
    for (const [canon, bearers] of parts) this.#count(canon, bearers);
    this.#persons += persons;
  }

  /** Ends the gathering of some persons, for `append`: of their own memory, which may move to another thread. */
  gathered(): PersonKeys {
    const { persons, pairs, briefs, parts } = this.#all();
    return { persons, pairs: pairs.slice(), briefs: briefs.slice(), parts };
  }

  /** Ends the gathering. */
  sorted(): PersonKeys {
    new BigUint64Array(this.#pairs.buffer, 0, this.#keys).sort();
    return this.#all();
  }

  #put(key: MatchKey, ordinal: number): void {
    if (2 * this.#keys === this.#pairs.length) this.#pairs = grown(this.#pairs);
    const high = Math.floor(key / 256);
    this.#pairs[2 * this.#keys] = (key - 256 * high) * 2 ** 24 + ordinal;
    this.#pairs[2 * this.#keys + 1] = high;
    this.#keys += 1;
  }

  #count(canon: string, bearers: number): void {
    const part = this.#parts.get(canon);
    if (part === undefined) this.#parts.set(canon, { bearers });
    else part.bearers += bearers;
  }

  #growBriefs(): void {
    this.#briefs = new DataView(grown(new Uint8Array(this.#briefs.buffer)).buffer);
  }

  #all(): PersonKeys {
    return {
      persons: this.#persons,
      pairs: this.#pairs.subarray(0, 2 * this.#keys),
      briefs: new Uint8Array(this.#briefs.buffer, 0, briefBytes * this.#persons),
      parts: new Map([...this.#parts].map(([canon, { bearers }]) => [canon, bearers])),
    };
  }
}

function grown<Numbers extends Uint32Array | Uint8Array>(numbers: Numbers): Numbers;
function grown(numbers: Uint32Array | Uint8Array): Uint32Array | Uint8Array {
  const larger =
    numbers instanceof Uint32Array ? new Uint32Array(2 * numbers.length) : new Uint8Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
