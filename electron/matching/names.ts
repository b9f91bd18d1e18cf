import {
  aliasMarks,
  ambiguousTrailingTitles,
  classOfToken,
  deceasedMarks,
  leadingTitles,
  patronymicMarks,
  trailingTitles,
  weakHandles,
  womensDeceasedMarks,
} from './name-tables.ts';
import { lettersOf } from './letters.ts';

/** One part of a name in the forms the comparison needs; the spelling itself is never lost. */
export interface NameToken {
  /** Upper case, accents and apostrophes off: what stood there. */
  text: string;
  /** The class (`MUHAMMAD` for Moch.), else the text. */
  canon: string;
  /** Sound-alike key: old spelling read as new, Arabic variants folded. */
  key: string;
  /** Coarser key: J/Y and F/P as one. */
  loose: string;
  /** First letter and consonants, at most five (of another script the whole part): the handle for finding. */
  skeleton: string;
  /** The letters of the text and of the coarser key, as `lettersOf` has them. */
  letters: number;
  sounds: number;
}

export interface NormalisedName {
  tokens: NameToken[];
  /** Second name after "alias" or a slash. */
  alias: NameToken[];
  patronymic: NameToken[];
  deceased: boolean;
  /** What was done, in words the clerk reads: "gelar dilepas: H.". */
  rules: string[];
}

/**
 * Reads a name by the rules of Indonesian records: gelar only at their place and only while a name
 * remains, abbreviation classes, bin/binti as patronymic, ALM as a mark. `sex` decides whether
 * `M.` may be Muhammad and `ST.` Siti.
 */
export function normaliseName(raw: string, sex: 'L' | 'P' | null): NormalisedName {
  return readPlainName(raw) ?? readName(raw, sex);
}

/** A name of known parts that mean the same in every place of every name, as most are; else null. */
function readPlainName(raw: string): NormalisedName | null {
  const tokens: NameToken[] = [];
  const rules: string[] = [];
  let from = 0;
  let packed = 0;
  for (let at = 0; at <= raw.length; at += 1) {
    const code = at < raw.length ? raw.charCodeAt(at) : blank;
    if (code !== blank) {
      if (!isLetter(code)) return null;
      packed = 32 * packed + (code & 31);
      continue;
    }
    if (at > from) {
      const part =
        at - from <= mostPacked ? packedPart(packed) : plainPartOf(raw.slice(from, at).toUpperCase());
      if (part === null) return null;
      // Where a name has a part twice, the comparison tells the two apart.
      tokens.push(tokens.includes(part.token) ? { ...part.token } : part.token);
      if (part.rules.length > 0) rules.push(...part.rules);
    }
    from = at + 1;
    packed = 0;
  }
  return { tokens, alias: [], patronymic: [], deceased: false, rules };
}

const blank = ' '.charCodeAt(0);

function isLetter(code: number): boolean {
  const small = code | 32;
  return small >= 97 && small <= 122;
}

interface PlainPart {
  token: NameToken;
  rules: readonly string[];
}

/** Millions of people share few name parts: each is read once. Null where place, sex or neighbours decide. */
const plainParts = new Map<string, PlainPart | null>();
const plainPartsKept = 50_000;

function plainPartOf(word: string): PlainPart | null {
  const known = plainParts.get(word);
  if (known !== undefined) return known;
  const part = mayBeMore(word) ? null : readPlainPart(word);
  if (plainParts.size >= plainPartsKept) plainParts.clear();
  plainParts.set(word, part);
  return part;
}

/** Up to so many letters are one whole number, five bits a letter, A being 1. */
export const mostPacked = 10;
/** The same parts by that number: to put letters together, or take them apart, costs more than to find it. */
const packedParts = new Map<number, PlainPart | null>();

function packedPart(packed: number): PlainPart | null {
  const known = packedParts.get(packed);
  if (known !== undefined) return known;
  const part = plainPartOf(unpacked(packed));
  if (packedParts.size >= plainPartsKept) packedParts.clear();
  packedParts.set(packed, part);
  return part;
}

function unpacked(packed: number): string {
  let text = '';
  for (let rest = packed; rest > 0; rest = Math.floor(rest / 32))
    text = String.fromCharCode(64 + (rest % 32)) + text;
  return text;
}

function readPlainPart(word: string): PlainPart {
  const rules: string[] = [];
  return { token: toToken(word, classOfToken.get(word) ?? null, rules), rules };
}

/** A title, a mark, an abbreviation that its place decides, or two parts in one. */
function mayBeMore(word: string): boolean {
  return (
    [
      leadingTitles,
      trailingTitles,
      ambiguousTrailingTitles,
      deceasedMarks,
      patronymicMarks,
      aliasMarks,
      placedAbbreviations,
    ].some((words) => words.has(word)) || splitAbdul(word).length > 1
  );
}

function readName(raw: string, sex: 'L' | 'P' | null): NormalisedName {
  const rules: string[] = [];
  const words = splitWords(raw);
  const deceased = isDeceased(words);
  if (deceased) rules.push('tanda almarhum/almarhumah dilepas');
  else if (words.some((word) => deceasedMarks.has(word.plain)))
    rules.push('tanda almarhum dibaca sebagai milik ayah');
  const living = words.filter((word) => !deceasedMarks.has(word.plain));
  const stripped = stripTitles(living, rules);
  const parts = stripped.flatMap((word) => word.pieces);
  const { name, alias, patronymic } = partition(parts, rules);
  return {
    tokens: toTokens(name, sex, rules),
    alias: toTokens(withoutLeadingTitles(alias, rules), sex, []),
    patronymic: toTokens(withoutLeadingTitles(patronymic, rules), null, []),
    deceased,
    rules,
  };
}

/** A mark after the father's name is his, unless it is said of a woman: SITI BINTI ABDULLAH (ALM) lives. */
function isDeceased(words: readonly Word[]): boolean {
  const father = words.findIndex((word, at) => at > 0 && patronymicMarks.has(word.plain));
  return words.some(
    ({ plain }, at) =>
      deceasedMarks.has(plain) && (father < 0 || at < father || womensDeceasedMarks.has(plain)),
  );
}

/** The tokens by which a person can be found: weak parts only where nothing else stands. */
export function handlesOf(tokens: readonly NameToken[]): NameToken[] {
  const strong = tokens.filter(isStrong);
  const handles = strong.length > 0 ? strong : tokens;
  return handles.slice(0, 4);
}

/**
 * The same, once more with the father where only weak parts stand in the own name: who is MUHAMMAD BIN SALEH here is
 * MUHAMMAD SALEH there, and found by SALEH.
 */
export function handleReadings(own: readonly NameToken[], father: readonly NameToken[]): NameToken[][] {
  const handles = handlesOf(own);
  return father.length === 0 || own.some(isStrong) ? [handles] : [handles, handlesOf([...own, ...father])];
}

function isStrong({ canon, text }: NameToken): boolean {
  return !weakHandles.has(canon) && text.length > 1;
}

interface Word {
  /** Letters and digits only: `S.PD` → `SPD`. */
  plain: string;
  /** Split at dots: `M.ALI` → `M`, `ALI`. */
  pieces: string[];
  dotted: boolean;
  afterComma: boolean;
  /** Put together of several that stood with a blank between them: `S. P.` */
  joined: boolean;
}

function splitWords(raw: string): Word[] {
  const text = inPlainLetters(raw.replace(/['’‘`´\u02b9-\u02bf"]/g, '').toUpperCase())
    .replace(sonOf, ' BIN ')
    .replace(/\//g, ' ALIAS ')
    .replace(/[-_()]/g, ' ');
  const words: Word[] = [];
  for (const [index, section] of text.split(',').entries()) {
    for (const chunk of section.split(/\s+/)) {
      const pieces = chunk
        .split('.')
        .map((piece) => piece.replace(/[^\p{L}\p{M}\p{N}]/gu, ''))
        .filter((piece) => piece !== '');
      if (pieces.length === 0) continue;
      words.push({
        plain: pieces.join(''),
        pieces,
        dotted: chunk.includes('.'),
        afterComma: index > 0,
        joined: false,
      });
    }
  }
  return words;
}

/** `S/O` and `D/O`, `A/L` and `A/P` of Malay and Indian names: son or daughter of. */
const sonOf = /(?<!\p{L})(?:[SD]\s?\/\s?O|A\s?\/\s?[LP])(?!\p{L})/gu;

/**
 * Accents off, and Latin letters that have none by themselves as they are written without them. What belongs to the
 * letters of another script (its vowels) stays. Nearly every name is plain letters, and then there is nothing to take apart.
 */
function inPlainLetters(text: string): string {
  if (plainLetters.test(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/[\p{M}&&\p{Script=Inherited}]/gv, '')
    .normalize('NFC')
    .replace(/[ŁØĐÐÞÆŒ]/g, (letter) => latinLetters[letter] ?? letter);
}

const plainLetters = /^[ -~]*$/;
/** In upper case: ı and ß have become I and SS. */
const latinLetters: Record<string, string> = {
  Ł: 'L',
  Ø: 'O',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  Æ: 'AE',
  Œ: 'OE',
};

function stripTitles(all: readonly Word[], rules: string[]): Word[] {
  const words = withWholeDegrees(all);
  let start = 0;
  let end = words.length;
  const gone: string[] = [];
  while (end - start > 1) {
    const word = words[start];
    if (!word || !isLeadingTitle(word)) break;
    gone.push(word.plain);
    start += 1;
  }
  while (end - start > 1) {
    const word = words[end - 1];
    const besideAnother = end < words.length || (end - start > 2 && isDegree(words[end - 2]));
    if (!word || !isTrailingTitle(word, besideAnother)) break;
    gone.push(word.plain);
    end -= 1;
  }
  if (gone.length > 0) rules.push(`gelar dilepas: ${gone.join(', ')}`);
  const [first, ...rest] = words.slice(start, end);
  return first ? [withoutInnerTitles(first, rules), ...rest] : [];
}

/** Parts of the longest degree (`A. Md. Keb.`). */
const degreeParts = 3;

/** `S. Pd.` and `M. Si` are one degree each, written with a blank after the dot. */
function withWholeDegrees(words: readonly Word[]): Word[] {
  const whole: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    let taken = 1;
    for (let count = degreeParts; count > 1 && taken === 1; count -= 1)
      if (at > 0 && isWholeDegree(words.slice(at, at + count), count)) taken = count;
    whole.push(...joinedWords(words.slice(at, at + taken)));
    at += taken - 1;
  }
  return whole;
}

function isWholeDegree(words: readonly Word[], count: number): boolean {
  const plain = words.map((word) => word.plain).join('');
  return (
    words.length === count &&
    words.slice(0, -1).every((word) => word.dotted) &&
    (trailingTitles.has(plain) || ambiguousTrailingTitles.has(plain))
  );
}

function joinedWords(words: readonly Word[]): Word[] {
  const [first] = words;
  if (first === undefined || words.length === 1) return [...words];
  const pieces = words.flatMap((word) => word.pieces);
  return [{ ...first, plain: pieces.join(''), pieces, joined: true }];
}

/** Also several that are written without a blank: `Drs.H.` */
function isLeadingTitle({ plain, pieces }: Word): boolean {
  return leadingTitles.has(plain) || pieces.every((piece) => leadingTitles.has(piece));
}

/** `H.MUHAMMAD` written without a blank: the titles are pieces of the first word. */
function withoutInnerTitles(word: Word, rules: string[]): Word {
  const [first, ...rest] = word.pieces;
  if (first === undefined || rest.length === 0 || !leadingTitles.has(first)) return word;
  if (rest.every((piece) => piece.length === 1)) return word;
  rules.push(`gelar dilepas: ${first}`);
  return withoutInnerTitles({ ...word, pieces: rest }, rules);
}

/** The father and the second name bear titles of their own: `BIN H. ALI`. One part stays. */
function withoutLeadingTitles(parts: readonly string[], rules: string[]): string[] {
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0 || !leadingTitles.has(first)) return [...parts];
  rules.push(`gelar dilepas: ${first}`);
  return withoutLeadingTitles(rest, rules);
}

/**
 * `SE` is a degree after a comma, beside another degree, or as `S.E.`; else it may be a name, and `S. E.` may be two
 * initials.
 */
function isTrailingTitle(word: Word, besideAnother: boolean): boolean {
  if (trailingTitles.has(word.plain)) return true;
  return (
    ambiguousTrailingTitles.has(word.plain) &&
    (besideAnother || word.afterComma || (word.pieces.length > 1 && !word.joined))
  );
}

/** Beside which another one is a degree, too: known as one, or written with dots. */
function isDegree(word: Word | undefined): boolean {
  if (word === undefined) return false;
  const { plain, pieces } = word;
  return trailingTitles.has(plain) || (ambiguousTrailingTitles.has(plain) && pieces.length > 1);
}

function partition(
  parts: readonly string[],
  rules: string[],
): { name: string[]; alias: string[]; patronymic: string[] } {
  const result: { name: string[]; alias: string[]; patronymic: string[] } = {
    name: [],
    alias: [],
    patronymic: [],
  };
  let target = result.name;
  for (const part of parts) {
    if (result.name.length > 0 && patronymicMarks.has(part)) {
      target = result.patronymic;
      rules.push('bin/binti dibaca sebagai nama ayah');
    } else if (result.name.length > 0 && aliasMarks.has(part)) {
      target = result.alias;
      rules.push('nama alias dipisahkan');
    } else if (!aliasMarks.has(part)) {
      target.push(part);
    }
  }
  return result;
}

function toTokens(parts: readonly string[], sex: 'L' | 'P' | null, rules: string[]): NameToken[] {
  const split = parts.flatMap((part) => splitAbdul(part));
  return split.map((text, index) => toToken(text, classAt(text, index, split.length, sex), rules));
}

/** `ABDURRAHMAN`, `ABDULRAHMAN` → `ABDUL` + `RAHMAN`; `ABDULLAH` is a name of its own. */
function splitAbdul(text: string): string[] {
  if (text === 'ABDULLAH' || text === 'ABDULAH') return [text];
  const rest = /^ABD(?:U|O|OE)(.{4,})$/.exec(text)?.[1];
  if (rest === undefined) return [text];
  const second = rest[1] ?? '';
  if (rest[0] === second || (rest[0] === 'L' && !rest.startsWith('LAH'))) return ['ABDUL', rest.slice(1)];
  return ['ABDUL', rest];
}

/** What these stand for where their place and the person's sex allow it. */
const placedAbbreviations: ReadonlyMap<string, { stands: string; never: 'L' | 'P' }> = new Map([
  ['M', { stands: 'MUHAMMAD', never: 'P' }],
  ['MH', { stands: 'MUHAMMAD', never: 'P' }],
  ['ST', { stands: 'SITI', never: 'L' }],
]);

function classAt(text: string, index: number, count: number, sex: 'L' | 'P' | null): string | null {
  const placed = placedAbbreviations.get(text);
  if (placed === undefined) return classOfToken.get(text) ?? null;
  return index === 0 && count > 1 && sex !== placed.never ? placed.stands : null;
}

/** Whether its place or the person's sex decided what the part stands for. */
export function isPlaced({ text, canon }: NameToken): boolean {
  return canon !== text && placedAbbreviations.has(text);
}

/** A part out of what is kept of it: its text, and what `isPlaced` said. */
export function namePart(text: string, placed: boolean): NameToken {
  if (placed) return toToken(text, placedAbbreviations.get(text)?.stands ?? null, []);
  return plainPartOf(text)?.token ?? toToken(text, classOfToken.get(text) ?? null, []);
}

/** The same of a part whose letters are one number and whose place says nothing. */
export function packedNamePart(packed: number): NameToken {
  return packedPart(packed)?.token ?? namePart(unpacked(packed), false);
}

function toToken(text: string, nameClass: string | null, rules: string[]): NameToken {
  const canon = nameClass ?? text;
  if (canon !== text) rules.push(`${text} dibaca ${canon}`);
  const { modern, key, loose, skeleton } = soundOf(canon);
  if (modern !== canon) rules.push(`ejaan lama: ${canon} dibaca ${modern}`);
  return { text, canon, key, loose, skeleton, letters: lettersOf(text), sounds: lettersOf(loose) };
}

interface Sound {
  modern: string;
  key: string;
  loose: string;
  skeleton: string;
}

function soundOf(canon: string): Sound {
  const modern = modernSpelling(canon);
  const key = soundKey(modern);
  const loose = key.replace(/J/g, 'Y').replace(/F/g, 'P');
  return { modern, key, loose, skeleton: skeletonOf(loose) };
}

/** Van Ophuijsen and Soewandi spelling to EYD. J becomes Y only beside another old sign. */
export function modernSpelling(text: string): string {
  const hasOldSign = /OE|TJ|DJ|NJ|SJ/.test(text);
  if (!hasOldSign) return text;
  return text
    .replace(/(?<![TDNS])J/g, 'Y')
    .replace(/OE/g, 'U')
    .replace(/TJ/g, 'C')
    .replace(/DJ/g, 'J')
    .replace(/NJ/g, 'NY')
    .replace(/SJ/g, 'SY')
    .replace(/CH/g, 'KH');
}

const sounds: Record<string, string> = {
  KH: 'H',
  CH: 'H',
  SY: 'S',
  SH: 'S',
  TS: 'S',
  TH: 'T',
  DZ: 'S',
  DH: 'D',
  Z: 'S',
  Q: 'K',
  PH: 'F',
  V: 'F',
  OE: 'U',
};

/** Spellings of Arabic and older names that sound alike become one; double letters become single ones. */
function soundKey(text: string): string {
  return text
    .replace(/KH|CH|SY|SH|TS|TH|DZ|DH|Z|Q|PH|V|OE/g, (sound) => sounds[sound] ?? sound)
    .replace(/(.)\1+/g, '$1')
    .replace(/IY(?=[AEOU])|Y$|IE|AE|AI|EI/g, 'I')
    .replace(/AH$/, 'A');
}

/**
 * What is left of a part of which only ways to write one name are folded: old spelling, letters that Arabic names are written
 * with or without, F and P, vowels that clerks exchange, double letters, J for Y in a part of five letters or more (HIDAJAT,
 * JUSUF). Two that sound the same (`key`, `loose`) but differ in this are two names that twins bear: RAFA and RAVA, ZAHRA
 * and SAHRA, JULI and YULI, RAISA and RISA.
 */
export function writtenKey(canon: string): string {
  const modern = modernSpelling(canon);
  return (modern.length > 4 ? modern.replace(/J/g, 'Y') : modern)
    .replace(/KH|CH|SY|SH|TS|TH|DZ|DH|Q|PH|OE/g, (sound) => (sound === 'DZ' ? 'Z' : (sounds[sound] ?? sound)))
    .replace(/F/g, 'P')
    .replace(/(.)\1+/g, '$1')
    .replace(/IY(?=[AEOU])|Y$|IE/g, 'I')
    .replace(/AE|EI/g, 'AI')
    .replace(/AH$/, 'A');
}

/** Which letters are vowels is known of Latin ones; a name of another script is found by all of it. */
function skeletonOf(key: string): string {
  if (!latin.test(key)) return key;
  const first = key.slice(0, 1).replace(/[AEIOU]/, 'A');
  return (first + key.slice(1).replace(/[AEIOU]/g, '')).slice(0, 5);
}

const latin = /^[A-Z0-9]*$/;
