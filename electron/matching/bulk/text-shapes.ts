import { bitCount, lettersOf, mayBeOneSlip } from '../letters.ts';

/** Longer texts are not told apart by their shape. */
const longest = 31;

/**
 * What texts are made of, as numbers: a letter is a bit. Nearly all pairs are too unlike to be worth
 * reading, and that is told from their shapes alone. "May" is never wrong where it says no.
 */
export class TextShapes {
  readonly #lengths: Uint8Array;
  readonly #letters: Int32Array;
  /** The first four letters, a byte each. */
  readonly #starts: Int32Array;

  constructor(texts: readonly string[]) {
    this.#lengths = new Uint8Array(texts.length);
    this.#letters = new Int32Array(texts.length);
    this.#starts = new Int32Array(texts.length);
    for (const [id, text] of texts.entries()) {
      let start = 0;
      for (let at = 0; at < 4; at += 1) start = (start << 8) | (text.charCodeAt(at) & 255);
      this.#lengths[id] = Math.min(text.length, longest + 1);
      this.#letters[id] = lettersOf(text);
      this.#starts[id] = start;
    }
  }

  /** Whether the Jaro–Winkler similarity may reach what `needs` was made for. */
  mayBeSimilar(one: number, other: number, needs: SimilarityNeeds): boolean {
    const left = this.#lengths[one] ?? 0;
    const right = this.#lengths[other] ?? 0;
    if (left > longest || right > longest) return true;
    const lefts = this.#letters[one] ?? 0;
    const rights = this.#letters[other] ?? 0;
    const common = Math.min(left - bitCount(lefts & ~rights), right - bitCount(rights & ~lefts));
    const prefix = Math.clz32((this.#starts[one] ?? 0) ^ (this.#starts[other] ?? 0)) >> 3;
    return common * (left + right) >= (needs[prefix] ?? 0) * left * right;
  }

  /** Whether one may be the other with one letter wrong, lost or added, or two neighbours exchanged. */
  mayBeOneSlip(one: number, other: number): boolean {
    const apart = (this.#lengths[one] ?? 0) - (this.#lengths[other] ?? 0);
    if (apart > 1 || apart < -1) return false;
    return mayBeOneSlip(this.#letters[one] ?? 0, this.#letters[other] ?? 0);
  }

  /** Whether one of them may be an initial of the other. */
  mayBeInitial(one: number, other: number): boolean {
    if (this.#lengths[one] !== 1 && this.#lengths[other] !== 1) return false;
    return (((this.#starts[one] ?? 0) ^ (this.#starts[other] ?? 0)) & 0xff_00_00_00) === 0;
  }
}

/** By the number of letters that two texts begin with in common: the least share of letters that both must have. */
export type SimilarityNeeds = Float64Array;

export function similarityNeeds(similarity: number): SimilarityNeeds {
  // Jaro is (c/left + c/right + order) / 3, and order at most 1; Winkler adds a tenth of the rest a letter.
  return Float64Array.from({ length: 5 }, (_, prefix) => {
    const jaro = (similarity - prefix * 0.1) / (1 - prefix * 0.1);
    return 3 * jaro - 1 - 1e-9;
  });
}

/** Of texts of several words: which of them may share words. */
export class WordShapes {
  readonly #counts: Uint8Array;
  /** A word is a bit. */
  readonly #words: Int32Array;
  readonly #firsts: Int32Array;

  constructor(texts: readonly string[], hashOf: (word: string) => number) {
    this.#counts = new Uint8Array(texts.length);
    this.#words = new Int32Array(texts.length);
    this.#firsts = new Int32Array(texts.length);
    for (const [id, text] of texts.entries()) {
      const words = new Set(text.split(' '));
      let bits = 0;
      let first: number | null = null;
      for (const word of words) {
        const hash = hashOf(word);
        first ??= hash;
        bits |= 1 << (hash & 31);
      }
      this.#counts[id] = Math.min(words.size, 255);
      this.#words[id] = bits;
      this.#firsts[id] = first ?? 0;
    }
  }

  /** Whether the words in common may be more than this share of the longer text's. */
  mayShare(one: number, other: number, share: number): boolean {
    const left = this.#counts[one] ?? 0;
    const right = this.#counts[other] ?? 0;
    const longer = Math.max(left, right);
    if (longer < 2) return false;
    if (longer === 255) return true;
    const lefts = this.#words[one] ?? 0;
    const rights = this.#words[other] ?? 0;
    const common = Math.min(left - bitCount(lefts & ~rights), right - bitCount(rights & ~lefts));
    return common > share * longer;
  }

  mayStartAlike(one: number, other: number): boolean {
    return this.#firsts[one] === this.#firsts[other];
  }
}
