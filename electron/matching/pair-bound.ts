import { at, briefOf, flag, type Glimpse, joinedSound, joinedSounds, lettersAt, soundOf } from './brief.ts';
import type { Model } from './model.ts';
import { lettersOf, mayBeLike, mayJoin, type NameLetters } from './name-letters.ts';
import type { NameToken } from './names.ts';
import type { MatchPerson } from './normalise.ts';
import type { WeighOptions } from './weigh.ts';

interface SoughtToken extends NameLetters {
  sound: number;
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
  /** Null where it is not known, or may be read in two ways. */
  readonly #mother: NameLetters[] | null;

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
        : person.mother.tokens.map(lettersOf);
  }

  of({ briefs, at: from }: Glimpse): number {
    return (
      this.#prior +
      this.#nik(briefs, from) +
      this.#birth(briefs, from) +
      this.#sex(briefs, from) +
      this.#household(briefs, from) +
      this.#name(briefs, from)
    );
  }

  /** False only where they do not stand under one No KK. */
  mayShareCard({ briefs, at: from }: Glimpse): boolean {
    const odd = this.#own.getUint8(at.flags) & briefs.getUint8(from + at.flags) & flag.kkOdd;
    return odd !== 0 || this.#isEqual(briefs, from, at.kk);
  }

  #isEqual(other: DataView, from: number, offset: number): boolean {
    const head = this.#own.getUint32(offset, true);
    return (
      head !== 0 &&
      head === other.getUint32(from + offset, true) &&
      this.#own.getUint32(offset + 4, true) === other.getUint32(from + offset + 4, true)
    );
  }

  #nik(other: DataView, from: number): number {
    const [ownFlags, flags] = [this.#own.getUint8(at.flags), other.getUint8(from + at.flags)];
    const head = this.#own.getUint32(at.nik, true);
    const otherHead = other.getUint32(from + at.nik, true);
    const odd = (ownFlags & flag.nikOdd) !== 0 || (flags & flag.nikOdd) !== 0;
    if (odd) {
      const known = (head !== 0 || ownFlags & flag.nikOdd) && (otherHead !== 0 || flags & flag.nikOdd);
      return known ? level(this.#bits.nik, 'equal') : 0;
    }
    if (head === 0 || otherHead === 0) return 0;
    const tail = this.#own.getUint32(at.nik + 4, true);
    const otherTail = other.getUint32(from + at.nik + 4, true);
    if (head === otherHead && tail === otherTail) return level(this.#bits.nik, 'equal');
    const apart = digitsApart(head, otherHead) + digitsApart(tail, otherTail);
    if (apart <= 2 && !this.#areTwoBirths(other, from)) return this.#bits.nearNik;
    const bothValid = (ownFlags & flags & flag.nikValid) !== 0;
    if (!bothValid) return apart <= 2 ? level(this.#bits.nik, 'different') : 0;
    return tail === otherTail && head % 100 === otherHead % 100
      ? level(this.#bits.nik, 'same_tail')
      : level(this.#bits.nik, 'different');
  }

  #areTwoBirths(other: DataView, from: number): boolean {
    const [own, listed] = [this.#own.getUint32(at.birth, true), other.getUint32(from + at.birth, true)];
    return (
      isDate(own) && isDate(listed) && own !== listed && bearsBirth(this.#own, 0) && bearsBirth(other, from)
    );
  }

  #birth(other: DataView, from: number): number {
    const { birth } = this.#bits;
    const [own, listed] = [this.#own.getUint32(at.birth, true), other.getUint32(from + at.birth, true)];
    if (own === 0 || listed === 0) return 0;
    const [year, otherYear] = [Math.floor(own / 10_000), Math.floor(listed / 10_000)];
    const apart = Math.abs(year - otherYear);
    if (!isDate(own) || !isDate(listed)) {
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

  #sex(other: DataView, from: number): number {
    const [own, listed] = [this.#own.getUint8(at.sex), other.getUint8(from + at.sex)];
    if (own === 0 || listed === 0) return 0;
    return level(this.#bits.sex, own === listed ? 'equal' : 'different');
  }

  /** The strongest speaks for, what surely speaks against is counted once. */
  #household(other: DataView, from: number): number {
    const kk = this.#kk(other, from);
    const mother = this.#motherBits(other, from);
    return Math.max(0, kk, this.#address(other, from), mother) + Math.min(0, kk, mother);
  }

  #kk(other: DataView, from: number): number {
    const [ownFlags, flags] = [this.#own.getUint8(at.flags), other.getUint8(from + at.flags)];
    const [head, otherHead] = [this.#own.getUint32(at.kk, true), other.getUint32(from + at.kk, true)];
    if (((ownFlags | flags) & flag.kkOdd) !== 0) return Math.max(0, level(this.#bits.kk, 'equal'));
    if (head === 0 || otherHead === 0) return 0;
    if (this.#isEqual(other, from, at.kk)) return level(this.#bits.kk, 'equal');
    const apart =
      digitsApart(head, otherHead) +
      digitsApart(this.#own.getUint32(at.kk + 4, true), other.getUint32(from + at.kk + 4, true));
    return level(this.#bits.kk, apart <= 2 ? 'one_slip' : 'different');
  }

  #address(other: DataView, from: number): number {
    const own = this.#own.getUint16(at.kelurahan, true);
    const listed = other.getUint16(from + at.kelurahan, true);
    if (own !== 0 && listed !== 0 && own !== listed) return 0;
    const elsewhere =
      namesRt(this.#own, 0) &&
      namesRt(other, from) &&
      this.#own.getUint16(at.rt, true) !== other.getUint16(from + at.rt, true);
    return level(this.#bits.address, elsewhere ? 'same_street' : 'same_door');
  }

  #motherBits(other: DataView, from: number): number {
    const flags = other.getUint8(from + at.flags);
    if ((this.#own.getUint8(at.flags) & flags & flag.mother) === 0) return 0;
    if (this.#mother === null || flags & flag.motherOpen) return level(this.#bits.mother, 'equal');
    const listed = lettersAt(other, from + at.mother, other.getUint8(from + at.motherLengths));
    return level(this.#bits.mother, haveInCommon(this.#mother, listed) ? 'equal' : 'different');
  }

  #name(other: DataView, from: number): number {
    const { nameMost, nameLeast } = this.#model.limits;
    if (this.#tokens.length === 0 || other.getUint16(from + at.sounds, true) === 0) return 0;
    if (this.#nameOpen || other.getUint8(from + at.flags) & flag.nameOpen) return nameMost;
    const listed = lettersAt(other, from + at.letters, other.getUint16(from + at.lengths, true));
    const soundAt = (index: number) => other.getUint16(from + at.sounds + 2 * index, true);
    const joinedAt = (index: number) => other.getUint8(from + at.joined + index);
    const joins =
      join(this.#tokens, listed, (pair, one) => this.#pairs[pair] === joinedSound(soundAt(one))) ||
      join(
        listed,
        this.#tokens,
        (pair, one) => joinedAt(pair) === joinedSound(this.#tokens[one]?.sound ?? 0),
      );
    if (joins) return nameMost;
    let bits = 0;
    let paired = 0;
    for (const token of this.#tokens) {
      let most = Number.NEGATIVE_INFINITY;
      for (const [index, letters] of listed.entries()) {
        if (soundAt(index) === token.sound) most = token.same;
        else if (most < token.similar && mayBeLike(token, letters)) most = token.similar;
      }
      if (most === Number.NEGATIVE_INFINITY) continue;
      bits += most;
      paired += 1;
    }
    const [own, others] = [this.#tokens.length, listed.length];
    const { absent, conflict } = this.#bits.tokens;
    bits += Math.min(0, conflict) * Math.max(0, Math.min(own, others) - paired);
    bits += Math.min(0, absent) * Math.abs(own - others);
    return Math.min(nameMost, Math.max(nameLeast, bits));
  }
}

/** Whether two names may have a part in common, if only as two that were written as one. */
function haveInCommon(left: readonly NameLetters[], right: readonly NameLetters[]): boolean {
  return (
    left.some((one) => right.some((other) => mayBeLike(one, other))) ||
    join(left, right, () => true) ||
    join(right, left, () => true)
  );
}

/** @param otherwise says it of a pair of neighbours and a part whose letters do not. */
function join(
  two: readonly NameLetters[],
  one: readonly NameLetters[],
  otherwise: (pair: number, part: number) => boolean,
): boolean {
  return two.some((first, pair) => {
    const second = two[pair + 1];
    if (second === undefined) return false;
    return one.some((other, part) => mayJoin(first, second, other) ?? otherwise(pair, part));
  });
}

function soughtOf(token: NameToken, share: number, model: Model): SoughtToken {
  const { exact, class: sameClass, key, similar, initial } = model.tokens;
  const bits = ({ m, spread }: { m: number; spread: number }) => Math.log2(m / Math.min(1, share * spread));
  const least = Math.max(0, Math.log2(initial.m / initial.u));
  return {
    ...lettersOf(token),
    sound: soundOf(token.loose),
    same: Math.max(least, bits(exact), bits(sameClass), bits(key), bits(similar)),
    similar: Math.max(least, bits(similar)),
  };
}

function namesRt(view: DataView, from: number): boolean {
  return view.getUint8(from + at.rt) !== 0 && view.getUint8(from + at.rw) !== 0;
}

function isDate(birth: number): boolean {
  return birth % 10_000 !== 0;
}

function bearsBirth(view: DataView, from: number): boolean {
  const birth = view.getUint32(from + at.birth, true);
  const monthAndYear = Math.floor(view.getUint32(from + at.nik + 4, true) / 10_000);
  return (
    (view.getUint32(from + at.nik, true) % 100) % 40 === birth % 100 &&
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
  tokens: { absent: number; conflict: number };
  /** The most that a NIK can speak for a pair in which it is not equal. */
  nearNik: number;
}

export function levelBits({ levels, tokens: { absent, conflict } }: Model): LevelBits {
  const nik = inBits(levels.nik);
  const { equal: _, ...near } = nik;
  return {
    nik,
    birth: inBits(levels.birth),
    sex: inBits(levels.sex),
    kk: inBits(levels.kk),
    address: inBits(levels.address),
    mother: inBits(levels.mother),
    tokens: inBits({ absent, conflict }),
    nearNik: Math.max(...Object.values(near)),
  };
}

function inBits<Name extends string>(
  levels: Readonly<Record<Name, { m: number; u: number }>>,
): Record<Name, number>;
function inBits(levels: Readonly<Record<string, { m: number; u: number }>>): Record<string, number> {
  return Object.fromEntries(Object.entries(levels).map(([name, { m, u }]) => [name, Math.log2(m / u)]));
}

function level(bits: Record<string, number>, name: string): number {
  return bits[name] ?? 0;
}
