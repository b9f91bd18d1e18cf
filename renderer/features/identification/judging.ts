import type { MatchCandidate, PairVerdict } from '../../../shared/contract/identification.ts';
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

/** As the case is opened; verdicts that were undone with Ctrl+Z stand as they were given. */
export function openJudging(pairs: readonly Pair[], earlier: readonly PairVerdict[]): Judging {
  const given = new Map(earlier.map((verdict) => [pairKey(verdict.memberId, verdict.personId), verdict]));
  const verdicts: Verdicts = new Map([...initialVerdicts(pairs), ...given]);
  const judged = new Set(pairs.filter((pair) => given.has(pair.key)).map((pair) => pair.key));
  return { verdicts, judged, at: firstUndecided(pairs, verdicts), before: null };
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
