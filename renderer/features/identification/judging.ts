import { z } from 'zod';
import {
  type CaseProposal,
  type MatchCandidate,
  PairVerdict,
} from '../../../shared/contract/identification.ts';
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
  /** Keys of the pairs that were judged on what the case said before it changed: to be looked at again. */
  again: ReadonlySet<string>;
  at: number;
  /** When (ms) that pair came up. */
  since: number;
  /** What stood before the last verdict, and before the one before that. */
  before: Judging | null;
}

/** What a person said of a case and has not recorded yet: it waits while the case is left. */
export const Unrecorded = z.object({
  /** Version of the case on which the verdicts were given; null where none was. */
  version: z.int().nullable(),
  /** Null where nothing was said yet. */
  given: z.array(PairVerdict).nullable(),
  /** Keys of pairs whose verdicts are older than that version. */
  again: z.array(z.string()),
  /** Another result than the rule's. */
  chosen: IdentificationResult.nullable(),
  reason: z.string(),
});
export type Unrecorded = z.infer<typeof Unrecorded>;

export const nothingSaid: Unrecorded = { version: null, given: null, again: [], chosen: null, reason: '' };

/**
 * As the case is opened. What was given before stands, whether it was left unrecorded or undone with
 * Ctrl+Z, as far as its pairs are still asked about; what was given before the case changed counts as
 * undecided until somebody has looked at it again.
 *
 * @param again keys of pairs whose verdicts were given before the case changed.
 */
export function openJudging(
  pairs: readonly Pair[],
  earlier: readonly PairVerdict[],
  now: number,
  again: readonly string[] = [],
): Judging {
  const asked = new Set(pairs.flatMap(keysOf));
  const given = new Map(
    earlier
      .map((verdict) => [pairKey(verdict.memberId, verdict.personId), verdict] as const)
      .filter(([key]) => asked.has(key)),
  );
  const verdicts: Verdicts = new Map([...initialVerdicts(pairs), ...given]);
  const old = new Set(again);
  const said = pairs.filter((pair) => given.has(pair.key)).map((pair) => pair.key);
  const opened = {
    verdicts,
    judged: new Set(said.filter((key) => !old.has(key))),
    again: new Set(said.filter((key) => old.has(key))),
  };
  return { ...opened, at: firstUndecided(pairs, settledOf(opened)), since: now, before: null };
}

/** Verdicts, the version of the case on which they were given, and keys of those that are older still. */
interface Said {
  version: number | null;
  given: readonly PairVerdict[];
  again: readonly string[];
}

/** What was said before: what this person left unrecorded, else what was recorded and undone with Ctrl+Z. */
export function saidOf(
  { version, given, again }: Unrecorded,
  { earlier, earlierVersion }: Pick<CaseProposal, 'earlier' | 'earlierVersion'>,
): Said {
  return given === null ? { version: earlierVersion, given: earlier, again: [] } : { version, given, again };
}

/** Keys of what was said on another version of the case than this: each is to be looked at again. */
export function saidBefore({ version: saidOn, given, again }: Said, version: number): readonly string[] {
  if (saidOn === version) return again;
  return given.map(({ memberId, personId }) => pairKey(memberId, personId));
}

/** The verdicts that hold for the case as it is now; on every other pair a person has still to say something. */
export function settledOf({ verdicts, again }: Pick<Judging, 'verdicts' | 'again'>): Verdicts {
  return new Map([...verdicts].filter(([key]) => !again.has(key)));
}

/** What is kept of it while the case is left: the verdicts that a person gave, none that the program set by itself. */
export function givenOf(
  { verdicts, judged, again }: Pick<Judging, 'verdicts' | 'judged' | 'again'>,
  pairs: readonly Pair[],
): PairVerdict[] {
  return pairs
    .filter(({ key }) => judged.has(key) || again.has(key))
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

/** Writes why a pair is not the same; typing is undone by the field itself. Who writes has looked at it again. */
export function giveReason(judging: Judging, pair: Pair, reason: string): Judging {
  const verdicts = withReason(judging.verdicts, pair, reason);
  return judging.again.has(pair.key) ? { ...lookedAt(judging, pair), verdicts } : { ...judging, verdicts };
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

/**
 * Takes a "bukan" back for which no reason was written: by undoing it where it was the last verdict,
 * else the pair stands again as it was opened. The key that said it may have been a slip.
 */
export function withdraw(judging: Judging, pairs: readonly Pair[], pair: Pair, now: number): Judging {
  if (judging.before !== null && pairs[judging.before.at] === pair) return undo(judging, now);
  const verdicts = new Map(judging.verdicts);
  verdicts.delete(pair.key);
  for (const [key, verdict] of initialVerdicts([pair])) verdicts.set(key, verdict);
  const judged = new Set(judging.judged);
  judged.delete(pair.key);
  return { ...lookedAt(judging, pair), verdicts, judged };
}

/** On to the next undecided pair, once the reason of this one is written. */
export function goOn(judging: Judging, pairs: readonly Pair[], now: number): Judging {
  return goTo(judging, nextUndecided(pairs, settledOf(judging), judging.at), now);
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
  const next = { ...lookedAt(judging, pair), verdicts, before: judging };
  return goTo(next, open ? judging.at : nextUndecided(pairs, settledOf(next), judging.at), now);
}

function lookedAt(judging: Judging, { key }: Pair): Judging {
  const again = new Set(judging.again);
  again.delete(key);
  return { ...judging, judged: new Set([...judging.judged, key]), again };
}
