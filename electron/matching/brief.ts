import { keyOf } from './blocking.ts';
import type { Model } from './model.ts';
import type { NameToken, NormalisedName } from './names.ts';
import type { MatchPerson } from './normalise.ts';
import type { WeighOptions } from './weigh.ts';

/**
 * What a pair's bits can be bounded by without its row: birth, sex, numbers, area and the sounds of the
 * name, in so many bytes. Offsets, little endian:
 *
 * | 0 birth date as yyyymmdd | 4 birth year | 6 sex | 7 flags | 8 NIK, two halves | 16 No KK, two halves |
 * | 24 kelurahan | 28 RT | 30 RW | 32 four sounds | 40 three pairs of neighbouring sounds | 46 two sounds of the mother |
 */
export const briefBytes = 52;

/** A stored person at a glance. */
export interface Glimpse {
  id: string;
  briefs: DataView;
  at: number;
}

const flag = { nikOdd: 1, nikValid: 2, kkOdd: 4, nameOpen: 8, motherOpen: 16, mother: 32 };
const unknownPlace = 0xffff;

export function writeBrief(person: MatchPerson, view: DataView, at: number): void {
  const { nik, kk, address, name, mother } = person;
  let flags = 0;
  const number = (digits: string | null, offset: number, odd: number) => {
    if (digits === null) return;
    if (digits.length === 16) {
      view.setUint32(at + offset, Number(digits.slice(0, 8)), true);
      view.setUint32(at + offset + 4, Number(digits.slice(8)), true);
    } else flags |= odd;
  };
  view.setUint32(at, dayNumber(person.birthDate), true);
  view.setUint16(at + 4, person.birthYear ?? 0, true);
  view.setUint8(at + 6, person.sex === null ? 0 : person.sex === 'L' ? 1 : 2);
  number(nik.digits, 8, flag.nikOdd);
  number(kk.digits, 16, flag.kkOdd);
  if (nik.valid) flags |= flag.nikValid;
  view.setUint32(at + 24, areaOf(address.kelurahan), true);
  view.setUint16(at + 28, address.rt ?? unknownPlace, true);
  view.setUint16(at + 30, address.rw ?? unknownPlace, true);
  const tokens = name.tokens.slice(0, 4);
  if (isOpen(name, 4)) flags |= flag.nameOpen;
  for (const [index, token] of tokens.entries())
    view.setUint16(at + 32 + 2 * index, soundOf(token.loose), true);
  for (const [index, sound] of joinedSounds(tokens).entries())
    view.setUint16(at + 40 + 2 * index, sound, true);
  if (mother !== null && mother.tokens.length > 0) {
    flags |= flag.mother;
    if (isOpen(mother, 2)) flags |= flag.motherOpen;
    for (const [index, token] of mother.tokens.slice(0, 2).entries())
      view.setUint16(at + 46 + 2 * index, soundOf(token.loose), true);
  }
  view.setUint8(at + 7, flags);
}

export function briefOf(person: MatchPerson): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(briefBytes));
  writeBrief(person, view, 0);
  return view;
}

interface SoughtToken {
  sounds: number[];
  /** Bits where the sound stands on the other side, and where at best something like it does. */
  same: number;
  similar: number;
}

/**
 * The most bits that a reported person can have with somebody of whom only a glimpse is known. Never below
 * what the comparison of the two would come to, company aside; so whoever stays below what is asked for
 * need not be fetched.
 */
export class PairBound {
  readonly #model: Model;
  readonly #bits: LevelBits;
  readonly #prior: number;
  readonly #own: DataView;
  readonly #tokens: SoughtToken[];
  readonly #pairs: number[];
  readonly #nameOpen: boolean;
  readonly #mother: number[] | null;

  /** @param bits `levelBits` of the model, which all who are looked for share. */
  constructor(
    person: MatchPerson,
    { model, frequency, population }: WeighOptions,
    bits: LevelBits = levelBits(model),
  ) {
    this.#model = model;
    this.#bits = bits;
    this.#prior = -Math.log2(Math.max(model.populationLeast, population));
    this.#own = briefOf(person);
    this.#tokens = person.name.tokens
      .slice(0, 6)
      .map((token) => soughtOf(token, frequency(token.canon), model));
    this.#pairs = joinedSounds(person.name.tokens);
    this.#nameOpen = person.name.alias.length > 0;
    this.#mother =
      person.mother === null || person.mother.tokens.length === 0 || person.mother.alias.length > 0
        ? null
        : person.mother.tokens.map(({ loose }) => soundOf(loose));
  }

  of({ briefs, at }: Glimpse): number {
    return (
      this.#prior +
      this.#nik(briefs, at) +
      this.#birth(briefs, at) +
      this.#sex(briefs, at) +
      this.#household(briefs, at) +
      this.#name(briefs, at)
    );
  }

  /** Whether both stand under one No KK. */
  sharesCard({ briefs, at }: Glimpse): boolean {
    return this.#isEqual(briefs, at, 16);
  }

  #isEqual(other: DataView, at: number, offset: number): boolean {
    const head = this.#own.getUint32(offset, true);
    return (
      head !== 0 &&
      head === other.getUint32(at + offset, true) &&
      this.#own.getUint32(offset + 4, true) === other.getUint32(at + offset + 4, true)
    );
  }

  #nik(other: DataView, at: number): number {
    const [ownFlags, flags] = [this.#own.getUint8(7), other.getUint8(at + 7)];
    const head = this.#own.getUint32(8, true);
    const otherHead = other.getUint32(at + 8, true);
    const odd = (ownFlags & flag.nikOdd) !== 0 || (flags & flag.nikOdd) !== 0;
    if (odd) {
      const known = (head !== 0 || ownFlags & flag.nikOdd) && (otherHead !== 0 || flags & flag.nikOdd);
      return known ? level(this.#bits.nik, 'equal') : 0;
    }
    if (head === 0 || otherHead === 0) return 0;
    const [tail, otherTail] = [this.#own.getUint32(12, true), other.getUint32(at + 12, true)];
    if (head === otherHead && tail === otherTail) return level(this.#bits.nik, 'equal');
    const apart = digitsApart(head, otherHead) + digitsApart(tail, otherTail);
    if (apart <= 2 && !this.#areTwoBirths(other, at)) return this.#bits.nearNik;
    const bothValid = (ownFlags & flags & flag.nikValid) !== 0;
    if (!bothValid) return apart <= 2 ? level(this.#bits.nik, 'different') : 0;
    return tail === otherTail && head % 100 === otherHead % 100
      ? level(this.#bits.nik, 'same_tail')
      : level(this.#bits.nik, 'different');
  }

  #areTwoBirths(other: DataView, at: number): boolean {
    const [own, listed] = [this.#own.getUint32(0, true), other.getUint32(at, true)];
    return own !== 0 && listed !== 0 && own !== listed && bearsBirth(this.#own, 0) && bearsBirth(other, at);
  }

  #birth(other: DataView, at: number): number {
    const { birth } = this.#bits;
    const [own, listed] = [this.#own.getUint32(0, true), other.getUint32(at, true)];
    const [year, otherYear] = [this.#own.getUint16(4, true), other.getUint16(at + 4, true)];
    if (year === 0 || otherYear === 0) return 0;
    const apart = Math.abs(year - otherYear);
    if (own === 0 || listed === 0) {
      if (apart <= 1) return level(birth, 'age_equal');
      if (apart <= 3) return level(birth, 'age_near');
      return Math.max(level(birth, 'age_different'), level(birth, 'age_generation'));
    }
    if (own === listed) return Math.max(level(birth, 'equal'), level(birth, 'equal_round'));
    if (year === otherYear && own % 100 === Math.floor(listed / 100) % 100) return level(birth, 'swapped');
    if (digitsApart(own, listed) <= 2) return level(birth, 'one_digit');
    const same = Number(year === otherYear) + Number(own % 100 === listed % 100);
    const months = Number(Math.floor(own / 100) % 100 === Math.floor(listed / 100) % 100);
    if (same + months === 2) return level(birth, 'two_parts');
    if (year === otherYear) return level(birth, 'year_only');
    return Math.max(level(birth, 'different'), level(birth, 'generation'));
  }

  #sex(other: DataView, at: number): number {
    const [own, listed] = [this.#own.getUint8(6), other.getUint8(at + 6)];
    if (own === 0 || listed === 0) return 0;
    return level(this.#bits.sex, own === listed ? 'equal' : 'different');
  }

  /** The strongest speaks for, what surely speaks against is counted once. */
  #household(other: DataView, at: number): number {
    const kk = this.#kk(other, at);
    const address = this.#address(other, at);
    const best = Math.max(0, kk, address, this.#motherBits(other, at));
    return best + Math.min(0, kk);
  }

  #kk(other: DataView, at: number): number {
    const [ownFlags, flags] = [this.#own.getUint8(7), other.getUint8(at + 7)];
    const [head, otherHead] = [this.#own.getUint32(16, true), other.getUint32(at + 16, true)];
    if (((ownFlags | flags) & flag.kkOdd) !== 0) return Math.max(0, level(this.#bits.kk, 'equal'));
    if (head === 0 || otherHead === 0) return 0;
    if (this.#isEqual(other, at, 16)) return level(this.#bits.kk, 'equal');
    const apart =
      digitsApart(head, otherHead) +
      digitsApart(this.#own.getUint32(20, true), other.getUint32(at + 20, true));
    return level(this.#bits.kk, apart <= 2 ? 'one_slip' : 'different');
  }

  #address(other: DataView, at: number): number {
    const [own, listed] = [this.#own.getUint32(24, true), other.getUint32(at + 24, true)];
    if (own !== 0 && listed !== 0 && own !== listed) return 0;
    const places = [28, 30].map((offset) => [
      this.#own.getUint16(offset, true),
      other.getUint16(at + offset, true),
    ]);
    const known = places.every(([one, two]) => one !== unknownPlace && two !== unknownPlace);
    const elsewhere = known && places.some(([one, two]) => one !== two);
    return level(this.#bits.address, elsewhere ? 'same_street' : 'same_door');
  }

  #motherBits(other: DataView, at: number): number {
    const flags = other.getUint8(at + 7);
    if (this.#own.getUint8(7) & flag.mother ? !(flags & flag.mother) : true) return 0;
    if (this.#mother === null || flags & flag.motherOpen) return level(this.#bits.mother, 'equal');
    const [first, second] = [other.getUint16(at + 46, true), other.getUint16(at + 48, true)];
    const shared = this.#mother.some((sound) => sound === first || sound === second);
    return level(this.#bits.mother, shared ? 'equal' : 'similar');
  }

  #name(other: DataView, at: number): number {
    const most = this.#model.limits.nameMost;
    if (this.#tokens.length === 0 || other.getUint16(at + 32, true) === 0) return 0;
    if (this.#nameOpen || other.getUint8(at + 7) & flag.nameOpen) return most;
    let bits = 0;
    for (const { sounds, same, similar } of this.#tokens) {
      const joined = has(other, at + 40, 3, sounds);
      if (joined) return most;
      bits += has(other, at + 32, 4, sounds) ? same : similar;
    }
    if (has(other, at + 32, 4, this.#pairs)) return most;
    return Math.min(most, bits);
  }
}

function soughtOf(token: NameToken, share: number, model: Model): SoughtToken {
  const { exact, class: sameClass, key, similar, initial } = model.tokens;
  const bits = ({ m, spread }: { m: number; spread: number }) => Math.log2(m / Math.min(1, share * spread));
  const least = Math.max(0, Math.log2(initial.m / initial.u));
  return {
    sounds: [soundOf(token.loose)],
    same: Math.max(least, bits(exact), bits(sameClass), bits(key), bits(similar)),
    similar: Math.max(least, bits(similar)),
  };
}

function has(view: DataView, at: number, count: number, sounds: readonly number[]): boolean {
  for (let index = 0; index < count; index += 1) {
    const sound = view.getUint16(at + 2 * index, true);
    if (sound !== 0 && sounds.includes(sound)) return true;
  }
  return false;
}

/** Whether the sounds alone do not say how the name may be read: more parts than are kept, or a second name. */
function isOpen(name: NormalisedName, kept: number): boolean {
  return name.tokens.length > kept || name.alias.length > 0;
}

/** Neighbours written as one (`NURHAYATI`): their sounds together, double letters as one. */
function joinedSounds(tokens: readonly NameToken[]): number[] {
  return tokens
    .slice(1, 4)
    .map((second, index) => soundOf(`${tokens[index]?.loose}${second.loose}`.replace(/(.)\1+/g, '$1')));
}

/** Sixteen bits, never zero. */
function soundOf(loose: string): number {
  return (keyOf('T', loose) % 0xffff) + 1;
}

function areaOf(kelurahan: string | null): number {
  return kelurahan === null ? 0 : (keyOf('a', kelurahan) % 0xffff_fffe) + 1;
}

function dayNumber(date: string | null): number {
  return date === null
    ? 0
    : Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

function bearsBirth(view: DataView, at: number): boolean {
  const birth = view.getUint32(at, true);
  const monthAndYear = Math.floor(view.getUint32(at + 12, true) / 10_000);
  return (
    (view.getUint32(at + 8, true) % 100) % 40 === birth % 100 &&
    Math.floor(monthAndYear / 100) === Math.floor(birth / 100) % 100 &&
    monthAndYear % 100 === Math.floor(birth / 10_000) % 100
  );
}

/** In how many places two numbers of eight digits differ; counted up to three. */
function digitsApart(one: number, other: number): number {
  let [left, right, apart] = [one, other, 0];
  while (left !== right && apart < 3) {
    if (left % 10 !== right % 10) apart += 1;
    left = Math.floor(left / 10);
    right = Math.floor(right / 10);
  }
  return apart;
}

/** What the levels of a model are worth, in bits. */
export interface LevelBits {
  nik: Record<string, number>;
  birth: Record<string, number>;
  sex: Record<string, number>;
  kk: Record<string, number>;
  address: Record<string, number>;
  mother: Record<string, number>;
  /** The most that a NIK can speak for a pair in which it is not equal. */
  nearNik: number;
}

export function levelBits({ levels }: Model): LevelBits {
  const nik = inBits(levels.nik);
  const { equal: _, ...near } = nik;
  return {
    nik,
    birth: inBits(levels.birth),
    sex: inBits(levels.sex),
    kk: inBits(levels.kk),
    address: inBits(levels.address),
    mother: inBits(levels.mother),
    nearNik: Math.max(...Object.values(near)),
  };
}

function inBits(levels: Record<string, { m: number; u: number }>): Record<string, number> {
  return Object.fromEntries(Object.entries(levels).map(([name, { m, u }]) => [name, Math.log2(m / u)]));
}

function level(bits: Record<string, number>, name: string): number {
  return bits[name] ?? 0;
}
