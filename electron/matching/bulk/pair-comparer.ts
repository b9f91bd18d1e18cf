import { numbersOfStreet } from '../addresses.ts';
import { type NameSlip, slipOf, worstSlip } from '../siblings.ts';
import { address, birth, field, fixedFields, household, nik, text, token } from './levels.ts';
import { Vocabulary } from './growing.ts';
import { NameAligner, type NamePattern } from './name-aligner.ts';
import { isOneDigitSlip, packDigits } from './packed-digits.ts';
import { cellOf, PackedPersons } from './packed-persons.ts';
import { daysOf, type PersonColumns, type SharedWords, tokensAtMost } from './person-table.ts';
import { PlaceComparer } from './place-comparer.ts';
import { TextComparer } from './text-comparer.ts';
import { birthLevel, householdLevel, nikLevel, sexLevel } from './value-levels.ts';

/** What fewer than so many share is rare. */
const rareText = 1 / 50;

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
  readonly #ones: PackedPersons;
  readonly #others: PackedPersons;
  /** YYYYMMDD of each date, as a number and four bits a digit. */
  readonly #days: Int32Array;
  readonly #digits: Int32Array;
  readonly #streets: TextComparer;
  /** What numbers a street has in its name, by their id; −1 for none. */
  readonly #streetNumbers: Int32Array;
  readonly #texts: TextComparer[];
  readonly #places: PlaceComparer;
  /** What was read before it is compared goes here: what goes nowhere is not read. */
  readonly #readAhead = new Int32Array(1);

  constructor(left: PersonColumns, right: PersonColumns, words: SharedWords) {
    this.left = left;
    this.right = right;
    this.#words = words;
    this.#aligner = new NameAligner(left, right, words);
    this.name = this.#aligner.pattern;
    this.#ones = new PackedPersons(left);
    this.#others = left === right ? this.#ones : new PackedPersons(right);
    this.#days = daysOf(words);
    this.#digits = this.#days.map((day) => packDigits(String(day)));
    this.#streets = new TextComparer(words.streets.values);
    this.#streetNumbers = numbersOf(words.streets.values);
    this.#texts = words.texts.map(({ values }) => new TextComparer(values));
    this.#places = new PlaceComparer(words.texts[words.placeColumn]?.values ?? []);
    this.levels = new Uint8Array(fixedFields + words.texts.length);
  }

  compare(left: number, right: number): void {
    this.compareValues(left, right);
    this.compareNames();
  }

  /**
   * Reads persons of the right who are to be compared with one of the left: each stands somewhere else in the
   * memory, which is waited for once where they are read together, else for each.
   */
  readAhead(rights: Int32Array): void {
    const { cells, width } = this.#others;
    const { tokens } = this.right;
    let read = 0;
    for (let at = 0; at < rights.length; at += 1) {
      const right = rights[at] ?? 0;
      read ^= (cells[right * width] ?? 0) ^ (tokens[right * tokensAtMost] ?? 0);
    }
    this.#readAhead[0] = read;
  }

  /** All but the names, which cost most: what the pair can come to at best may be seen before. */
  compareValues(left: number, right: number): void {
    const { levels } = this;
    this.leftAt = left;
    this.rightAt = right;
    const { cells: ones } = this.#ones;
    const { cells: others } = this.#others;
    const one = left * this.#ones.width;
    const other = right * this.#others.width;
    levels[field.nik] = this.#number(left, right);
    levels[field.birth] = this.#birth(ones[one + cellOf.date] ?? -1, others[other + cellOf.date] ?? -1);
    levels[field.sex] = sexLevel(ones[one + cellOf.sex] ?? -1, others[other + cellOf.sex] ?? -1);
    levels[field.household] = this.#household(left, right);
    levels[field.address] = this.#address(one, other);
    const samePlace = this.#samePlace(left, right);
    if (levels[field.address] !== address.missing && samePlace === false)
      levels[field.address] = address.elsewhere;
    for (let column = 0; column < this.#texts.length; column += 1) {
      const at = cellOf.texts + column;
      levels[fixedFields + column] =
        this.#texts[column]?.level(ones[one + at] ?? -1, others[other + at] ?? -1) ?? text.missing;
    }
    const { placeColumn } = this.#words;
    if (placeColumn >= 0 && samePlace === null) levels[fixedFields + placeColumn] = text.missing;
    if (placeColumn >= 0 && samePlace === false) levels[fixedFields + placeColumn] = text.different;
  }

  /** Of the pair whose values were compared last. */
  compareNames(): void {
    this.#aligner.align(this.leftAt, this.rightAt);
  }

  /** By what the own names compared last may be two, the worst of their parts; null where they are one. Brothers have one father, however he is spelt. */
  nameSlip(): NameSlip | null {
    const { values } = this.#words.tokens;
    const { own, ids, levels, others } = this.name;
    const slips: (NameSlip | null)[] = [];
    for (let at = 0; at < own; at += 1) {
      const level = levels[at];
      if (level !== token.similar && level !== token.key) continue;
      const [one, other] = [values[ids[at] ?? -1], values[others[at] ?? -1]];
      if (one === undefined || other === undefined) continue;
      const named = level === token.similar ? 'similar' : 'key';
      slips.push(slipOf(named, [one.text, other.text], [one.canon, other.canon]));
    }
    return worstSlip(slips);
  }

  /**
   * The address compared last is surely one home: of one kelurahan a street of one RT is enough; where it is not named, RT,
   * street and house number together, since every kelurahan has its RT 001/RW 001 and its Jalan Melati 3.
   */
  isOneHome(): boolean {
    if (this.#samePlace(this.leftAt, this.rightAt) === true) return this.mayBeOneHome();
    const ward = this.left.wards[this.leftAt] ?? -1;
    return (
      this.levels[field.address] === address.same_door && ward >= 0 && ward === this.right.wards[this.rightAt]
    );
  }

  /** Nothing in the address compared last tells two homes apart: one door, or a street of one RT. */
  mayBeOneHome(): boolean {
    const level = this.levels[field.address];
    return level === address.same_door || level === address.same_ward_and_street;
  }

  /** A value of another column in common, that hardly anybody else bears: what everybody has tells nobody. */
  hasRareTextInCommon(): boolean {
    const { texts, placeColumn, persons } = this.#words;
    return texts.some((values, column) => {
      if (column === placeColumn || this.levels[fixedFields + column] !== text.equal) return false;
      const bearers = values.counts[this.left.texts[column]?.[this.leftAt] ?? -1] ?? 0;
      return bearers - 2 < rareText * persons;
    });
  }

  /** Whether both live in one kelurahan; null where that cannot be told. */
  #samePlace(left: number, right: number): boolean | null {
    const { placeColumn } = this.#words;
    return this.#places.isOne(
      this.left.texts[placeColumn]?.[left] ?? -1,
      this.right.texts[placeColumn]?.[right] ?? -1,
    );
  }

  #number(left: number, right: number): number {
    switch (this.#ones.numbers.compare(left, this.#others.numbers, right)) {
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
    switch (this.#ones.households.compare(left, this.#others.households, right)) {
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

  /** @param one where the person's cells begin. */
  #address(one: number, other: number): number {
    const { cells: ones } = this.#ones;
    const { cells: others } = this.#others;
    const wards = sameOrNull(ones[one + cellOf.ward] ?? -1, others[other + cellOf.ward] ?? -1);
    const doors = sameOrNull(ones[one + cellOf.door] ?? -1, others[other + cellOf.door] ?? -1);
    const streets = this.#sameStreet(ones[one + cellOf.street] ?? -1, others[other + cellOf.street] ?? -1);
    if (streets === true && doors === true && wards !== false) return address.same_door;
    if (wards === true) return streets === true ? address.same_ward_and_street : address.same_ward;
    if (streets === true) return address.same_street;
    return wards === false || streets === false ? address.elsewhere : address.missing;
  }

  #sameStreet(left: number, right: number): boolean | null {
    if (left < 0 || right < 0) return null;
    if (left === right) return true;
    const one = this.#streetNumbers[left] ?? -1;
    const other = this.#streetNumbers[right] ?? -1;
    return (one < 0 || other < 0 || one === other) && this.#streets.level(left, right) === text.similar;
  }
}

function numbersOf(streets: readonly string[]): Int32Array {
  const known = new Vocabulary<string>();
  return Int32Array.from(streets, (street) => {
    const numbers = numbersOfStreet(street.split(' '));
    return numbers === '' ? -1 : known.take(numbers, () => numbers);
  });
}

function sameOrNull(left: number, right: number): boolean | null {
  return left < 0 || right < 0 ? null : left === right;
}
