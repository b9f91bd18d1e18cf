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

/** Forty bits of rule and value. Two that differ meet once in a million million; a stranger is then looked at. */
export function keyOf(rule: string, value: string): MatchKey {
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

/** Keys to store for a person; about a dozen, no duplicates. */
export function storedKeys(person: MatchPerson): MatchKey[] {
  const keys = new Set(firstKeys(person));
  addNearNumber(keys, person);
  if (person.birthDate !== null) addDateKeys(keys, person, person.birthDate);
  else if (person.birthYear !== null) addUndatedKeys(keys, person, person.birthYear);
  addPlaceKeys(keys, person);
  return [...keys];
}

/**
 * Keys to look up first: numbers, and the whole name with the birth year or day. Few bear them, and
 * nearly everyone who is listed is found by one.
 */
export function firstKeys(person: MatchPerson): MatchKey[] {
  const keys = new Set<MatchKey>();
  const { nik, kk } = person;
  if (nik.digits !== null) keys.add(nik.valid ? keyOf('S', nik.digits.slice(6)) : keyOf('N', nik.digits));
  if (kk.digits !== null) keys.add(keyOf('H', kk.digits));
  if (person.birthYear !== null) addNameAndYear(keys, person, person.birthYear);
  if (person.birthDate !== null) addNameAndDay(keys, person, person.birthDate);
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
  addSwappedNumber(keys, person);
  if (person.birthYear !== null) {
    for (const year of [person.birthYear - 1, person.birthYear + 1]) addNameAndYear(keys, person, year);
    if (undated) for (const apart of [-1, 0, 1]) addUndatedKeys(keys, person, person.birthYear + apart);
  }
  const swapped = swapDayMonth(person.birthDate);
  if (swapped !== null) {
    addNameAndDay(keys, person, swapped);
    addDateKeys(keys, person, swapped);
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

/** Of fifteen or seventeen digits too: what stands before the slip is read from the front, what stands after it from the end. */
function addNearNumber(keys: Set<MatchKey>, { nik }: MatchPerson): void {
  const { digits } = nik;
  if (digits === null || digits.length < 15 || digits.length > 17) return;
  if (nik.valid || digits.length !== 16) keys.add(keyOf('S', digits.slice(-10)));
  keys.add(keyOf('F', digits.slice(0, 12)));
  keys.add(keyOf('G', digits.slice(0, 6) + digits.slice(-8)));
  keys.add(keyOf('J', digits.slice(0, 8) + digits.slice(-6)));
  keys.add(keyOf('K', digits.slice(0, 10) + digits.slice(-4)));
}

/** Places (from 0) where an area, a day, a month and a year end: a swap there spoils two parts at once. */
const seams = [5, 7, 9, 11];

function addSwappedNumber(keys: Set<MatchKey>, { nik }: MatchPerson): void {
  const { digits } = nik;
  if (digits === null || digits.length !== 16) return;
  for (const at of seams) {
    const swapped: string = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    if (swapped !== digits) keys.add(keyOf('S', swapped.slice(6)));
  }
}

function skeletonsOf(person: MatchPerson): string[] {
  return [...new Set(handlesOf(person.name.tokens).map((token) => token.skeleton))].sort();
}

function addNameAndYear(keys: Set<MatchKey>, person: MatchPerson, year: number): void {
  const skeletons = skeletonsOf(person);
  if (skeletons.length > 0) keys.add(keyOf('Y', `${year}|${skeletons.join('.')}`));
}

function addNameAndDay(keys: Set<MatchKey>, person: MatchPerson, date: string): void {
  const skeletons = skeletonsOf(person);
  if (skeletons.length > 0) keys.add(keyOf('M', `${date.slice(5)}|${skeletons.join('.')}`));
}

function addDateKeys(keys: Set<MatchKey>, person: MatchPerson, date: string): void {
  for (const skeleton of skeletonsOf(person)) keys.add(keyOf('P', `${date.slice(0, 7)}|${skeleton}`));
}

function addUndatedKeys(keys: Set<MatchKey>, person: MatchPerson, year: number): void {
  const { kelurahan } = person.address;
  if (kelurahan === null) return;
  for (const skeleton of skeletonsOf(person)) keys.add(keyOf('A', `${kelurahan}|${year}|${skeleton}`));
}

function addPlaceKeys(keys: Set<MatchKey>, person: MatchPerson): void {
  const { kelurahan, rt, rw } = person.address;
  if (kelurahan === null) return;
  const skeletons = skeletonsOf(person);
  if (rt !== null && rw !== null)
    for (const skeleton of skeletons) keys.add(keyOf('R', `${kelurahan}|${rt}|${rw}|${skeleton}`));
  for (const [index, first] of skeletons.entries()) {
    for (const second of skeletons.slice(index + 1)) keys.add(keyOf('L', `${kelurahan}|${first}|${second}`));
  }
}
