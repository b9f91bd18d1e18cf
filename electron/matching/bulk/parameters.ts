import { z } from 'zod';
import shipped from '../../../resources/matching/bulk-1.json' with { type: 'json' };
import { fixedLevels, text, token } from './levels.ts';
import type { TextParents } from './text-parents.ts';

const Share = z.number().gt(0).max(1);
const Odds = z.object({ m: Share, u: Share, h: Share });
const TokenOdds = Odds.extend({ spread: z.number().min(0) });

const Shipped = z.object({
  version: z.string(),
  source: z.string(),
  fields: z.object({
    nik: z.record(z.string(), Odds),
    birth: z.record(z.string(), Odds),
    sex: z.record(z.string(), Odds),
    household: z.record(z.string(), Odds),
    address: z.record(z.string(), Odds),
  }),
  text: z.record(z.string(), Odds),
  tokens: z.record(z.string(), TokenOdds),
  /** How likely two people of a household who agree in each part of the name do so, beside the parts themselves. */
  wholeNameInHousehold: Share,
  /** People who share a household with a person. */
  othersInHousehold: z.number().min(0),
  /** In bits: a name alone weighs no more. */
  nameMost: z.number(),
  /** The second pass, in which the family speaks. */
  companions: z.object({
    /** How likely a person stands in the household in which relatives were found. */
    present: Share,
    /** How likely none of them is found in a person's household elsewhere, and as how many links that counts. */
    absent: Share,
    priorLinks: z.number(),
    /** Links from here on are counted to learn it. */
    sureProbability: Share,
    /** In bits: a family proves no more, and what it says below the other is nothing. */
    mostBits: z.number(),
    noticeBits: z.number(),
  }),
  learning: z.object({
    /** Candidate pairs and random pairs to learn from, at most. */
    pairs: z.int(),
    strangers: z.int(),
    rounds: z.int(),
    steps: z.int(),
    /** The shipped m and u count as much as so many pairs. */
    priorPairs: z.number(),
    priorStrangers: z.number(),
    /** The shipped number of relatives counts as much as so many persons. */
    priorPersons: z.number(),
    /** Fewer expected matches than this, and the shipped m stands. */
    matchesAtLeast: z.number(),
    /** So many pairs of one name and birth date tell how often a number is written alike. */
    certainAtLeast: z.number(),
    /** Expected matches further than this share from what equal numbers imply are not believed. */
    numbersOffAtMost: Share,
  }),
});

/** Probabilities of the levels of one field, by level number; level 0 ("missing") is 1 everywhere: no evidence. */
export interface LevelOdds {
  /** In one and the same person. */
  m: Float64Array;
  /** In two strangers. */
  u: Float64Array;
  /** In two people of a household. */
  h: Float64Array;
}

export interface TokenOddsTable extends LevelOdds {
  /** u of a part grows with how many bear it: u + spread × share. */
  spread: Float64Array;
}

/** Everything a pair is weighed by: shipped, or learnt from the files. */
export interface BulkParameters {
  fields: LevelOdds[];
  /** Of each text column: first where its parent column does not agree, second where it does. */
  texts: [LevelOdds, LevelOdds][];
  tokens: TokenOddsTable;
  /** What was shipped: learning starts from it and returns to it. */
  shipped: Pick<BulkParameters, 'fields' | 'texts' | 'tokens'>;
}

export const bulkSettings = Shipped.parse(shipped);

/** The shipped parameters for files with so many text columns. */
export function shippedParameters(parents: TextParents): BulkParameters {
  const { fields, tokens } = bulkSettings;
  const byLevel = [fields.nik, fields.birth, fields.sex, fields.household, fields.address];
  const odds: BulkParameters['shipped'] = {
    fields: fixedLevels.map((levels, index) => tableOf(levels, byLevel[index] ?? {})),
    texts: parents.map((parent) => {
      const alone = tableOf(text, bulkSettings.text);
      alone.u[text.equal] = parent.chance;
      const beside = copyOf(alone);
      beside.u[text.equal] = Math.max(parent.chance, parent.chanceBeside);
      return [alone, beside];
    }),
    tokens: {
      ...tableOf(token, tokens, 0),
      spread: Float64Array.from(Object.keys(token), (name) => tokens[name]?.spread ?? 0),
    },
  };
  return { ...odds, shipped: odds };
}

export function copyOf(odds: LevelOdds): LevelOdds {
  return { m: odds.m.slice(), u: odds.u.slice(), h: odds.h.slice() };
}

function tableOf(
  levels: Readonly<Record<string, number>>,
  odds: Readonly<Record<string, z.infer<typeof Odds>>>,
  first = 1,
): LevelOdds {
  const size = Object.keys(levels).length;
  const table = { m: new Float64Array(size), u: new Float64Array(size), h: new Float64Array(size) };
  if (first === 1) for (const part of [table.m, table.u, table.h]) part[0] = 1;
  for (const [name, level] of Object.entries(levels)) {
    if (level < first) continue;
    const known = odds[name];
    if (known === undefined) throw new Error(`The shipped parameters name no level "${name}".`);
    table.m[level] = known.m;
    table.u[level] = known.u;
    table.h[level] = known.h;
  }
  return table;
}
