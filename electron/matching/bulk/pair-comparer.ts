import { address, birth, field, fixedFields, text, token } from './levels.ts';
import { NameAligner, type NamePattern } from './name-aligner.ts';
import { PairMemo } from './pair-memo.ts';
import { daysOf, type PersonColumns, type SharedWords } from './person-table.ts';
import { birthLevel, householdLevel, nikLevel, sexLevel, textLevel } from './value-levels.ts';

/** Compares persons of two tables (or of one) that share their words; one pattern is filled again and again. */
export class PairComparer {
  /** Level of each field of the pair compared last; the text columns after the fixed ones. */
  readonly levels: Uint8Array;
  readonly name: NamePattern;
  readonly left: PersonColumns;
  readonly right: PersonColumns;
  /** The pair that was compared last. */
  leftAt = -1;
  rightAt = -1;
  readonly #words: SharedWords;
  readonly #aligner: NameAligner;
  /** YYYYMMDD of each date. */
  readonly #days: Int32Array;
  readonly #streets = new PairMemo();
  readonly #texts: PairMemo[];

  constructor(left: PersonColumns, right: PersonColumns, words: SharedWords) {
    this.left = left;
    this.right = right;
    this.#words = words;
    this.#aligner = new NameAligner(left, right, words);
    this.name = this.#aligner.pattern;
    this.#days = daysOf(words);
    this.#texts = words.texts.map(() => new PairMemo());
    this.levels = new Uint8Array(fixedFields + words.texts.length);
  }

  compare(left: number, right: number): void {
    const { levels, left: one, right: other } = this;
    this.leftAt = left;
    this.rightAt = right;
    levels[field.nik] = nikLevel(one.numbers[left] ?? null, other.numbers[right] ?? null);
    levels[field.birth] = this.#birth(one.dates[left] ?? -1, other.dates[right] ?? -1);
    levels[field.sex] = sexLevel(one.sexes[left] ?? -1, other.sexes[right] ?? -1);
    levels[field.household] = householdLevel(one.households[left] ?? null, other.households[right] ?? null);
    levels[field.address] = this.#address(left, right);
    for (let column = 0; column < this.#texts.length; column += 1) {
      levels[fixedFields + column] = this.#text(
        column,
        one.texts[column]?.[left] ?? -1,
        other.texts[column]?.[right] ?? -1,
      );
    }
    this.#aligner.align(left, right);
  }

  /** A part of the two names compared last differs by another letter (RINA, RINI), not by a slip of the finger. */
  hasOtherLetter(): boolean {
    const { values } = this.#words.tokens;
    const { agreed, ids, levels, others } = this.name;
    for (let at = 0; at < agreed; at += 1) {
      const [one, other] = [values[ids[at] ?? -1]?.text ?? '', values[others[at] ?? -1]?.text ?? ''];
      if (levels[at] !== token.similar || one.length !== other.length) continue;
      if ([...one].sort().join('') !== [...other].sort().join('')) return true;
    }
    return false;
  }

  #birth(left: number, right: number): number {
    if (left < 0 || right < 0) return birth.missing;
    if (left === right) return birth.equal;
    return birthLevel(this.#days[left] ?? 0, this.#days[right] ?? 0);
  }

  #address(left: number, right: number): number {
    const [one, other] = [this.left, this.right];
    const wards = sameOrNull(one.wards[left] ?? -1, other.wards[right] ?? -1);
    const doors = sameOrNull(one.doors[left] ?? -1, other.doors[right] ?? -1);
    const streets = this.#sameStreet(one.streets[left] ?? -1, other.streets[right] ?? -1);
    if (streets === true && doors === true && wards !== false) return address.same_door;
    if (wards === true) return streets === true ? address.same_ward_and_street : address.same_ward;
    if (streets === true) return address.same_street;
    return wards === false || streets === false ? address.elsewhere : address.missing;
  }

  #sameStreet(left: number, right: number): boolean | null {
    if (left < 0 || right < 0) return null;
    if (left === right) return true;
    const { values } = this.#words.streets;
    const known = this.#streets.get(left, right);
    const level =
      known >= 0 ? known : this.#streets.set(left, right, textLevel(values[left] ?? '', values[right] ?? ''));
    return level === text.similar;
  }

  #text(column: number, left: number, right: number): number {
    if (left < 0 || right < 0) return text.missing;
    if (left === right) return text.equal;
    const memo = this.#texts[column];
    const known = memo?.get(left, right) ?? -1;
    if (memo === undefined || known >= 0) return known;
    const values = this.#words.texts[column]?.values;
    return memo.set(left, right, textLevel(values?.[left] ?? '', values?.[right] ?? ''));
  }
}

function sameOrNull(left: number, right: number): boolean | null {
  return left < 0 || right < 0 ? null : left === right;
}
