import type { Comparison } from './compare.ts';
import { decide, type Doubt, type Outcome } from './decide.ts';
import type { ProposedLink } from './match-household.ts';
import { weigh, type WeighOptions } from './weigh.ts';

/** One thing that, were it otherwise, would change what the program thinks of a pair. */
export interface WhatIf {
  field: 'nik' | 'birth' | 'sex' | 'kk' | 'mother' | 'runner_up';
  /** What it would have to be. */
  were: 'equal' | 'different' | 'gone';
  /** What the program would then say: sure, ask, or not the same. */
  outcome: Outcome;
}

/** Fields that a look at a card or one question to the family can settle. */
const fields = ['nik', 'birth', 'mother', 'sex', 'kk'] as const;

/**
 * What would change the verdict on a pair, worked out by weighing it once more with one field
 * changed: what is missing or differs as if it agreed, what agrees as if it differed.
 */
export function whatWouldChange(link: ProposedLink, weighing: WeighOptions): WhatIf[] {
  const now = link.decision.outcome;
  const found = fields.flatMap((field): WhatIf[] => {
    if (field === 'kk' && isSharedCard(link)) return [];
    const were = link.comparison[field] === 'equal' ? 'different' : 'equal';
    // Nothing is better than sure, and nothing worse than nobody.
    if (now === (were === 'equal' ? 'auto' : 'none')) return [];
    const comparison: Comparison = { ...link.comparison, [field]: were };
    const outcome = outcomeOf(link, comparison, link.runnerUp?.weight.bits ?? null, weighing);
    const points = were === 'equal' ? isBetter(outcome, now) : isBetter(now, outcome);
    return points ? [{ field, were, outcome }] : [];
  });
  if (link.runnerUp === null || now === 'auto') return found;
  const alone = outcomeOf(link, link.comparison, null, weighing);
  return isBetter(alone, now) ? [{ field: 'runner_up', were: 'gone', outcome: alone }, ...found] : found;
}

/** Both No KK are known, and were not compared: too many share the reported one (`ScoreBoard`). */
function isSharedCard({ comparison, member, person }: ProposedLink): boolean {
  return comparison.kk === 'missing' && member.kk.digits !== null && person.kk.digits !== null;
}

function outcomeOf(
  link: ProposedLink,
  comparison: Comparison,
  runnerUp: number | null,
  weighing: WeighOptions,
): Outcome {
  const weight = weigh(comparison, weighing);
  const circumstances = link.circumstances.filter((doubt) => staysTrue(doubt, comparison));
  return decide({ comparison, weight, runnerUp, circumstances }, weighing.model).outcome;
}

/** Twins are told apart by NIK and name together, a number is swapped only where it is another's. */
function staysTrue(doubt: Doubt, { nik, name }: Comparison): boolean {
  switch (doubt) {
    case 'twin':
      return nik !== 'equal' || name?.identical !== true;
    case 'nik_swapped':
      return nik !== 'equal';
    default:
      return true;
  }
}

const order: Record<Outcome, number> = { none: 0, review: 1, auto: 2 };

function isBetter(one: Outcome, other: Outcome): boolean {
  return order[one] > order[other];
}
