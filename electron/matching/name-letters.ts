import type { NameToken } from './names.ts';

/**
 * A name part at a glance: which letters stand in it, a bit each, and how many there are. Only letters
 * that no rule of spelling takes away or turns into another are looked at, so that the part as it is written,
 * its key and its coarser key have the same ones.
 */
export interface NameLetters {
  letters: number;
  /** Of the coarser key; `unknownLength` where the part says nothing. */
  length: number;
}

export const unknownLength = 15;

/** A letter each, and those that sound alike together; H, J, Y, A, E and I come and go. */
const groups = ['B', 'C', 'D', 'G', 'KQ', 'L', 'M', 'N', 'PFV', 'R', 'SZ', 'T', 'W', 'X', 'U', 'O'];
/** By the code of the letter. */
const bitOf = new Uint16Array(128);
for (const [bit, group] of groups.entries())
  for (const letter of group) bitOf[letter.charCodeAt(0)] = 1 << bit;
/** Pairs that are read as another letter, which one slip makes or breaks. */
const folded = /[KC]H|T[SJ]|D[ZJ]|[SN]J|OE/;

/** A part that was read as a class (`MOCH`), or that a rule may read otherwise, may be like any other. */
export function lettersOf({ text, canon, loose }: NameToken): NameLetters {
  if (canon !== text || folded.test(text) || loose.length >= unknownLength || /[^A-Z]/.test(text))
    return { letters: 0, length: unknownLength };
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= bitOf[text.charCodeAt(at)] ?? 0;
  return { letters, length: loose.length };
}

/** Parts this alike are similar (`compareTokens`): the least that both must have in common, as shares added up. */
const common = 1.6;

/** False only where two parts have nothing in common: neither similar, nor one with a slip, nor an initial. */
export function mayBeLike(one: NameLetters, other: NameLetters): boolean {
  if (one.length === unknownLength || other.length === unknownLength) return true;
  if (one.length === 1 || other.length === 1) return true;
  const lost = bits16(one.letters & ~other.letters);
  const added = bits16(other.letters & ~one.letters);
  if (lost <= 1 && added <= 1) return true;
  // Jaro–Winkler of 0.92 with four letters of prefix is a Jaro of 0.867: at least 1.6 of the two shares.
  const most = Math.min(one.length - lost, other.length - added);
  return most * (one.length + other.length) >= (common - 1e-9) * one.length * other.length;
}

/** Whether two neighbours written as one may be this part; null where their letters do not say. */
export function mayJoin(first: NameLetters, second: NameLetters, other: NameLetters): boolean | null {
  if ([first, second, other].some(({ length }) => length === unknownLength)) return null;
  return (first.letters | second.letters) === other.letters;
}

function bits16(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
