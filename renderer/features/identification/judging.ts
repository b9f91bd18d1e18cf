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
  /** When (ms) that pair came up. */
  since: number;
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
export function openJudging(pairs: readonly Pair[], earlier: readonly PairVerdict[], now: number): Judging {
  const asked = new Set(pairs.flatMap(keysOf));
  const given = new Map(
    earlier
      .map((verdict) => [pairKey(verdict.memberId, verdict.personId), verdict] as const)
      .filter(([key]) => asked.has(key)),
  );
  const verdicts: Verdicts = new Map([...initialVerdicts(pairs), ...given]);
  const judged = new Set(pairs.filter((pair) => given.has(pair.key)).map((pair) => pair.key));
  return { verdicts, judged, at: firstUndecided(pairs, verdicts), since: now, before: null };
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

/** A pair that came up so recently (ms) was not seen yet: what is pressed then was meant for the one before. */
const unseen = 400;

export function say(
  judging: Judging,
  pairs: readonly Pair[],
  pair: Pair,
  verdict: PairVerdict['verdict'],
  now: number,
): Judging {
  if (now - judging.since < unseen) return judging;
  return take(judging, pairs, pair, decide(judging.verdicts, pair, verdict), now);
}

export function choose(
  judging: Judging,
  pairs: readonly Pair[],
  pair: Pair,
  other: MatchCandidate,
  now: number,
): Judging {
  return take(judging, pairs, pair, chooseOther(judging.verdicts, pair, other), now);
}

/** Writes why a pair is not the same; typing is undone by the field itself. */
export function giveReason(judging: Judging, pair: Pair, reason: string): Judging {
  return { ...judging, verdicts: withReason(judging.verdicts, pair, reason) };
}

/** Looks at another pair; that is no verdict, and nothing to undo. */
export function goTo(judging: Judging, at: number, now: number): Judging {
  return at === judging.at ? judging : { ...judging, at, since: now };
}

/** Takes the last verdict back, and goes to where it was given. */
export function undo(judging: Judging, now: number): Judging {
  const { before } = judging;
  return before === null
    ? judging
    : goTo({ ...before, since: judging.since, at: judging.at }, before.at, now);
}

/** Goes on to the next undecided pair; a "bukan" that has no reason yet is stayed with. */
function take(
  judging: Judging,
  pairs: readonly Pair[],
  pair: Pair,
  verdicts: Verdicts,
  now: number,
): Judging {
  const open = withoutReason([pair], verdicts).length > 0;
  const judged = new Set([...judging.judged, pair.key]);
  const at = open ? judging.at : nextUndecided(pairs, verdicts, judging.at);
  return goTo({ ...judging, verdicts, judged, before: judging }, at, now);
}
