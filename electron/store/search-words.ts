import { modernSpelling, normaliseName } from '../matching/names.ts';
import type { Case } from '../../shared/domain/registration.ts';

/**
 * How text becomes the words of the search: lower case, without accents and apostrophes. A name is
 * also found by its class (`Moch.` → `muhammad`) and its new spelling (`Soeharto` → `suharto`), RT and
 * RW as `rt3` and `rw7`, a NIK or KK also by its last four digits as `t0001`, since a masked one shows
 * no more, and a case by its plain serial as `n77`.
 */
export interface SearchWords {
  /** All words of the case. */
  all: string[];
  /** Those of names and streets, in which a slip of the hand is forgiven. */
  spoken: string[];
}

export function searchWordsOf({ number, provinceNumber, serial, household }: Case): SearchWords {
  const { address, families, members } = household;
  const names = members.flatMap((member) => splitWords(member.name));
  const classes = members.flatMap(({ name, sex }) => classesOf(name, sex));
  const street = splitWords(address.street);
  const numbers = [
    ...members.flatMap(({ nik }) => nik ?? []),
    ...families.flatMap(({ kk }) => kk ?? []),
  ].flatMap((digits) => [digits, `t${digits.slice(-4)}`]);
  const spoken = distinct([...names, ...classes, ...street].filter(isSpoken));
  return {
    all: distinct([
      ...spoken,
      ...names,
      ...street,
      ...numbers,
      ...splitWords(number),
      ...splitWords(provinceNumber ?? ''),
      `n${serial}`,
      `rt${address.rt}`,
      `rw${address.rw}`,
      ...splitWords(household.phone ?? '').slice(0, 1),
    ]),
    spoken,
  };
}

/** One word of a query: the case must have one of the words that it may mean. */
export interface QueryWord {
  /** As typed, folded. */
  text: string;
  /** Cases with a word that begins so are meant; a single letter or digit, RT and RW are whole. */
  begins: boolean;
  /** Whole words it may mean as well. */
  also: string[];
  /** A name or street: a slip of the hand is looked through. */
  spoken: boolean;
}

/** Reads what was typed into the search; empty where there is nothing to look for. */
export function readQuery(text: string): QueryWord[] {
  const places: string[] = [];
  const rest = text
    .replace(/\b(rt|rw)[\s.]*0*(\d{1,3})(?!\d)/gi, (_, kind: string, no: string) => keep(places, kind + no))
    .replace(/(?<![\d/])0*(\d{1,3})\s*\/\s*0*(\d{1,3})(?![\d/])/g, (_, rt: string, rw: string) =>
      keep(places, `rt${rt}`, `rw${rw}`),
    )
    // A NIK as it is grouped on screen and paper.
    .replace(/\d{4}(?:[ .-]\d{4})*[ .-]\d{1,4}(?!\d)/g, (number) => number.replace(/\D/g, ''));
  return [
    ...distinct(places).map((place) => ({ text: place, begins: false, also: [], spoken: false })),
    ...distinct(splitWords(rest)).map(readWord),
  ];
}

function readWord(word: string): QueryWord {
  if (/^\d+$/.test(word)) {
    const also = [word.length === 4 ? `t${word}` : null, word.length <= 6 ? `n${Number(word)}` : null];
    return { text: word, begins: word.length > 1, also: also.flatMap((one) => one ?? []), spoken: false };
  }
  return {
    text: word,
    begins: word.length > 1,
    also: distinct([...classesOf(word, null), modernSpelling(word.toUpperCase()).toLowerCase()]),
    spoken: isSpoken(word),
  };
}

/** What a query word and a word of the vocabulary are compared by: pieces of three, the ends marked. */
export function gramsOf(word: string): string[] {
  const padded = `__${word}_`;
  return distinct(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/**
 * Whether the typed word is the other, or its beginning, but for one slip of the hand (two from eight
 * letters on): a letter wrong, missing, too many, or two swapped.
 */
export function isNear(typed: string, word: string): boolean {
  const allowed = typed.length >= 8 ? 2 : 1;
  let before: number[] = [];
  let line = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let row = 1; row <= typed.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= word.length; at += 1) {
      const same = typed[row - 1] === word[at - 1];
      let steps = Math.min(
        (line[at] ?? 0) + 1,
        (next[at - 1] ?? 0) + 1,
        (line[at - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && at > 1 && typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1])
        steps = Math.min(steps, (before[at - 2] ?? 0) + 1);
      next.push(steps);
    }
    if (Math.min(...next) > allowed) return false;
    [before, line] = [line, next];
  }
  // The end of the line is the whole word; before it stand its beginnings.
  return line.slice(Math.max(1, typed.length - allowed)).some((steps) => steps <= allowed);
}

/** Letters only, and long enough that one of them may be wrong. */
function isSpoken(word: string): boolean {
  return word.length >= 4 && /^\p{L}+$/u.test(word);
}

function classesOf(name: string, sex: 'L' | 'P' | null): string[] {
  const { tokens, alias, patronymic } = normaliseName(name, sex);
  return [...tokens, ...alias, ...patronymic].flatMap(({ text, canon }) =>
    distinct([canon, modernSpelling(text)])
      .filter((form) => form !== text && /^[A-Z]{2,}$/.test(form))
      .map((form) => form.toLowerCase()),
  );
}

function splitWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`´ʼ]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function keep(places: string[], ...found: string[]): string {
  places.push(...found.map((place) => place.toLowerCase()));
  return ' ';
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}
