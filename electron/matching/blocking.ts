import { handlesOf } from './names.ts';
import { normalisePerson, type MatchInput, type MatchPerson } from './normalise.ts';
import { numbersOneSlipAway } from './numbers.ts';

/**
 * Keys by which a person is found again. Recall is lost here, not in scoring, so each person has
 * several, each surviving another kind of mistake. The first letter names the rule:
 *
 * | N | NIK                              | S | NIK digits 7–16 (date and serial)        |
 * | H | No KK                            | Y | birth year + all skeletons               |
 * | M | birth day and month + skeletons  | P | birth year and month + one skeleton      |
 * | R | kelurahan, RT, RW + one skeleton | L | kelurahan + two skeletons                |
 * | A | kelurahan, birth year + one skeleton (lists without birth date or NIK)           |
 *
 * @returns keys to store for a person; some ten, no duplicates.
 */
export function matchKeysOf(input: MatchInput): string[] {
  return storedKeys(normalisePerson(input));
}

/**
 * As `matchKeysOf`, for a person of a reference list: with `T` and each part of the name, which finds
 * nobody. Its bearers are counted for the rarity of the part, and only those in lists.
 */
export function listedKeysOf(input: MatchInput): string[] {
  const person = normalisePerson(input);
  return [...storedKeys(person), ...new Set(person.name.tokens.map((token) => nameKey(token.canon)))];
}

/** As `matchKeysOf`, for a person already normalised. */
export function storedKeys(person: MatchPerson): string[] {
  const keys = new Set(numberKeys(person));
  if (person.birthYear !== null) addYearKeys(keys, person, person.birthYear);
  if (person.birthDate !== null) addDateKeys(keys, person, person.birthDate);
  addPlaceKeys(keys, person);
  return [...keys];
}

/** Key whose bearers are all who have this part in their name. */
export function nameKey(canon: string): string {
  return `T${canon}`;
}

/**
 * Keys to look up first: numbers, and the whole name with the birth year or day. Few bear them, and
 * nearly everyone who is listed is found by one.
 */
export function firstKeys(person: MatchPerson): string[] {
  const keys = new Set(numberKeys(person));
  const skeletons = skeletonsOf(person).join('.');
  if (skeletons !== '' && person.birthYear !== null) keys.add(`Y${person.birthYear}|${skeletons}`);
  if (skeletons !== '' && person.birthDate !== null) keys.add(`M${person.birthDate.slice(5)}|${skeletons}`);
  return [...keys];
}

/**
 * Keys to look up for whom the first did not find surely: the other stored ones, which many strangers
 * bear, and the slips that are cheaper to try here than to store: one wrong digit in the NIK, day and
 * month swapped, birth year one off.
 *
 * @param undated whether some who are searched have no birth date: only among them, or for one without,
 * the year with one name part tells more than the month does.
 */
export function furtherKeys(person: MatchPerson, undated: boolean): string[] {
  const keys = new Set(storedKeys(person));
  if (person.nik.digits !== null)
    for (const near of numbersOneSlipAway(person.nik.digits)) keys.add(`N${near}`);
  if (person.birthYear !== null) {
    addYearKeys(keys, person, person.birthYear - 1);
    addYearKeys(keys, person, person.birthYear + 1);
  }
  const swapped = swapDayMonth(person.birthDate);
  if (swapped !== null) addDateKeys(keys, person, swapped);
  for (const key of firstKeys(person)) keys.delete(key);
  const dated = person.birthDate !== null && !undated;
  return dated ? [...keys].filter((key) => !key.startsWith('A')) : [...keys];
}

/** ISO date with day and month exchanged, or null where that is no date or changes nothing. */
export function swapDayMonth(date: string | null): string | null {
  if (date === null) return null;
  const [year, month, day] = date.split('-');
  if (year === undefined || month === undefined || day === undefined || Number(day) > 12 || day === month)
    return null;
  return `${year}-${day}-${month}`;
}

function numberKeys(person: MatchPerson): string[] {
  const keys: string[] = [];
  if (person.nik.digits !== null) keys.push(`N${person.nik.digits}`);
  if (person.nik.valid && person.nik.digits !== null) keys.push(`S${person.nik.digits.slice(6)}`);
  if (person.kk.digits !== null) keys.push(`H${person.kk.digits}`);
  return keys;
}

function skeletonsOf(person: MatchPerson): string[] {
  return [...new Set(handlesOf(person.name.tokens).map((token) => token.skeleton))].sort();
}

function addYearKeys(keys: Set<string>, person: MatchPerson, year: number): void {
  const skeletons = skeletonsOf(person);
  if (skeletons.length === 0) return;
  keys.add(`Y${year}|${skeletons.join('.')}`);
  const { kelurahan } = person.address;
  if (kelurahan !== null) for (const skeleton of skeletons) keys.add(`A${kelurahan}|${year}|${skeleton}`);
}

function addDateKeys(keys: Set<string>, person: MatchPerson, date: string): void {
  const skeletons = skeletonsOf(person);
  if (skeletons.length === 0) return;
  keys.add(`M${date.slice(5)}|${skeletons.join('.')}`);
  for (const skeleton of skeletons) keys.add(`P${date.slice(0, 7)}|${skeleton}`);
}

function addPlaceKeys(keys: Set<string>, person: MatchPerson): void {
  const { kelurahan, rt, rw } = person.address;
  if (kelurahan === null) return;
  const skeletons = skeletonsOf(person);
  if (rt !== null && rw !== null)
    for (const skeleton of skeletons) keys.add(`R${kelurahan}|${rt}|${rw}|${skeleton}`);
  for (const [index, first] of skeletons.entries()) {
    for (const second of skeletons.slice(index + 1)) keys.add(`L${kelurahan}|${first}|${second}`);
  }
}
