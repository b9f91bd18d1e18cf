import { hashText, mix } from './hash.ts';
import { daysOf, handlesAtMost, type PersonColumns, type SharedWords } from './person-table.ts';

/**
 * The rules by which two persons of a file become candidates. Recall is lost here, so each person has
 * many keys, each of which survives another kind of mistake. Names stand as skeletons.
 */
export const blockRules = [
  'nomor',
  'paruh akhir nomor',
  'paruh awal nomor + nama',
  'rumah tangga + nama',
  'tahun dan bulan lahir + nama',
  'hari dan bulan lahir + nama',
  'tahun lahir + dua nama',
  'tanggal lahir',
  'dua nama',
  'RT/RW + nama',
  'jalan dan nomor rumah',
  'jalan + nama',
  'kolom lain + nama',
  'kolom lain + tahun lahir',
  'dua kolom lain',
  'kolom lain + nomor rumah',
  'kelurahan + dua nama',
  'satu nama, tanpa tanggal lahir',
  'satu nama',
] as const;

/** Numbers of the rules above. */
const rule = {
  number: 1,
  numberEnd: 2,
  numberStart: 3,
  household: 4,
  month: 5,
  day: 6,
  yearAndNames: 7,
  birth: 8,
  names: 9,
  ward: 10,
  door: 11,
  street: 12,
  text: 13,
  textAndYear: 14,
  twoTexts: 15,
  textAndDoor: 16,
  placeAndNames: 17,
  onlyName: 18,
  onlyNameOfDated: 19,
} as const;

/** Keys a person has at most, beside those of the text columns. */
const keysAtMost = 64;

/** In the place of a kelurahan's number: some that stands as its name, or as its code. */
const [anyName, anyCode] = [-2, -3] as const;

function codesAmong(places: readonly string[]): readonly boolean[] | null {
  const areCodes = places.map((place) => /^\d+$/.test(place));
  return new Set(areCodes).size === 2 ? areCodes : null;
}

/** Makes the block keys of persons of one file, one person after the other. */
export class BlockKeys {
  /** Keys of the person asked for last, and the rule that made each; as many as `of` said. */
  readonly keys: Int32Array;
  readonly rules: Uint8Array;
  /** Finer keys asked for last; as many as `finerOf` said. */
  readonly finer: Int32Array;
  readonly #columns: PersonColumns;
  readonly #dates: Int32Array;
  readonly #place: number;
  readonly #seeks: boolean;
  /** Of each kelurahan whether it stands as a code, where some do and some are named; else null. */
  readonly #isCode: readonly boolean[] | null;
  readonly #names = new Int32Array(handlesAtMost);
  #count = 0;
  #finerCount = 0;

  /** @param seeks whether these are the keys by which persons look for others, not those by which they are found. */
  constructor(columns: PersonColumns, words: SharedWords, seeks: boolean) {
    this.#columns = columns;
    this.#seeks = seeks;
    this.#place = words.placeColumn;
    this.#isCode = codesAmong(words.texts[words.placeColumn]?.values ?? []);
    this.#dates = daysOf(words);
    const texts = columns.texts.length;
    this.keys = new Int32Array(keysAtMost + texts * (handlesAtMost + 2) + (texts * (texts - 1)) / 2);
    this.rules = new Uint8Array(this.keys.length);
    this.finer = new Int32Array(keysAtMost + texts);
  }

  /** Fills `keys` and `rules`. @returns how many there are. */
  of(person: number): number {
    this.#count = 0;
    const { numbers, households, handles, dates, wards, streets, doors, texts } = this.#columns;
    let names = 0;
    for (let at = person * handlesAtMost; at < (person + 1) * handlesAtMost; at += 1) {
      const handle = handles[at] ?? -1;
      if (handle < 0) continue;
      this.#names[names] = handle;
      names += 1;
    }
    const number = numbers[person] ?? null;
    if (number !== null) {
      this.#make(rule.number, hashText(number));
      const middle = number.length >> 1;
      if (middle >= 3) {
        this.#make(rule.numberEnd, hashText(number, middle));
        this.#withNames(rule.numberStart, hashText(number, 0, middle), names);
      }
    }
    const household = households[person] ?? null;
    if (household !== null) this.#withNames(rule.household, hashText(household), names);
    const date = this.#dates[dates[person] ?? -1] ?? -1;
    const year = date < 0 ? -1 : Math.floor(date / 10_000);
    if (date >= 0) {
      this.#make(rule.birth, date);
      this.#withNames(rule.month, Math.floor(date / 100), names);
      this.#withNames(rule.day, date % 10_000, names);
    }
    const place = texts[this.#place]?.[person] ?? -1;
    this.#ofTwoNames(names, place, year);
    const ward = wards[person] ?? -1;
    const otherwise = this.#writtenOtherwise(place);
    if (ward >= 0) {
      this.#withNames(rule.ward, mix(ward, place), names);
      if (otherwise !== null) this.#withNames(rule.ward, mix(ward, otherwise), names);
    }
    const street = streets[person] ?? -1;
    const door = doors[person] ?? -1;
    if (street >= 0) {
      this.#withNames(rule.street, mix(street, place), names);
      if (otherwise !== null) this.#withNames(rule.street, mix(street, otherwise), names);
    }
    if (street >= 0 && door >= 0) this.#make(rule.door, street, door);
    for (let column = 0; column < texts.length; column += 1) {
      const text = texts[column]?.[person] ?? -1;
      // A kelurahan is large: by itself it finds nobody, beside two names it does.
      if (text < 0 || column === this.#place) continue;
      const value = mix(column, text);
      this.#withNames(rule.text, value, names);
      if (year >= 0) this.#make(rule.textAndYear, value, year);
      if (door >= 0) this.#make(rule.textAndDoor, value, door);
      for (let second = column + 1; second < texts.length; second += 1) {
        const other = texts[second]?.[person] ?? -1;
        if (other >= 0) this.#make(rule.twoTexts, value, mix(second, other));
      }
    }
    return this.#count;
  }

  /**
   * Finer keys for a person in a block that is too large: the block's key with one more thing each.
   *
   * @returns how many there are in `finer`.
   */
  finerOf(person: number, key: number): number {
    this.#finerCount = 0;
    const { handles, dates, streets, households, sexes, texts } = this.#columns;
    const date = this.#dates[dates[person] ?? -1] ?? -1;
    const year = date < 0 ? -1 : Math.floor(date / 10_000);
    if (date >= 0) {
      this.#makeFiner(key, 101, mix(Math.floor(date / 100), sexes[person] ?? -1));
      this.#makeFiner(key, 102, date % 10_000);
    }
    for (let at = person * handlesAtMost; at < (person + 1) * handlesAtMost; at += 1) {
      const handle = handles[at] ?? -1;
      if (handle >= 0) this.#makeFiner(key, 103, mix(handle, year));
    }
    const street = streets[person] ?? -1;
    if (street >= 0) this.#makeFiner(key, 104, street);
    const household = households[person] ?? null;
    if (household !== null) this.#makeFiner(key, 105, hashText(household));
    for (let column = 0; column < texts.length; column += 1) {
      const text = texts[column]?.[person] ?? -1;
      if (text >= 0) this.#makeFiner(key, 106 + column, text);
    }
    return this.#finerCount;
  }

  /**
   * A kelurahan by its code in one file and by its name in the other is not told apart: who is found by one kind is
   * sought by the other, whichever it is. Null where all are of one kind, or none is named.
   */
  #writtenOtherwise(place: number): number | null {
    const isCode = this.#isCode?.[place];
    if (isCode === undefined) return null;
    return isCode === this.#seeks ? anyName : anyCode;
  }

  #ofTwoNames(names: number, place: number, year: number): void {
    for (let at = 0; at < names; at += 1) {
      for (let after = at + 1; after < names; after += 1) {
        const [one, other] = [this.#names[at] ?? 0, this.#names[after] ?? 0];
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        this.#make(rule.names, first, second);
        if (place >= 0) this.#make(rule.placeAndNames, place, mix(first, second));
        if (year >= 0) this.#make(rule.yearAndNames, year, mix(first, second));
      }
    }
    if (names !== 1) return;
    this.#ofOneName(this.#names[0] ?? 0, year);
  }

  /**
   * Many bear one name: who has a birth date is told from them by the year. Only who has none meets all of them, and
   * they meet those: each kind is found by a key of its own, and dated persons do not look for dated ones.
   */
  #ofOneName(only: number, year: number): void {
    if (year >= 0) this.#make(rule.yearAndNames, year, only);
    if (year < 0 || this.#seeks) this.#make(rule.onlyName, only);
    if (year < 0 === this.#seeks) this.#make(rule.onlyNameOfDated, only);
  }

  #withNames(which: number, value: number, names: number): void {
    for (let at = 0; at < names; at += 1) this.#make(which, value, this.#names[at] ?? 0);
  }

  #make(which: number, first: number, second?: number): void {
    const key = mix(mix(0, which), first);
    this.keys[this.#count] = second === undefined ? key : mix(key, second);
    this.rules[this.#count] = which;
    this.#count += 1;
  }

  #makeFiner(key: number, which: number, value: number): void {
    this.finer[this.#finerCount] = mix(mix(key, which), value);
    this.#finerCount += 1;
  }
}
