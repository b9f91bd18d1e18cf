import { keyOf } from './blocking.ts';
import { lettersOf, type NameLetters } from './name-letters.ts';
import type { NameToken, NormalisedName } from './names.ts';
import type { MatchPerson } from './normalise.ts';

/**
 * What a pair's bits can be bounded by without its row: birth, sex, numbers, area and the sounds and letters
 * of the name, in so many bytes. Offsets, little endian:
 *
 * | 0 birth as yyyymmdd (yyyy0000 where only the year is known) | 4 sex | 5 flags | 6 NIK, two halves |
 * | 14 No KK, two halves | 22 kelurahan | 24 RT | 25 RW | 26 four sounds | 34 the letters of four parts |
 * | 42 their lengths | 44 three pairs of neighbouring sounds | 47 the letters of two parts of the mother |
 * | 51 their lengths |
 */
export const briefBytes = 52;

/** A stored person at a glance. */
export interface Glimpse {
  id: string;
  briefs: DataView;
  at: number;
}

/** What a brief says beside its numbers, a bit each. */
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
  sounds: 26,
  letters: 34,
  lengths: 42,
  joined: 44,
  mother: 47,
  motherLengths: 51,
} as const;

export function writeBrief(person: MatchPerson, view: DataView, from: number): void {
  const { nik, kk, address, name, mother } = person;
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
  const tokens = name.tokens.slice(0, 4);
  if (isOpen(name, 4)) flags |= flag.nameOpen;
  let lengths = 0;
  for (const [index, token] of tokens.entries()) {
    const { letters, length } = lettersOf(token);
    view.setUint16(from + at.sounds + 2 * index, soundOf(token.loose), true);
    view.setUint16(from + at.letters + 2 * index, letters, true);
    lengths |= length << (4 * index);
  }
  view.setUint16(from + at.lengths, lengths, true);
  for (const [index, sound] of joinedSounds(tokens).entries()) view.setUint8(from + at.joined + index, sound);
  if (mother !== null && mother.tokens.length > 0) {
    flags |= flag.mother;
    if (isOpen(mother, 2)) flags |= flag.motherOpen;
    let motherLengths = 0;
    for (const [index, token] of mother.tokens.slice(0, 2).entries()) {
      const { letters, length } = lettersOf(token);
      view.setUint16(from + at.mother + 2 * index, letters, true);
      motherLengths |= length << (4 * index);
    }
    view.setUint8(from + at.motherLengths, motherLengths);
  }
  view.setUint8(from + at.flags, flags);
}

export function briefOf(person: MatchPerson): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(briefBytes));
  writeBrief(person, view, 0);
  return view;
}

/** @param lengths of the parts, four bits each; the first that has none ends them. */
export function lettersAt(view: DataView, from: number, lengths: number): NameLetters[] {
  const found: NameLetters[] = [];
  for (let left = lengths; left !== 0; left >>>= 4)
    found.push({ letters: view.getUint16(from + 2 * found.length, true), length: left & 15 });
  return found;
}

/** Whether the sounds alone do not say how the name may be read: more parts than are kept, or a second name. */
function isOpen(name: NormalisedName, kept: number): boolean {
  return name.tokens.length > kept || name.alias.length > 0;
}

/** Neighbours written as one (`NURHAYATI`): their sounds together, double letters as one. */
export function joinedSounds(tokens: readonly NameToken[]): number[] {
  return tokens
    .slice(1)
    .map((second, index) => joinedSound(soundOf(withoutDoubles(`${tokens[index]?.loose}${second.loose}`))));
}

/** Few have any: that is seen sooner than looked for by an expression. */
function withoutDoubles(text: string): string {
  for (let at = 1; at < text.length; at += 1)
    if (text.charCodeAt(at) === text.charCodeAt(at - 1)) return text.replace(/(.)\1+/g, '$1');
  return text;
}

/** Sixteen bits, never zero. */
export function soundOf(loose: string): number {
  return (keyOf('T', loose) % 0xffff) + 1;
}

/** Eight of them, never zero. */
export function joinedSound(sound: number): number {
  return (sound % 0xff) + 1;
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
