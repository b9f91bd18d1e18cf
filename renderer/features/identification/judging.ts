import { z } from 'zod';
import { type MatchCandidate, PairVerdict } from '../../../shared/contract/identification.ts';
import { IdentificationResult } from '../../../shared/domain/registration.ts';
import {
  chooseOther,
  decide,
  firstUndecided,
  initialVerdicts,
  nextUndecided,
  type Pair,
  pairKey,
  type Verdicts,
  withoutReason,
  withReason,
} from './verdicts.ts';

/** Where a person stands in judging a case, and every step that led there. */
export interface Judging {
  verdicts: Verdicts;
  /** Keys of the pairs that a person has looked at and judged; the rest is the program's proposal. */
  judged: ReadonlySet<string>;
  at: number;
  /** What stood before the last verdict, and before the one before that. */
  before: Judging | null;
}

/** What a person said of a case and has not recorded yet: it waits while the case is left. */
export const Unrecorded = z.object({
  /** Null where nothing was said yet. */
  given: z.array(PairVerdict).nullable(),
  /** Another result than the rule's. */
  chosen: IdentificationResult.nullable(),
  reason: z.string(),
});
export type Unrecorded = z.infer<typeof Unrecorded>;

export const nothingSaid: Unrecorded = { given: null, chosen: null, reason: '' };

/**
 * As the case is opened. What was given before stands, whether it was left unrecorded or undone with
 * Ctrl+Z, as far as its pairs are still asked about.
 */
export function openJudging(pairs: readonly Pair[], earlier: readonly PairVerdict[]): Judging {
  const asked = new Set(pairs.flatMap(keysOf));
  const given = new Map(
    earlier
      .map((verdict) => [pairKey(verdict.memberId, verdict.personId), verdict] as const)
      .filter(([key]) => asked.has(key)),
  );
  const verdicts: Verdicts = new Map([...initialVerdicts(pairs), ...given]);
  const judged = new Set(pairs.filter((pair) => given.has(pair.key)).map((pair) => pair.key));
  return { verdicts, judged, at: firstUndecided(pairs, verdicts), before: null };
}

/** The verdicts that a person gave; what the program set by itself is not among them. */
export function givenOf({ verdicts, judged }: Judging, pairs: readonly Pair[]): PairVerdict[] {
  return pairs
    .filter(({ key }) => judged.has(key))
    .flatMap((pair) => keysOf(pair).flatMap((key) => verdicts.get(key) ?? []));
}

/** Under which a verdict on a pair is kept: its own, and those of the persons who may be chosen instead. */
function keysOf({ key, memberId, others }: Pair): string[] {
  return [key, ...others.map(({ personId }) => pairKey(memberId, personId))];
}

export function say(
  judging: Judging,
  pairs: readonly Pair[],
  pair: Pair,
  verdict: PairVerdict['verdict'],
): Judging {
  return take(judging, pairs, pair, decide(judging.verdicts, pair, verdict));
}

export function choose(judging: Judging, pairs: readonly Pair[], pair: Pair, other: MatchCandidate): Judging {
  return take(judging, pairs, pair, chooseOther(judging.verdicts, pair, other));
}

/** Writes why a pair is not the same; typing is undone by the field itself. */
export function giveReason(judging: Judging, pair: Pair, reason: string): Judging {
  return { ...judging, verdicts: withReason(judging.verdicts, pair, reason) };
}

/** Looks at another pair; that is no verdict, and nothing to undo. */
export function goTo(judging: Judging, at: number): Judging {
  return { ...judging, at };
}

/** Takes the last verdict back, and goes to where it was given. */
export function undo(judging: Judging): Judging {
  return judging.before ?? judging;
}

/** Goes on to the next undecided pair; a "bukan" that has no reason yet is stayed with. */
function take(judging: Judging, pairs: readonly Pair[], pair: Pair, verdicts: Verdicts): Judging {
  const open = withoutReason([pair], verdicts).length > 0;
  return {
    verdicts,
    judged: new Set([...judging.judged, pair.key]),
    at: open ? judging.at : nextUndecided(pairs, verdicts, judging.at),
    before: judging,
  };
}
