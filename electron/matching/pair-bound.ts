import { at, briefOf, flag, type Glimpse, hasMore, readMother, readName } from './brief.ts';
import { type BirthLevel, generationYears } from './compare.ts';
import { compareTokens, mostParts } from './compare-names.ts';
import type { Model, NameFrequency } from './model.ts';
import { JoinedParts, MotherBeside } from './name-beside.ts';
import type { NameToken } from './names.ts';
import type { MatchPerson } from './normalise.ts';
import { householdRarity, priorBits, tokenBits, type WeighOptions } from './weigh.ts';

/**
 * The most bits that a reported person can have with somebody of whom only a glimpse is known. Never below
 * what the comparison of the two would come to, company aside; so whoever stays below what is asked for
 * need not be fetched.
 */
export class PairBound {
  readonly #model: Model;
  readonly #frequency: NameFrequency;
  readonly #bits: LevelBits;
  readonly #prior: number;
  readonly #sameCard: number;
  readonly #own: DataView;
  readonly #tokens: { token: NameToken; share: number }[];
  readonly #joins: JoinedParts;
  readonly #nameOpen: boolean;
  readonly #mother: MotherBeside | null;
  /** What each part of a listed name is worth beside each own one; of several who bear it, worked out once. */
  readonly #worth = new Map<NameToken, readonly number[]>();

  constructor(person: MatchPerson, options: WeighOptions) {
    const { model, frequency } = options;
    const bits = levelBits(model);
    this.#model = model;
    this.#frequency = frequency;
    this.#bits = bits;
    this.#prior = priorBits(options);
    this.#sameCard = level(bits.kk, 'equal') + householdRarity(options);
    this.#own = briefOf(person);
    this.#tokens = person.name.tokens
      .slice(0, mostParts)
      .map((token) => ({ token, share: frequency(token.canon) }));
    this.#joins = new JoinedParts(person.name.tokens);
    this.#nameOpen = hasMore(person.name);
    this.#mother = person.mother === null ? null : new MotherBeside(person.mother);
  }

  /** @param least nothing more exact is said of who stays below it. */
  of({ briefs, at: from }: Glimpse, least: number): number {
    const rest = this.#prior + this.#nik(briefs, from) + this.#birth(briefs, from) + this.#sex(briefs, from);
    const [kk, address] = [this.#kk(briefs, from), this.#address(briefs, from)];
    const household = householdBits(kk, address, this.#motherAtBest(briefs, from));
    // Most who bear a key in common are strangers whatever they are called.
    const atBest = rest + this.#model.limits.nameMost + household;
    if (atBest < least) return atBest;
    const bits = rest + this.#name(briefs, from);
    const most = bits + household;
    if (most < least || this.#mother === null) return most;
    const mother = readMother(briefs, from);
    if (mother.length === 0) return most;
    return bits + householdBits(kk, address, level(this.#bits.mother, this.#mother.levelOf(mother)));
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
    return level(birth, birthLevel(own, listed));
  }

  #sex(other: DataView, from: number): number {
    const [own, listed] = [this.#own.getUint8(at.sex), other.getUint8(from + at.sex)];
    if (own === 0 || listed === 0) return 0;
    return level(this.#bits.sex, own === listed ? 'equal' : 'different');
  }

  #kk(other: DataView, from: number): number {
    const [ownFlags, flags] = [this.#own.getUint8(at.flags), other.getUint8(from + at.flags)];
    const [head, otherHead] = [this.#own.getUint32(at.kk, true), other.getUint32(from + at.kk, true)];
    if (((ownFlags | flags) & flag.kkOdd) !== 0) return Math.max(0, this.#sameCard);
    if (head === 0 || otherHead === 0) return 0;
    if (this.#isEqual(other, from, at.kk)) return this.#sameCard;
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

  #motherAtBest(other: DataView, from: number): number {
    const both = this.#own.getUint8(at.flags) & other.getUint8(from + at.flags) & flag.mother;
    return both === 0 ? 0 : level(this.#bits.mother, 'equal');
  }

  #name(other: DataView, from: number): number {
    const { nameMost, nameLeast } = this.#model.limits;
    if (this.#tokens.length === 0) return 0;
    if (this.#nameOpen || other.getUint8(from + at.flags) & flag.nameOpen) return nameMost;
    const listed = readName(other, from);
    if (listed.length === 0) return 0;
    if (this.#joins.mayJoin(listed)) return nameMost;
    let bits = 0;
    let paired = 0;
    for (let own = 0; own < this.#tokens.length; own += 1) {
      let most = Number.NEGATIVE_INFINITY;
      for (const token of listed) most = Math.max(most, this.#worthOf(token)[own] ?? most);
      if (most === Number.NEGATIVE_INFINITY) continue;
      bits += most;
      paired += 1;
    }
    const [own, others] = [this.#tokens.length, Math.min(mostParts, listed.length)];
    const { absent, conflict } = this.#bits.tokens;
    bits += Math.min(0, conflict) * Math.max(0, Math.min(own, others) - paired);
    bits += Math.min(0, absent) * Math.abs(own - others);
    return Math.min(nameMost, Math.max(nameLeast, bits));
  }

  #worthOf(listed: NameToken): readonly number[] {
    const known = this.#worth.get(listed);
    if (known !== undefined) return known;
    const worth = this.#tokens.map(({ token, share }) => {
      const found = compareTokens(token, listed);
      if (found === null) return Number.NEGATIVE_INFINITY;
      const most = listed.canon === token.canon ? share : Math.max(share, this.#frequency(listed.canon));
      return tokenBits(found.level, most, this.#model);
    });
    this.#worth.set(listed, worth);
    return worth;
  }
}

/** The strongest speaks for, what surely speaks against is counted once. */
function householdBits(kk: number, address: number, mother: number): number {
  return Math.max(0, kk, address, mother) + Math.min(0, kk, mother);
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

/** As `compareDates` says it, of two dates as yyyymmdd. */
function birthLevel(own: number, listed: number): BirthLevel {
  if (own === listed) return roundDates.has(own % 10_000) ? 'equal_round' : 'equal';
  const [year, otherYear] = [Math.floor(own / 10_000), Math.floor(listed / 10_000)];
  const [month, otherMonth] = [Math.floor(own / 100) % 100, Math.floor(listed / 100) % 100];
  const [day, otherDay] = [own % 100, listed % 100];
  if (year === otherYear && day === otherMonth && month === otherDay) return 'swapped';
  const apart = Math.abs(year - otherYear);
  if (isOneSlip(own, listed)) return apart >= generationYears ? 'two_parts' : 'one_digit';
  if (apart === 0 && (roundDates.has(own % 10_000) || roundDates.has(listed % 10_000))) return 'year_round';
  const same = Number(year === otherYear) + Number(month === otherMonth) + Number(day === otherDay);
  if (same === 2) return 'two_parts';
  if (year === otherYear) return 'year_only';
  return apart >= generationYears ? 'generation' : 'different';
}

/** Days that are written where the day is not known, as mmdd. */
const roundDates: ReadonlySet<number> = new Set([101, 1231, 701]);

/** One digit wrong, or two neighbours exchanged. */
function isOneSlip(one: number, other: number): boolean {
  let [left, right] = [one, other];
  while (left % 10 === right % 10) [left, right] = [Math.floor(left / 10), Math.floor(right / 10)];
  if (Math.floor(left / 10) === Math.floor(right / 10)) return true;
  return (
    Math.floor(left / 100) === Math.floor(right / 100) &&
    left % 10 === Math.floor(right / 10) % 10 &&
    right % 10 === Math.floor(left / 10) % 10
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
interface LevelBits {
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

/** A model never changes: it is worked out once, for all who are looked for with it. */
function levelBits(model: Model): LevelBits {
  const known = bitsOfModels.get(model);
  if (known !== undefined) return known;
  const bits = bitsOf(model);
  bitsOfModels.set(model, bits);
  return bits;
}

const bitsOfModels = new WeakMap<Model, LevelBits>();

function bitsOf({ levels, tokens: { absent, conflict } }: Model): LevelBits {
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
