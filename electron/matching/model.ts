import { z } from 'zod';
import shippedFrequency from '../../resources/matching/name-frequency-1.json' with { type: 'json' };
import shippedModel from '../../resources/matching/model-4.json' with { type: 'json' };

/** m: how often this level is seen in one and the same person; u: in two people taken at random. */
const Odds = z.object({ m: z.number().gt(0).max(1), u: z.number().gt(0).max(1) });
const Spread = z.object({ m: z.number().gt(0).max(1), spread: z.number().min(1) });
const levels = <Name extends string>(...names: Name[]) => z.record(z.enum(names), Odds);

/**
 * The Fellegi–Sunter model as data: `resources/matching/model-<version>.json`. Decisions name the
 * version that they were proposed by, so a new model is a new file.
 */
export const Model = z.object({
  version: z.string(),
  source: z.string(),
  levels: z.object({
    nik: levels(
      'equal',
      'transposed',
      'one_digit',
      'one_digit_in_date',
      'one_missing',
      'two_digits',
      'same_tail',
      'different',
    ),
    birth: levels(
      'equal',
      'equal_round',
      'swapped',
      'one_digit',
      'year_round',
      'two_parts',
      'year_only',
      'different',
      'generation',
      'age_equal',
      'age_near',
      'age_different',
      'age_generation',
    ),
    sex: levels('equal', 'different'),
    kk: levels('equal', 'one_slip', 'different'),
    address: levels('same_door', 'same_rt', 'same_street', 'same_kelurahan', 'elsewhere', 'other_kelurahan'),
    mother: levels('equal', 'similar', 'different'),
    companions: levels('present'),
  }),
  /** `spread`: how many more tokens this level lets in than the exact one; `u` where frequency says nothing. */
  tokens: z.object({
    exact: Spread,
    class: Spread,
    key: Spread,
    joined: Spread,
    similar: Spread,
    initial: Odds,
    absent: Odds,
    conflict: Odds,
  }),
  /** In bits: corrections for evidence that is contained in other evidence. */
  limits: z.object({
    nameMost: z.number(),
    nameLeast: z.number(),
    birthInsideEqualNik: z.number(),
    sexInsideEqualNik: z.number(),
    nearNikWithBirth: z.number(),
    householdFrom: z.number(),
    birthInHousehold: z.number(),
    /** Where one digit of the date differs: brothers and sisters are born a year or ten apart on like days. */
    birthSlipInHousehold: z.number(),
    tokenInHousehold: z.number(),
    /** Where the whole name is the same: relatives share a part of their names, hardly all of them. */
    rarestTokenOfWholeName: z.number(),
  }),
  /** A short list does not make a stranger likelier: the prior is never better than one in so many. */
  populationLeast: z.number().min(2),
  decision: z.object({
    autoProbability: z.number(),
    /** From where name and birth date alone make sure: one in so many is a namesake of one day all the same. */
    namesakeProbability: z.number(),
    reviewProbability: z.number(),
    proposeProbability: z.number(),
    gapBits: z.number(),
    groups: z.int(),
    associativeProbability: z.number(),
  }),
});
export type Model = z.infer<typeof Model>;

const Frequencies = z.object({
  version: z.string(),
  source: z.string(),
  per: z.number(),
  unlisted: z.number(),
  frequency: z.record(z.string(), z.number()),
});

/** Share of persons who bear a name part, 0 to 1. */
export type NameFrequency = (canon: string) => number;

export const defaultModel: Model = Model.parse(shippedModel);

const shipped = Frequencies.parse(shippedFrequency);
const shares = new Map(
  Object.entries(shipped.frequency).map(([token, count]): [string, number] => [token, count / shipped.per]),
);

/**
 * How often a part is borne, by the list itself and the shipped estimate together: a list of a
 * kelurahan knows its own names, but is too short for the rare ones.
 *
 * @param bearers how many of `population` bear the part.
 */
export function blendFrequency(canon: string, bearers: number, population: number): number {
  const trust = 2000;
  return (bearers + trust * defaultNameFrequency(canon)) / (population + trust);
}

export const defaultNameFrequency: NameFrequency = (canon) =>
  shares.get(canon) ?? shipped.unlisted / shipped.per;
