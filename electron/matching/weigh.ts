import type { Comparison } from './compare.ts';
import type { NameComparison, TokenLevel, TokenPair } from './compare-names.ts';
import type { Model, NameFrequency } from './model.ts';

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
export const weighingVersion = '5';

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
  const inHousehold = household.reduce((sum, part) => sum + part.bits, 0) >= model.limits.householdFrom;
  const nik = nikPart(comparison, model);
  const parts: WeightPart[] = [
    plain('prior', 'prior', priorBits(options)),
    ...(nik === null ? [] : [nik]),
    ...birthParts(comparison, model, nik, inHousehold),
    ...nameParts(comparison.name, options, inHousehold),
    ...sexParts(comparison, model),
    ...household,
  ];
  const bits = parts.reduce((sum, part) => sum + part.bits, 0);
  return { parts, bits, probability: probabilityOf(bits), groups: groupsOf(comparison, inHousehold) };
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
function capped(part: WeightPart, most: number, by: WeightPart['reducedBy']): WeightPart {
  const limit = Math.max(0, most);
  if (part.bits <= limit) return part;
  return { ...part, bits: limit, reduced: part.reduced + part.bits - limit, reducedBy: by };
}

function nikPart(comparison: Comparison, model: Model): WeightPart | null {
  return comparison.nik === 'missing'
    ? null
    : plain('nik', comparison.nik, bitsOf(model.levels.nik[comparison.nik]));
}

function birthParts(
  comparison: Comparison,
  model: Model,
  nik: WeightPart | null,
  inHousehold: boolean,
): WeightPart[] {
  if (comparison.birth === 'missing') return [];
  let part = plain('birth', comparison.birth, bitsOf(model.levels.birth[comparison.birth]));
  if (comparison.nik === 'equal') part = capped(part, model.limits.birthInsideEqualNik, 'nik');
  else if (nik !== null && nik.bits > 0) part = capped(part, model.limits.nearNikWithBirth - nik.bits, 'nik');
  const { birthInHousehold, birthSlipInHousehold } = model.limits;
  const most = comparison.birth === 'one_digit' ? birthSlipInHousehold : birthInHousehold;
  return [inHousehold ? capped(part, most, 'household') : part];
}

function sexParts(comparison: Comparison, model: Model): WeightPart[] {
  if (comparison.sex === 'missing') return [];
  const part = plain('sex', comparison.sex, bitsOf(model.levels.sex[comparison.sex]));
  return [comparison.nik === 'equal' ? capped(part, model.limits.sexInsideEqualNik, 'nik') : part];
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
  const [best] = parts.filter(({ bits }) => bits > 0).sort((left, right) => right.bits - left.bits);
  const [worst] = parts
    .filter(({ bits, field }) => bits < 0 && !(isKnown && field === 'address'))
    .sort((left, right) => left.bits - right.bits);
  return parts.map((part) => {
    if (part === best || part === worst) return part;
    return { ...part, bits: 0, reduced: part.bits, reducedBy: 'household' };
  });
}

function nameParts(name: NameComparison | null, options: WeighOptions, inHousehold: boolean): WeightPart[] {
  if (name === null) return [];
  const { limits } = options.model;
  const tokens = name.pairs.map((pair) => tokenPart(pair, options));
  const [rarest] = tokens.toSorted((left, right) => right.bits - left.bits);
  const mostOf = (part: WeightPart) =>
    name.identical && part === rarest ? limits.rarestTokenOfWholeName : limits.tokenInHousehold;
  const parts = inHousehold ? tokens.map((part) => capped(part, mostOf(part), 'household')) : tokens;
  return limitSum(parts, limits.nameLeast, limits.nameMost);
}

function tokenPart(pair: TokenPair, { model, frequency }: WeighOptions): WeightPart {
  const { canon, share } = commonest(pair, frequency);
  const token = { left: pair.left, right: pair.right, canon, oneIn: Math.round(1 / share) };
  return { ...plain('name', pair.level, tokenBits(pair.level, share, model)), token };
}

/** The side of a pair that more people bear: a slip of the pen makes nobody's name rare. */
function commonest({ canons }: TokenPair, frequency: NameFrequency): { canon: string; share: number } {
  const sides = canons.map((canon) => ({ canon, share: shareOf(canon, frequency) }));
  return sides.reduce((most, side) => (side.share > most.share ? side : most));
}

/** Of a part; of two that are one on the other side, as if each stood for itself. */
function shareOf(canon: string, frequency: NameFrequency): number {
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
function limitSum(parts: WeightPart[], least: number, most: number): WeightPart[] {
  const sum = parts.reduce((total, part) => total + part.bits, 0);
  if (sum >= least && sum <= most) return parts;
  const scale = (sum > most ? most : least) / sum;
  return parts.map((part) => ({
    ...part,
    bits: part.bits * scale,
    reduced: part.reduced + part.bits * (1 - scale),
    reducedBy: 'limit',
  }));
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
