import type { TokenPair } from './compare-names.ts';
import { writtenKey } from './names.ts';

/**
 * By what two parts of a name differ that may be two names: another letter (RINA, RINI), a letter lost or doubled (YULI,
 * YULIA), none but exchanged with its neighbours (DINA, DIAN), or one that sounds nearly the same (RAFA, RAVA).
 */
export type NameSlip = 'letter' | 'lost' | 'exchanged' | 'sound';

export function slipBetween(one: string, other: string): NameSlip {
  if (one.length !== other.length) return 'lost';
  return [...one].sort().join('') === [...other].sort().join('') ? 'exchanged' : 'letter';
}

/** The same of two parts that stand at a level; null where they are one name, however it is written, or have less in common. */
export function slipOf(
  level: 'similar' | 'key',
  texts: readonly [string, string],
  canons: readonly [string, string],
): NameSlip | null {
  if (level === 'similar') return isOfTheFinger(...texts) ? null : slipBetween(...texts);
  return writtenKey(canons[0]) === writtenKey(canons[1]) ? null : 'sound';
}

/**
 * Whether two parts that are similar are one, mistyped: letters are exchanged or lost so that one of them cannot be said
 * (BMABANG, SUPRMAN), or exchanged within a long one (RAHAMWATI). Parents play with short names, and with how they end.
 */
function isOfTheFinger(one: string, other: string): boolean {
  const slip = slipBetween(one, other);
  if (slip === 'letter') return false;
  if (canBeSaid(one) !== canBeSaid(other)) return true;
  return slip === 'exchanged' && one.length >= longPart && one.slice(-2) === other.slice(-2);
}

const longPart = 7;

/** As Indonesian names are said: no three consonants together but before R, L, Y, and few pairs at the beginning. */
function canBeSaid(part: string): boolean {
  const sounds = writtenKey(part)
    .replace(/N[GY]/g, 'N')
    .replace(/Y(?![AEIOU])/g, 'I');
  return !unsaid.test(sounds);
}

const unsaid = /[^AEIOU]{2}[^AEIOURLY]|^[^AEIOUSMN][^AEIOURLWYH]/;

export function slipOfPair({
  level,
  left,
  right,
  canons: [one = '', other = ''],
}: TokenPair): NameSlip | null {
  return level === 'similar' || level === 'key' ? slipOf(level, [left, right], [one, other]) : null;
}

const worstFirst: readonly NameSlip[] = ['letter', 'lost', 'exchanged', 'sound'];

/** The one of several slips that speaks most for two names; null where there is none. */
export function worstSlip(slips: readonly (NameSlip | null)[]): NameSlip | null {
  return worstFirst.find((slip) => slips.includes(slip)) ?? null;
}

/** What a pair says of whether it is a person and their twin, brother, or sister. */
export interface Kinship {
  /** The number is equal, or one slip of the finger off. */
  numberAgrees: boolean;
  /** KK, address or relatives say that they live together, or may. */
  home: boolean;
  /** The worst slip of the own name; null where it is one name. */
  slip: NameSlip | null;
  born: 'alike' | 'one_digit' | 'other';
}

/**
 * Parents give twins names that are nearly the same (DINA and DIAN, ALYA and AYLA, RAFA and RAVA, RISKA and RISMA), and one of
 * the two may be missing on either side. They share the birth date, the mother and, until one marries, the card: without the
 * number nothing tells a slip of the pen in the one's name from the other. Brothers and sisters share the home and half of
 * their names.
 */
export function mayBeKin({ numberAgrees, home, slip, born }: Kinship): 'twin' | 'sibling' | null {
  if (numberAgrees || slip === null) return null;
  if (born === 'alike') return 'twin';
  return home && (slip === 'letter' || born === 'other') ? 'sibling' : null;
}
