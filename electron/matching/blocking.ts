import { handlesOf } from './names.ts';
import { type MatchPerson } from './normalise.ts';

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
  let low = 0x811c9dc5;
  let high = rule.charCodeAt(0);
  for (let at = -1; at < value.length; at += 1) {
    const code = at < 0 ? rule.charCodeAt(0) : value.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
    high ^= high >>> 13;
  }
  low ^= low >>> 16;
  low = Math.imul(low, 0x85ebca6b);
  low ^= low >>> 13;
  low = Math.imul(low, 0xc2b2ae35);
  low ^= low >>> 16;
  return (high & 0xff) * width + (low >>> 0);
}

/**
 * Keys that are asked together stand together: who is looked up reads a page for several of them. So a
 * family's keys by RT lie side by side, those of a kelurahan in one stretch (which its office soon has
 * in memory), and those of a number beside the ones that a slip turns them into.
 *
 * @param near what such keys have in common; it follows from the value.
 */
function keyNear(near: number, rule: string, value: string): MatchKey {
  return near * keysAPlace + (keyOf(rule, value) % keysAPlace);
}

function placeOf(near: string): number {
  return keyOf('@', near) % places;
}

/** Keys to store for a person; about a dozen, no duplicates. */
export function storedKeys(person: MatchPerson): MatchKey[] {
  const skeletons = skeletonsOf(person);
  const keys = new Set<MatchKey>();
  addFirst(keys, person, skeletons);
  addNearNumber(keys, person);
  if (person.birthDate !== null) addDateKeys(keys, skeletons, person.birthDate);
  else if (person.birthYear !== null) addUndatedKeys(keys, person, skeletons, person.birthYear);
  addPlaceKeys(keys, person, skeletons);
  return [...keys];
}

/**
 * Keys to look up first: numbers, and the whole name with the birth year or day. Few bear them, and
 * nearly everyone who is listed is found by one.
 */
export function firstKeys(person: MatchPerson): MatchKey[] {
  const keys = new Set<MatchKey>();
  addFirst(keys, person, skeletonsOf(person));
  return [...keys];
}

/**
 * Keys to look up for whom the first did not find surely: the other stored ones, which many strangers
 * bear, and the slips that are cheaper to try here than to store: digits swapped where two parts of the
 * NIK meet, day and month swapped, birth year one off.
 *
 * @param undated whether some who are searched have no birth date.
 */
export function furtherKeys(person: MatchPerson, undated: boolean): MatchKey[] {
  const keys = new Set(storedKeys(person));
  const skeletons = skeletonsOf(person);
  addSwappedNumber(keys, person);
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
  for (const key of firstKeys(person)) keys.delete(key);
  return [...keys];
}

/** ISO date with day and month exchanged, or null where that is no date or changes nothing. */
export function swapDayMonth(date: string | null): string | null {
  if (date === null) return null;
  const [year, month, day] = date.split('-');
  if (year === undefined || month === undefined || day === undefined || Number(day) > 12 || day === month)
    return null;
  return `${year}-${day}-${month}`;
}

function addFirst(keys: Set<MatchKey>, person: MatchPerson, skeletons: readonly string[]): void {
  const { nik, kk } = person;
  if (nik.digits !== null)
    keys.add(nik.valid ? dateAndSerial(nik.digits.slice(6)) : ofNumber('N', nik.digits));
  if (kk.digits !== null) keys.add(ofNumber('H', kk.digits));
  if (person.birthYear !== null) addNameAndYear(keys, skeletons, person.birthYear);
  if (person.birthDate !== null) addNameAndDay(keys, skeletons, person.birthDate);
}

function ofNumber(rule: string, digits: string): MatchKey {
  return keyNear(placeOf(digits), rule, digits);
}

/** Ten digits stand beside those with two of them exchanged. */
function dateAndSerial(digits: string): MatchKey {
  return keyNear(placeOf([...digits].sort().join('')), 'S', digits);
}

/** Of fifteen or seventeen digits too: what stands before the slip is read from the front, what stands after it from the end. */
function addNearNumber(keys: Set<MatchKey>, { nik }: MatchPerson): void {
  const { digits } = nik;
  if (digits === null || digits.length < 15 || digits.length > 17) return;
  if (nik.valid || digits.length !== 16) keys.add(dateAndSerial(digits.slice(-10)));
  keys.add(keyNear(monthPlace(digits.slice(10, 12), digits.slice(8, 10)), 'F', digits.slice(0, 12)));
  const near = placeOf(digits.slice(0, 6) + digits.slice(-4));
  keys.add(keyNear(near, 'G', digits.slice(0, 6) + digits.slice(-8)));
  keys.add(keyNear(near, 'J', digits.slice(0, 8) + digits.slice(-6)));
  keys.add(keyNear(near, 'K', digits.slice(0, 10) + digits.slice(-4)));
}

/** Where a month of birth (of a date or a NIK, which has two digits of the year) has its place. */
function monthPlace(year: string, month: string): number {
  return placeOf(`${year}-${month}`);
}

/** Places (from 0) where an area, a day, a month and a year end: a swap there spoils two parts at once. */
const seams = [5, 7, 9, 11];

function addSwappedNumber(keys: Set<MatchKey>, { nik }: MatchPerson): void {
  const { digits } = nik;
  if (digits === null || digits.length !== 16) return;
  for (const at of seams) {
    const swapped: string = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    if (swapped !== digits) keys.add(dateAndSerial(swapped.slice(6)));
  }
}

function skeletonsOf(person: MatchPerson): string[] {
  return [...new Set(handlesOf(person.name.tokens).map((token) => token.skeleton))].sort();
}

function addNameAndYear(keys: Set<MatchKey>, skeletons: readonly string[], year: number): void {
  if (skeletons.length === 0) return;
  const whole = skeletons.join('.');
  keys.add(keyNear(placeOf(whole), 'Y', `${year}|${whole}`));
}

function addNameAndDay(keys: Set<MatchKey>, skeletons: readonly string[], date: string): void {
  if (skeletons.length === 0) return;
  const whole = skeletons.join('.');
  keys.add(keyNear(placeOf(whole), 'M', `${date.slice(5)}|${whole}`));
}

function addDateKeys(keys: Set<MatchKey>, skeletons: readonly string[], date: string): void {
  const near = monthPlace(date.slice(2, 4), date.slice(5, 7));
  for (const skeleton of skeletons) keys.add(keyNear(near, 'P', `${date.slice(0, 7)}|${skeleton}`));
}

function addUndatedKeys(
  keys: Set<MatchKey>,
  { address: { kelurahan } }: MatchPerson,
  skeletons: readonly string[],
  year: number,
): void {
  if (kelurahan === null) return;
  const near = placeOf(kelurahan);
  for (const skeleton of skeletons) keys.add(keyNear(near, 'A', `${kelurahan}|${year}|${skeleton}`));
}

function addPlaceKeys(keys: Set<MatchKey>, person: MatchPerson, skeletons: readonly string[]): void {
  const { kelurahan, rt, rw } = person.address;
  if (kelurahan === null) return;
  if (rt !== null && rw !== null) {
    const near = placeOf(`${kelurahan}|${rt}|${rw}`);
    for (const skeleton of skeletons) keys.add(keyNear(near, 'R', `${kelurahan}|${rt}|${rw}|${skeleton}`));
  }
  const near = placeOf(kelurahan);
  for (const [index, first] of skeletons.entries()) {
    for (const second of skeletons.slice(index + 1))
      keys.add(keyNear(near, 'L', `${kelurahan}|${first}|${second}`));
  }
}
