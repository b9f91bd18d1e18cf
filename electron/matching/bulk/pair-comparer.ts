import { address, birth, field, fixedFields, household, nik, text, token } from './levels.ts';
import { NameAligner, type NamePattern } from './name-aligner.ts';
import { isOneDigitSlip, packDigits, PackedDigits } from './packed-digits.ts';
import { daysOf, type PersonColumns, type SharedWords } from './person-table.ts';
import { TextComparer } from './text-comparer.ts';
import { birthLevel, householdLevel, nikLevel, sexLevel } from './value-levels.ts';

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
  readonly #numbers: readonly [PackedDigits, PackedDigits];
  readonly #households: readonly [PackedDigits, PackedDigits];
  /** YYYYMMDD of each date, as a number and four bits a digit. */
  readonly #days: Int32Array;
  readonly #digits: Int32Array;
  readonly #streets: TextComparer;
  readonly #texts: TextComparer[];

  constructor(left: PersonColumns, right: PersonColumns, words: SharedWords) {
    this.left = left;
    this.right = right;
    this.#words = words;
    this.#aligner = new NameAligner(left, right, words);
    this.name = this.#aligner.pattern;
    this.#numbers = packed(left.numbers, right.numbers);
    this.#households = packed(left.households, right.households);
    this.#days = daysOf(words);
    this.#digits = this.#days.map((day) => packDigits(String(day)));
    this.#streets = new TextComparer(words.streets.values);
    this.#texts = words.texts.map(({ values }) => new TextComparer(values));
    this.levels = new Uint8Array(fixedFields + words.texts.length);
  }

  compare(left: number, right: number): void {
    this.compareValues(left, right);
    this.compareNames();
  }

  /** All but the names, which cost most: what the pair can come to at best may be seen before. */
  compareValues(left: number, right: number): void {
    const { levels, left: one, right: other } = this;
    this.leftAt = left;
    this.rightAt = right;
    levels[field.nik] = this.#number(left, right);
    levels[field.birth] = this.#birth(one.dates[left] ?? -1, other.dates[right] ?? -1);
    levels[field.sex] = sexLevel(one.sexes[left] ?? -1, other.sexes[right] ?? -1);
    levels[field.household] = this.#household(left, right);
    levels[field.address] = this.#address(left, right);
    for (let column = 0; column < this.#texts.length; column += 1) {
      levels[fixedFields + column] =
        this.#texts[column]?.level(one.texts[column]?.[left] ?? -1, other.texts[column]?.[right] ?? -1) ??
        text.missing;
    }
  }

  /** Of the pair whose values were compared last. */
  compareNames(): void {
    this.#aligner.align(this.leftAt, this.rightAt);
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

  #number(left: number, right: number): number {
    const [one, other] = this.#numbers;
    switch (one.compare(left, other, right)) {
      case 'missing':
        return nik.missing;
      case 'equal':
        return nik.equal;
      case 'different':
        return nik.different;
      case 'tail':
        return nik.same_tail;
      case 'unsure':
        return nikLevel(this.left.numbers[left] ?? null, this.right.numbers[right] ?? null);
    }
  }

  #household(left: number, right: number): number {
    const [one, other] = this.#households;
    switch (one.compare(left, other, right)) {
      case 'missing':
        return household.missing;
      case 'equal':
        return household.equal;
      case 'different':
      case 'tail':
        return household.different;
      case 'unsure':
        return householdLevel(this.left.households[left] ?? null, this.right.households[right] ?? null);
    }
  }

  #birth(left: number, right: number): number {
    if (left < 0 || right < 0) return birth.missing;
    if (left === right) return birth.equal;
    return birthLevel(
      this.#days[left] ?? 0,
      this.#days[right] ?? 0,
      isOneDigitSlip(this.#digits[left] ?? 0, this.#digits[right] ?? 0),
    );
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
    return left === right || this.#streets.level(left, right) === text.similar;
  }
}

function packed(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
): readonly [PackedDigits, PackedDigits] {
  const lefts = new PackedDigits(left);
  return [lefts, left === right ? lefts : new PackedDigits(right)];
}

function sameOrNull(left: number, right: number): boolean | null {
  return left < 0 || right < 0 ? null : left === right;
}
