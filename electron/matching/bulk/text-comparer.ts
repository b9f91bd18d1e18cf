import { hashText } from './hash.ts';
import { text } from './levels.ts';
import { PairMemo } from './pair-memo.ts';
import { similarityNeeds, TextShapes, WordShapes } from './text-shapes.ts';
import { textAlike, textLevel } from './value-levels.ts';

const needs = similarityNeeds(textAlike.similarity);

/** Compares the values of one column by their ids. */
export class TextComparer {
  readonly #values: readonly string[];
  readonly #shapes: TextShapes;
  readonly #words: WordShapes;
  readonly #memo = new PairMemo();

  constructor(values: readonly string[]) {
    this.#values = values;
    this.#shapes = new TextShapes(values);
    this.#words = new WordShapes(values, hashText);
  }

  level(left: number, right: number): number {
    if (left < 0 || right < 0) return text.missing;
    if (left === right) return text.equal;
    if (!this.#mayBeAlike(left, right)) return text.different;
    const known = this.#memo.get(left, right);
    return known >= 0
      ? known
      : this.#memo.set(left, right, textLevel(this.#values[left] ?? '', this.#values[right] ?? ''));
  }

  /** False only where `textLevel` would say "different". */
  #mayBeAlike(left: number, right: number): boolean {
    return (
      this.#shapes.mayBeSimilar(left, right, needs) ||
      this.#shapes.mayBeOneSlip(left, right) ||
      this.#words.mayStartAlike(left, right) ||
      this.#words.mayShare(left, right, textAlike.words)
    );
  }
}
