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
} as const;

/** A key and the rule that made it, for the report of what was capped. */
export type KeyTaker = (key: number, rule: number) => void;

type KeyMaker = (which: number, first: number, second?: number) => void;

/** Makes the block keys of persons of one file. */
export class BlockKeys {
  readonly #columns: PersonColumns;
  readonly #dates: Int32Array;
  readonly #place: number;

  constructor(columns: PersonColumns, words: SharedWords) {
    this.#columns = columns;
    this.#place = words.placeColumn;
    this.#dates = daysOf(words);
  }

  each(person: number, take: KeyTaker): void {
    const { numbers, households, handles, dates, wards, streets, doors, texts } = this.#columns;
    const names: number[] = [];
    for (let at = person * handlesAtMost; at < (person + 1) * handlesAtMost; at += 1) {
      const handle = handles[at] ?? -1;
      if (handle >= 0) names.push(handle);
    }
    const made: KeyMaker = (which, first, second) => {
      const key = mix(mix(0, which), first);
      take(second === undefined ? key : mix(key, second), which);
    };
    const withNames = (which: number, value: number) => {
      for (const name of names) made(which, value, name);
    };
    numberKeys(numbers[person] ?? null, made, withNames);
    const household = households[person] ?? null;
    if (household !== null) withNames(rule.household, hashText(household));
    const date = this.#dates[dates[person] ?? -1] ?? null;
    if (date !== null) {
      made(rule.birth, date);
      withNames(rule.month, Math.floor(date / 100));
      withNames(rule.day, date % 10_000);
    }
    const year = date === null ? -1 : Math.floor(date / 10_000);
    const place = texts[this.#place]?.[person] ?? -1;
    pairsOf(names, (first, second) => {
      made(rule.names, first, second);
      if (place >= 0) made(rule.placeAndNames, place, mix(first, second));
      if (year >= 0) made(rule.yearAndNames, year, mix(first, second));
    });
    const [only] = names;
    if (names.length === 1 && only !== undefined) {
      if (year >= 0) made(rule.yearAndNames, year, only);
      else made(rule.names, only, only);
    }
    const ward = wards[person] ?? -1;
    if (ward >= 0) withNames(rule.ward, mix(ward, place));
    const street = streets[person] ?? -1;
    const door = doors[person] ?? -1;
    if (street >= 0) withNames(rule.street, mix(street, place));
    if (street >= 0 && door >= 0) made(rule.door, street, door);
    for (const [column, ids] of texts.entries()) {
      const text = ids[person] ?? -1;
      // A kelurahan is large: by itself it finds nobody, beside two names it does.
      if (text < 0 || column === this.#place) continue;
      withNames(rule.text, mix(column, text));
      if (year >= 0) made(rule.textAndYear, mix(column, text), year);
      if (door >= 0) made(rule.textAndDoor, mix(column, text), door);
      for (let second = column + 1; second < texts.length; second += 1) {
        const other = texts[second]?.[person] ?? -1;
        if (other >= 0) made(rule.twoTexts, mix(column, text), mix(second, other));
      }
    }
  }

  /**
   * Finer keys for a person in a block that is too large: the block's key with one more thing each.
   */
  eachFiner(person: number, key: number, take: (key: number) => void): void {
    const { handles, dates, streets, households, sexes, texts } = this.#columns;
    const date = this.#dates[dates[person] ?? -1] ?? null;
    if (date !== null) {
      take(mix(mix(key, 101), mix(Math.floor(date / 100), sexes[person] ?? -1)));
      take(mix(mix(key, 102), date % 10_000));
    }
    for (let at = person * handlesAtMost; at < (person + 1) * handlesAtMost; at += 1) {
      const handle = handles[at] ?? -1;
      const year = date === null ? -1 : Math.floor(date / 10_000);
      if (handle >= 0) take(mix(mix(key, 103), mix(handle, year)));
    }
    const street = streets[person] ?? -1;
    if (street >= 0) take(mix(mix(key, 104), street));
    const household = households[person] ?? null;
    if (household !== null) take(mix(mix(key, 105), hashText(household)));
    for (const [column, ids] of texts.entries()) {
      const text = ids[person] ?? -1;
      if (text >= 0) take(mix(mix(key, 106 + column), text));
    }
  }
}

function numberKeys(
  number: string | null,
  made: KeyMaker,
  withNames: (which: number, value: number) => void,
): void {
  if (number === null) return;
  made(rule.number, hashText(number));
  const middle = number.length >> 1;
  if (middle < 3) return;
  made(rule.numberEnd, hashText(number.slice(middle)));
  withNames(rule.numberStart, hashText(number.slice(0, middle)));
}

function pairsOf(names: readonly number[], visit: (first: number, second: number) => void): void {
  for (let at = 0; at < names.length; at += 1) {
    for (let after = at + 1; after < names.length; after += 1) {
      const [one, other] = [names[at] ?? 0, names[after] ?? 0];
      visit(Math.min(one, other), Math.max(one, other));
    }
  }
}
