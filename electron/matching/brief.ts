import { keyOf } from './blocking.ts';
import {
  isPlaced,
  mostPacked,
  type NameToken,
  namePart,
  type NormalisedName,
  packedNamePart,
} from './names.ts';
import type { MatchPerson } from './normalise.ts';

/**
 * What a pair's bits can be bounded by without its row: birth, sex, numbers, area, and the names as they are
 * compared, in so many bytes. Offsets, little endian:
 *
 * | 0 birth as yyyymmdd (yyyy0000 where only the year is known) | 4 sex | 5 flags | 6 NIK, two halves |
 * | 14 No KK, two halves | 22 kelurahan | 24 RT | 25 RW | 26 the own parts of the name, then the mother's |
 */
export const briefBytes = 56;

/** A stored person at a glance. */
export interface Glimpse {
  id: string;
  /** The reference list that the person stands in; empty where it is the register itself, or its drafts. */
  list: string;
  briefs: DataView;
  at: number;
}

/** What a brief says beside its numbers, a bit each; `open` is a name that is not written whole. */
export const flag = { nikOdd: 1, nikValid: 2, kkOdd: 4, nameOpen: 8, motherOpen: 16, mother: 32 };
/** Where what stands in a brief. */
export const at = {
  birth: 0,
  sex: 4,
  flags: 5,
  nik: 6,
  kk: 14,
  kelurahan: 22,
  rt: 24,
  rw: 25,
  names: 26,
} as const;

/** Names are written five bits a letter: A is 1. */
const sign = { end: 0, part: 27, mother: 28, placed: 29 };
const mostSigns = ((briefBytes - at.names) * 8) / 5;

export function writeBrief(person: MatchPerson, view: DataView, from: number): void {
  const { nik, kk, address } = person;
  let flags = 0;
  const number = (digits: string | null, offset: number, odd: number) => {
    if (digits === null) return;
    if (digits.length === 16) {
      view.setUint32(from + offset, Number(digits.slice(0, 8)), true);
      view.setUint32(from + offset + 4, Number(digits.slice(8)), true);
    } else flags |= odd;
  };
  view.setUint32(from + at.birth, birthNumber(person), true);
  view.setUint8(from + at.sex, person.sex === null ? 0 : person.sex === 'L' ? 1 : 2);
  number(nik.digits, at.nik, flag.nikOdd);
  number(kk.digits, at.kk, flag.kkOdd);
  if (nik.valid) flags |= flag.nikValid;
  view.setUint16(from + at.kelurahan, areaOf(address.kelurahan), true);
  view.setUint8(from + at.rt, placeNumber(address.rt));
  view.setUint8(from + at.rw, placeNumber(address.rw));
  view.setUint8(from + at.flags, flags | writeNames(person, view, from + at.names));
}

/** Answers what its flags say of the names. */
function writeNames({ name, mother }: MatchPerson, view: DataView, from: number): number {
  const signs = new Signs(view, from);
  let flags = 0;
  // Also of who has a father: by the name those of one card are counted (`countPeople`).
  const whole = signs.write(name.tokens);
  if (hasMore(name) || !whole) flags |= flag.nameOpen;
  if (mother !== null && mother.tokens.length > 0) {
    flags |= flag.mother;
    if (hasMore(mother) || !signs.write(mother.tokens, sign.mother)) flags |= flag.motherOpen;
  }
  signs.end();
  return flags;
}

/** An alias or a father, which a brief has no place for. */
export function hasMore({ alias, patronymic }: NormalisedName): boolean {
  return alias.length > 0 || patronymic.length > 0;
}

/** Writes names sign by sign, each whole or not at all. */
class Signs {
  readonly #view: DataView;
  #at: number;
  #written = 0;
  #bits = 0;
  #count = 0;

  constructor(view: DataView, from: number) {
    this.#view = view;
    this.#at = from;
  }

  /** @param first what stands before it, if anything. */
  write(tokens: readonly NameToken[], first: number | null = null): boolean {
    let signs = tokens.length - 1 + (first === null ? 0 : 1);
    for (const token of tokens) {
      if (!isLetters(token.text)) return false;
      signs += token.text.length + (isPlaced(token) ? 1 : 0);
    }
    if (this.#written + signs > mostSigns) return false;
    if (first !== null) this.#put(first);
    for (const [index, token] of tokens.entries()) {
      if (index > 0) this.#put(sign.part);
      for (let at = 0; at < token.text.length; at += 1) this.#put(token.text.charCodeAt(at) - beforeA);
      if (isPlaced(token)) this.#put(sign.placed);
    }
    return true;
  }

  end(): void {
    if (this.#count > 0) this.#view.setUint8(this.#at, this.#bits);
  }

  #put(code: number): void {
    this.#written += 1;
    this.#bits |= code << this.#count;
    this.#count += 5;
    if (this.#count < 8) return;
    this.#view.setUint8(this.#at, this.#bits & 0xff);
    this.#at += 1;
    this.#bits >>>= 8;
    this.#count -= 8;
  }
}

const beforeA = 64;

function isLetters(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at) - beforeA;
    if (code < 1 || code > 26) return false;
  }
  return true;
}

/** The own parts of a person's name; of one that is open, at most. */
export function readName(view: DataView, from: number): NameToken[] {
  return readParts(view, from, 0);
}

/** The parts of the mother's name; none where it is open. */
export function readMother(view: DataView, from: number): NameToken[] {
  let nth = 0;
  while (nth < mostSigns) {
    const code = signAt(view, from, nth);
    nth += 1;
    if (code === sign.end) return [];
    if (code === sign.mother) break;
  }
  return readParts(view, from, nth);
}

/** Those from the nth sign on, up to where another name begins. */
function readParts(view: DataView, from: number, first: number): NameToken[] {
  const parts: NameToken[] = [];
  let length = 0;
  let packed = 0;
  let placed = false;
  for (let nth = first; nth <= mostSigns; nth += 1) {
    const code = nth === mostSigns ? sign.end : signAt(view, from, nth);
    if (code < sign.part && code !== sign.end) {
      codes[length] = code;
      length += 1;
      packed = 32 * packed + code;
    } else if (code === sign.placed) placed = true;
    else {
      if (length > 0) parts.push(partOf(length, packed, placed));
      if (code !== sign.part) break;
      length = 0;
      packed = 0;
      placed = false;
    }
  }
  return parts;
}

function signAt(view: DataView, from: number, nth: number): number {
  const bit = 5 * nth;
  const byte = from + at.names + (bit >> 3);
  const inByte = bit & 7;
  // A sign that begins in the last byte ends in it.
  const two = inByte > 3 ? view.getUint16(byte, true) : view.getUint8(byte);
  return (two >> inByte) & 31;
}

/** The letters of the part that is read. */
const codes = new Uint8Array(mostSigns);
function partOf(length: number, packed: number, placed: boolean): NameToken {
  return placed || length > mostPacked ? namePart(textOf(length), placed) : packedNamePart(packed);
}

function textOf(length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += letters[codes[at] ?? 0] ?? '';
  return text;
}

const letters = Array.from({ length: 27 }, (_, code) => String.fromCharCode(beforeA + code));

export function briefOf(person: MatchPerson): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(briefBytes));
  writeBrief(person, view, 0);
  return view;
}

function areaOf(kelurahan: string | null): number {
  return kelurahan === null ? 0 : (keyOf('a', kelurahan) % 0xffff) + 1;
}

/** A byte of an RT or RW, zero where it is not known. */
function placeNumber(number: number | null): number {
  return number === null ? 0 : (number % 0xff) + 1;
}

function birthNumber({ birthDate, birthYear }: MatchPerson): number {
  if (birthDate === null) return 10_000 * (birthYear ?? 0);
  return (
    Number(birthDate.slice(0, 4)) * 10_000 +
    Number(birthDate.slice(5, 7)) * 100 +
    Number(birthDate.slice(8, 10))
  );
}
