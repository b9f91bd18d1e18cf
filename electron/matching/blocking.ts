import { handleReadings } from './names.ts';
import { type MatchPerson } from './normalise.ts';
import type { NormalisedNumber } from './numbers.ts';

/**
 * Keys by which a person is found again. Recall is lost here, not in scoring, so each person has
 * several, each surviving another kind of mistake:
 *
 * | N | a number that is no valid NIK             | S | NIK digits 7–16 (date and serial)        |
 * | F | NIK digits 1–12 (area and date)           | G, J, K | NIK without day, month, year       |
 * | H | No KK                                     | Y | birth year + all skeletons               |
 * | M | birth day and month + skeletons           | P | birth year and month + one skeleton      |
 * | R | kelurahan, RT, RW + one skeleton          | L | kelurahan + two skeletons                |
 * | A | kelurahan, birth year + one skeleton: of who has no birth date                       |
 * | U | kelurahan + the only skeleton: of who has no birth year | V | the same of who has one |
 * | B | kelurahan + birth date, whatever the name: it may be weak, misspelt or joined throughout |
 * | D | what a list calls the household: of the first of its persons, and of no member        |
 *
 * S, F, G, J and K leave out one part of the NIK each: with one digit wrong, missing or too many, the
 * number still bears the key that leaves out where it is.
 */
export type MatchKey = number;

const width = 2 ** 32;
/** A key is sixteen bits of place and twenty-four of rule and value. */
const places = 2 ** 16;
const keysAPlace = 2 ** 24;

/** Forty bits of rule and value. Two that differ meet once in a million million. */
export function keyOf(rule: string, value: string): number {
  let high = rule.charCodeAt(0);
  for (let at = -1; at < value.length; at += 1) {
    const code = at < 0 ? rule.charCodeAt(0) : value.charCodeAt(at);
    high = Math.imul(high ^ code, 0x5bd1e995);
    high ^= high >>> 13;
  }
  return (high & 0xff) * width + hashed(mix(begin(rule), value));
}

/** The lower thirty-two bits of `keyOf`, from which keys and places are taken, a part of the value after the other. */
function begin(rule: string): number {
  return Math.imul(0x811c9dc5 ^ rule.charCodeAt(0), 0x01000193);
}

/** @param from where the part of the text begins that is mixed in; it ends before `to`. */
function mix(hash: number, text: string, from = 0, to = text.length): number {
  let low = hash;
  for (let at = from; at < to; at += 1) low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
  return low;
}

function hashed(hash: number): number {
  let low = hash ^ (hash >>> 16);
  low = Math.imul(low, 0x85ebca6b);
  low ^= low >>> 13;
  low = Math.imul(low, 0xc2b2ae35);
  low ^= low >>> 16;
  return low >>> 0;
}

/** Some keys, each once; about a dozen, of which a look through the list finds one sooner than a set does. */
class Keys {
  readonly list: MatchKey[] = [];

  /**
   * Keys that are asked together stand together: who is looked up reads a page for several of them. So a
   * family's keys by RT lie side by side, those of a kelurahan in one stretch (which its office soon has
   * in memory), and those of a number beside the ones that a slip turns them into.
   *
   * @param near what such keys have in common; it follows from the value.
   * @param hash of rule and value, as `begin` and `mix` make it.
   */
  add(near: number, hash: number): void {
    const key = keyAt(near, hash);
    if (!this.list.includes(key)) this.list.push(key);
  }
}

function keyAt(near: number, hash: number): MatchKey {
  return near * keysAPlace + (hashed(hash) & (keysAPlace - 1));
}

const placing = begin('@');

function placeOf(near: string): number {
  return hashed(mix(placing, near)) & (places - 1);
}

/** Keys to store for a person; about a dozen, no duplicates. */
export function storedKeys(person: MatchPerson): MatchKey[] {
  const keys = new Keys();
  for (const skeletons of skeletonsOf(person)) addStored(keys, person, skeletons);
  return keys.list;
}

function addStored(keys: Keys, person: MatchPerson, skeletons: readonly string[]): void {
  addShared(keys, person, skeletons);
  addOnlyName(keys, person, skeletons, person.birthYear === null ? 'U' : 'V');
}

/** What is looked up as it is stored. */
function addShared(keys: Keys, person: MatchPerson, skeletons: readonly string[]): void {
  addFirst(keys, person, skeletons);
  addNearNumber(keys, person);
  if (person.birthDate !== null) addDateKeys(keys, skeletons, person.birthDate);
  else if (person.birthYear !== null) addUndatedKeys(keys, person, skeletons, person.birthYear);
  addPlaceKeys(keys, person, skeletons);
}

/**
 * Keys to look up first: numbers, and the whole name with the birth year or day. Few bear them, and
 * nearly everyone who is listed is found by one.
 */
export function firstKeys(person: MatchPerson): MatchKey[] {
  const keys = new Keys();
  for (const skeletons of skeletonsOf(person)) addFirst(keys, person, skeletons);
  return keys.list;
}

/**
 * Keys to look up for whom the first did not find surely: the other stored ones, which many strangers
 * bear, and the slips that are cheaper to try here than to store: digits swapped where two parts of the
 * NIK meet, day and month swapped, birth year one off.
 *
 * @param undated whether some who are searched have no birth date.
 */
export function furtherKeys(person: MatchPerson, undated: boolean): MatchKey[] {
  const keys = new Keys();
  for (const skeletons of skeletonsOf(person)) addFurther(keys, person, skeletons, undated);
  const first = firstKeys(person);
  return keys.list.filter((key) => !first.includes(key));
}

function addFurther(keys: Keys, person: MatchPerson, skeletons: readonly string[], undated: boolean): void {
  addShared(keys, person, skeletons);
  addSwappedNumber(keys, person);
  // Who has a date is told from others of the name by the year; only who has none is looked for by the name alone.
  if (undated) addOnlyName(keys, person, skeletons, 'U');
  if (person.birthYear === null) addOnlyName(keys, person, skeletons, 'V');
  if (person.birthYear !== null) {
    for (const year of [person.birthYear - 1, person.birthYear + 1]) addNameAndYear(keys, skeletons, year);
    if (undated)
      for (const apart of [-1, 0, 1]) addUndatedKeys(keys, person, skeletons, person.birthYear + apart);
  }
  const swapped = swapDayMonth(person.birthDate);
  if (swapped !== null) {
    addNameAndDay(keys, skeletons, swapped);
    addDateKeys(keys, skeletons, swapped);
  }
}

/** ISO date with day and month exchanged, or null where that is no date or changes nothing. */
export function swapDayMonth(date: string | null): string | null {
  if (date === null) return null;
  const [year, month, day] = date.split('-');
  if (year === undefined || month === undefined || day === undefined || Number(day) > 12 || day === month)
    return null;
  return `${year}-${day}-${month}`;
}

function addFirst(keys: Keys, person: MatchPerson, skeletons: readonly string[]): void {
  const { nik, kk } = person;
  addNik(keys, nik);
  if (kk.digits !== null) addNumber(keys, 'H', kk.digits);
  if (person.birthYear !== null) addNameAndYear(keys, skeletons, person.birthYear);
  if (person.birthDate !== null) addNameAndDay(keys, skeletons, person.birthDate);
}

/** The key by which a NIK itself is stored; null where it says nothing. */
export function nikKey(nik: NormalisedNumber): MatchKey | null {
  const keys = new Keys();
  addNik(keys, nik);
  return keys.list[0] ?? null;
}

/** The key by which a No KK is stored; null where it says nothing. */
export function kkKey({ digits }: NormalisedNumber): MatchKey | null {
  return digits === null ? null : keyAt(placeOf(digits), mix(begin('H'), digits));
}

/** The key by which a list stores, with the first of its persons, the household that its source calls so. */
export function householdKey(sourceId: string): MatchKey {
  return keyAt(placeOf(sourceId), mix(begin('D'), sourceId));
}

function addNik(keys: Keys, { digits, valid }: NormalisedNumber): void {
  if (digits === null) return;
  if (valid) addDateAndSerial(keys, digits.slice(6));
  else addNumber(keys, 'N', digits);
}

function addNumber(keys: Keys, rule: string, digits: string): void {
  keys.add(placeOf(digits), mix(begin(rule), digits));
}

/** Ten digits stand beside those with two of them exchanged. */
function addDateAndSerial(keys: Keys, digits: string): void {
  keys.add(placeInOrder(digits), mix(begin('S'), digits));
}

/** `5310` stands at the place of `0135`. */
function placeInOrder(digits: string): number {
  // How often each digit occurs, six bits for each: of five in one number, of the others in the other.
  let lower = 0;
  let upper = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - zero;
    if (digit < 5) lower += 1 << (6 * digit);
    else upper += 1 << (6 * (digit - 5));
  }
  let low = placing;
  for (let digit = 0; digit < 10; digit += 1) {
    const times = (digit < 5 ? lower >>> (6 * digit) : upper >>> (6 * (digit - 5))) & 0x3f;
    for (let nth = 0; nth < times; nth += 1) low = Math.imul(low ^ (zero + digit), 0x01000193);
  }
  return hashed(low) & (places - 1);
}

const zero = '0'.charCodeAt(0);

/** Of fifteen or seventeen digits too: what stands before the slip is read from the front, what stands after it from the end. */
function addNearNumber(keys: Keys, { nik }: MatchPerson): void {
  const { digits } = nik;
  if (digits === null || digits.length < 15 || digits.length > 17) return;
  addDateAndSerial(keys, digits.slice(-10));
  const { length } = digits;
  keys.add(monthPlace(digits.slice(10, 12), digits.slice(8, 10)), mix(begin('F'), digits, 0, 12));
  const near = hashed(mix(mix(placing, digits, 0, 6), digits, length - 4)) & (places - 1);
  keys.add(near, mix(mix(begin('G'), digits, 0, 6), digits, length - 8));
  keys.add(near, mix(mix(begin('J'), digits, 0, 8), digits, length - 6));
  keys.add(near, mix(mix(begin('K'), digits, 0, 10), digits, length - 4));
}

/** Where a month of birth (of a date or a NIK, which has two digits of the year) has its place. */
function monthPlace(year: string, month: string): number {
  return placeOf(`${year}-${month}`);
}

/** Places (from 0) where an area, a day, a month and a year end: a swap there spoils two parts at once. */
const seams = [5, 7, 9, 11];

function addSwappedNumber(keys: Keys, { nik }: MatchPerson): void {
  const { digits } = nik;
  if (digits === null || digits.length !== 16) return;
  for (const at of seams) {
    const swapped: string = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    if (swapped !== digits) addDateAndSerial(keys, swapped.slice(6));
  }
}

/** Of each reading of the name (`handleReadings`). */
function skeletonsOf({ name }: MatchPerson): string[][] {
  return handleReadings(name.tokens, name.patronymic).map((handles) => {
    const skeletons: string[] = [];
    for (const { skeleton } of handles) if (!skeletons.includes(skeleton)) skeletons.push(skeleton);
    return skeletons.sort();
  });
}

function addNameAndYear(keys: Keys, skeletons: readonly string[], year: number): void {
  if (skeletons.length === 0) return;
  const whole = skeletons.join('.');
  keys.add(placeOf(whole), mix(mix(begin('Y'), `${year}|`), whole));
}

function addNameAndDay(keys: Keys, skeletons: readonly string[], date: string): void {
  if (skeletons.length === 0) return;
  const whole = skeletons.join('.');
  keys.add(placeOf(whole), mix(mix(begin('M'), `${date.slice(5)}|`), whole));
}

function addDateKeys(keys: Keys, skeletons: readonly string[], date: string): void {
  const near = monthPlace(date.slice(2, 4), date.slice(5, 7));
  const month = mix(begin('P'), `${date.slice(0, 7)}|`);
  for (const skeleton of skeletons) keys.add(near, mix(month, skeleton));
}

function addUndatedKeys(
  keys: Keys,
  { address: { kelurahan } }: MatchPerson,
  skeletons: readonly string[],
  year: number,
): void {
  if (kelurahan === null) return;
  const near = placeOf(kelurahan);
  const inYear = mix(begin('A'), `${kelurahan}|${year}|`);
  for (const skeleton of skeletons) keys.add(near, mix(inYear, skeleton));
}

function addOnlyName(
  keys: Keys,
  { address: { kelurahan } }: MatchPerson,
  skeletons: readonly string[],
  rule: 'U' | 'V',
): void {
  const [only] = skeletons;
  if (kelurahan === null || only === undefined || skeletons.length > 1) return;
  keys.add(placeOf(kelurahan), mix(mix(mix(begin(rule), kelurahan), '|'), only));
}

function addPlaceKeys(keys: Keys, person: MatchPerson, skeletons: readonly string[]): void {
  const { kelurahan, rt, rw } = person.address;
  if (kelurahan === null) return;
  if (person.birthDate !== null)
    keys.add(placeOf(kelurahan), mix(mix(begin('B'), `${kelurahan}|`), person.birthDate));
  if (rt !== null && rw !== null) {
    const place = `${kelurahan}|${rt}|${rw}`;
    const near = placeOf(place);
    const there = mix(mix(begin('R'), place), '|');
    for (const skeleton of skeletons) keys.add(near, mix(there, skeleton));
  }
  if (skeletons.length < 2) return;
  const near = placeOf(kelurahan);
  const there = mix(mix(begin('L'), kelurahan), '|');
  for (const [index, first] of skeletons.entries()) {
    const withFirst = mix(mix(there, first), '|');
    for (const second of skeletons.slice(index + 1)) keys.add(near, mix(withFirst, second));
  }
}
