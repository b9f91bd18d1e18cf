import type { Comparison } from './compare.ts';
import type { NameComparison, TokenLevel, TokenPair } from './compare-names.ts';
import type { Model, NameFrequency } from './model.ts';
import { slipOfPair } from './siblings.ts';

/** Kinds of evidence that can err independently of each other. */
export type EvidenceGroup = 'id' | 'birth' | 'name' | 'household';

/** One line of the waterfall, in bits: log2 of how much more likely this is in one person than in two. */
export interface WeightPart {
  field: 'prior' | 'nik' | 'birth' | 'name' | 'sex' | 'kk' | 'address' | 'mother' | 'companions';
  level: string;
  bits: number;
  /** Bits taken off because other evidence already contains this, and which. */
  reduced: number;
  reducedBy: 'nik' | 'household' | 'limit' | null;
  /** Name parts only: the two spellings, and how rare the part is: one in `oneIn` is called `canon`. */
  token: { left: string; right: string; canon: string; oneIn: number } | null;
}

/**
 * Grows with every change of how two persons are compared and weighed that is no change of the model: what was
 * worked out of cases and lists before (ranks, findings) is then worked out anew.
 */
export const weighingVersion = '8';

export interface Weight {
  parts: WeightPart[];
  bits: number;
  probability: number;
  /** Groups that speak for the same person. */
  groups: EvidenceGroup[];
}

export interface WeighOptions {
  model: Model;
  frequency: NameFrequency;
  /** Persons in the list searched: the prior is one in so many. */
  population: number;
}

/** Adds up the evidence of a comparison; contained evidence is counted once (docs/glossary.md, bobot). */
export function weigh(comparison: Comparison, options: WeighOptions): Weight {
  const { model } = options;
  const household = householdParts(comparison, options);
  const inHousehold = sumOf(household) >= model.limits.householdFrom;
  const nik = nikPart(comparison, model);
  const parts = [plain('prior', 'prior', priorBits(options))];
  if (nik !== null) parts.push(nik);
  const birth = birthPart(comparison, model, nik, inHousehold);
  if (birth !== null) parts.push(birth);
  if (comparison.name !== null) parts.push(...nameParts(comparison.name, options, inHousehold));
  const sex = sexPart(comparison, model);
  if (sex !== null) parts.push(sex);
  parts.push(...household);
  const bits = sumOf(parts);
  return { parts, bits, probability: probabilityOf(bits), groups: groupsOf(comparison, inHousehold) };
}

function sumOf(parts: readonly WeightPart[]): number {
  let bits = 0;
  for (const part of parts) bits += part.bits;
  return bits;
}

/** In bits, how likely somebody taken at random from the list is the one. */
export function priorBits({ model, population }: Pick<WeighOptions, 'model' | 'population'>): number {
  return -Math.log2(Math.max(model.populationLeast, population));
}

/**
 * In bits, how much rarer a household is in this list than in one of `populationLeast` persons, which the model's
 * chances are of: one card is four persons' of ten thousand as of a million. What names the very household (its
 * No KK, relatives found in it) is worth as much more as the prior of a longer list takes off.
 */
export function householdRarity(options: Pick<WeighOptions, 'model' | 'population'>): number {
  return -priorBits(options) - Math.log2(options.model.populationLeast);
}

export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}

function plain(field: WeightPart['field'], level: string, bits: number): WeightPart {
  return { field, level, bits, reduced: 0, reducedBy: null, token: null };
}

function bitsOf(odds: { m: number; u: number }): number {
  return Math.log2(odds.m / odds.u);
}

/** Takes a positive weight down to at most `most`, and notes why. */
function cap(part: WeightPart, most: number, by: WeightPart['reducedBy']): void {
  const limit = Math.max(0, most);
  if (part.bits <= limit) return;
  part.reduced += part.bits - limit;
  part.reducedBy = by;
  part.bits = limit;
}

function nikPart(comparison: Comparison, model: Model): WeightPart | null {
  return comparison.nik === 'missing'
    ? null
    : plain('nik', comparison.nik, bitsOf(model.levels.nik[comparison.nik]));
}

function birthPart(
  { nik: nikLevel, birth, name }: Comparison,
  { levels, limits }: Model,
  nik: WeightPart | null,
  inHousehold: boolean,
): WeightPart | null {
  if (birth === 'missing') return null;
  const part = plain('birth', birth, bitsOf(levels.birth[birth]));
  if (nikLevel === 'equal') cap(part, limits.birthInsideEqualNik, 'nik');
  else if (nik !== null && nik.bits > 0) cap(part, limits.nearNikWithBirth - nik.bits, 'nik');
  if (inHousehold && !(birth === 'equal' && isOneName(name)))
    cap(part, birth === 'one_digit' ? limits.birthSlipInHousehold : limits.birthInHousehold, 'household');
  return part;
}

/** Twins of one household bear two names, however near (`mayBeKin`): of one whole name and one birth date there is one person in it. */
function isOneName(name: NameComparison | null): boolean {
  return name?.pairs.every((pair) => spellings.has(pair.level) && slipOfPair(pair) === null) === true;
}

const spellings: ReadonlySet<TokenLevel> = new Set(['exact', 'class', 'key', 'joined', 'similar']);

function sexPart({ nik, sex }: Comparison, { levels, limits }: Model): WeightPart | null {
  if (sex === 'missing') return null;
  const part = plain('sex', sex, bitsOf(levels.sex[sex]));
  if (nik === 'equal') cap(part, limits.sexInsideEqualNik, 'nik');
  return part;
}

/**
 * KK, address, mother and linked relatives all say "same household": the strongest speaks, the others stand at zero.
 * What speaks against it is counted, but only once. Where the very household is known, by its card or by relatives
 * found in it, another address says nothing more: whoever else it may be of that household moved as well.
 */
function householdParts(comparison: Comparison, options: WeighOptions): WeightPart[] {
  const { levels } = options.model;
  const { kk, address, mother, companions } = comparison;
  const rarity = householdRarity(options);
  const parts: WeightPart[] = [];
  if (kk !== 'missing') parts.push(plain('kk', kk, bitsOf(levels.kk[kk]) + (kk === 'equal' ? rarity : 0)));
  if (address !== 'missing') parts.push(plain('address', address, bitsOf(levels.address[address])));
  if (mother !== 'missing') parts.push(plain('mother', mother, bitsOf(levels.mother[mother])));
  if (companions === 'present')
    parts.push(plain('companions', 'present', bitsOf(levels.companions.present) + rarity));
  const isKnown = kk === 'equal' || companions === 'present';
  let [best, worst]: (WeightPart | null)[] = [null, null];
  for (const part of parts) {
    if (part.bits > (best?.bits ?? 0)) best = part;
    if (part.bits < (worst?.bits ?? 0) && !(isKnown && part.field === 'address')) worst = part;
  }
  for (const part of parts) {
    if (part === best || part === worst) continue;
    part.reduced = part.bits;
    part.reducedBy = 'household';
    part.bits = 0;
  }
  return parts;
}

function nameParts(name: NameComparison, options: WeighOptions, inHousehold: boolean): WeightPart[] {
  const { limits } = options.model;
  const parts = name.pairs.map((pair) => tokenPart(pair, options));
  if (inHousehold) {
    let rarest: WeightPart | null = null;
    if (name.identical)
      for (const part of parts) if (rarest === null || part.bits > rarest.bits) rarest = part;
    for (const part of parts)
      cap(part, part === rarest ? limits.rarestTokenOfWholeName : limits.tokenInHousehold, 'household');
  }
  limitSum(parts, limits.nameLeast, limits.nameMost);
  return parts;
}

function tokenPart({ left, right, canons, level }: TokenPair, options: WeighOptions): WeightPart {
  let [canon, share] = ['', 0];
  // The side that more people bear: a slip of the pen makes nobody's name rare.
  for (const side of canons) {
    const borne = shareOf(side, options.frequency);
    if (borne > share) [canon, share] = [side, borne];
  }
  const token = { left, right, canon, oneIn: Math.round(1 / share) };
  const bits = tokenBits(level, share, options.model);
  return { field: 'name', level, bits, reduced: 0, reducedBy: null, token };
}

/** Of a part; of two that are one on the other side, as if each stood for itself. */
function shareOf(canon: string, frequency: NameFrequency): number {
  if (!canon.includes(' ')) return frequency(canon);
  return canon.split(' ').reduce((share, part) => share * frequency(part), 1);
}

/** @param share of how many who bear the part. */
export function tokenBits(level: TokenLevel, share: number, model: Model): number {
  switch (level) {
    case 'exact':
    case 'class':
    case 'key':
    case 'joined':
    case 'similar': {
      const { m, spread } = model.tokens[level];
      return Math.max(0, Math.log2(m / Math.min(1, share * spread)));
    }
    case 'initial':
    case 'conflict':
      return bitsOf(model.tokens[level]);
    case 'absent_left':
    case 'absent_right':
      return bitsOf(model.tokens.absent);
  }
}

/** A very rare name must not outvote a wrong birth date and sex; many missing parts not a right NIK. */
function limitSum(parts: readonly WeightPart[], least: number, most: number): void {
  const sum = sumOf(parts);
  if (sum >= least && sum <= most) return;
  const scale = (sum > most ? most : least) / sum;
  for (const part of parts) {
    part.reduced += part.bits * (1 - scale);
    part.reducedBy = 'limit';
    part.bits *= scale;
  }
}

function groupsOf(comparison: Comparison, inHousehold: boolean): EvidenceGroup[] {
  const groups: EvidenceGroup[] = [];
  const bornTheSame =
    comparison.birth === 'equal' || comparison.birth === 'equal_round' || comparison.birth === 'swapped';
  // A number that is only nearly right may be a stranger's: it counts beside the birth date or the household.
  const nikAgrees = comparison.nik === 'equal' || (isNear(comparison.nik) && (bornTheSame || inHousehold));
  if (nikAgrees) groups.push('id');
  // The birth date stands inside the NIK: beside an agreeing NIK it is no evidence of its own.
  if (!nikAgrees && bornTheSame && comparison.birth !== 'equal_round') groups.push('birth');
  if (comparison.name?.agrees) groups.push('name');
  if (inHousehold) groups.push('household');
  return groups;
}

function isNear(level: Comparison['nik']): boolean {
  return level !== 'missing' && level !== 'equal' && level !== 'different' && level !== 'two_digits';
}
