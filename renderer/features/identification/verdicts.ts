import type {
  CaseProposal,
  MatchCandidate,
  PairEvidence,
  PairVerdict,
} from '../../../shared/contract/identification.ts';
import { differencesInWords, isReasonOfVerdict } from '../../../shared/domain/match.ts';
import type { ReferenceSource } from '../../../shared/domain/reference.ts';

/** One question to the clerk: is this member this person of the list? */
export interface Pair {
  key: string;
  source: ReferenceSource;
  /** Where the weights of the evidence come from, as a sentence goes on. */
  modelOrigin: string;
  memberId: string;
  memberName: string;
  relation: string;
  /** The program takes them for the same, without doubt. */
  sure: boolean;
  /** The program takes them for the same, with doubt or without. */
  proposes: boolean;
  candidate: MatchCandidate & { evidence: PairEvidence };
  /** Further persons whom it might be. */
  others: readonly MatchCandidate[];
}

/** What was said of each pair; a pair that is absent is undecided. */
export type Verdicts = ReadonlyMap<string, PairVerdict>;

export function pairKey(memberId: string, personId: string): string {
  return `${memberId} ${personId}`;
}

/** Every pair that the program asks about, source by source, in the order of the family. */
export function pairsOf(proposal: CaseProposal): Pair[] {
  return proposal.sources.flatMap((source) =>
    source.members.flatMap((member) => {
      const asked = member.candidates.find(({ personId }) => personId === member.askedId);
      // Who is asked about comes with the evidence.
      if (asked === undefined || asked.evidence === null) return [];
      const candidate = { ...asked, evidence: asked.evidence };
      return [
        {
          key: pairKey(member.memberId, candidate.personId),
          source: source.source,
          modelOrigin: source.modelOrigin,
          memberId: member.memberId,
          memberName: member.name,
          relation: member.relation,
          sure: member.outcome === 'auto',
          proposes: member.proposes,
          candidate,
          others: member.candidates.filter((other) => other !== asked),
        },
      ];
    }),
  );
}

/** What is set when the case is opened: what the program is sure of, to be confirmed with the rest. */
export function initialVerdicts(pairs: readonly Pair[]): Verdicts {
  return new Map(pairs.filter((pair) => pair.sure).map((pair) => [pair.key, verdictOn(pair, 'sama')]));
}

/** What was said, and for what is undecided what the program proposes: the result is shown by it. */
export function withProposals(pairs: readonly Pair[], verdicts: Verdicts): PairVerdict[] {
  const open = pairs.filter((pair) => pair.proposes && !verdicts.has(pair.key));
  return [...verdicts.values(), ...open.map((pair) => verdictOn(pair, 'sama'))];
}

/** Whoever says "bukan" once more leaves the reason that stands as it is. */
export function decide(verdicts: Verdicts, pair: Pair, verdict: PairVerdict['verdict']): Verdicts {
  const said = verdicts.get(pair.key);
  const stands =
    said?.verdict === 'bukan' && isReasonOfVerdict(said.reason) && chosenOther(verdicts, pair) === null;
  return new Map([
    ...withoutOthers(verdicts, pair),
    [pair.key, verdict === 'bukan' && stands ? said : verdictOn(pair, verdict)],
  ]);
}

/** Why the asked one is not the same, in the clerk's own words. */
export function withReason(verdicts: Verdicts, pair: Pair, reason: string): Verdicts {
  return new Map([...verdicts, [pair.key, { ...verdictOn(pair, 'bukan'), reason }]]);
}

/** Pairs judged "bukan" that say no reason: nothing of them differs, and nobody wrote why in words. */
export function withoutReason(pairs: readonly Pair[], verdicts: Verdicts): Pair[] {
  return pairs.filter((pair) => {
    const said = verdicts.get(pair.key);
    return said?.verdict === 'bukan' && !isReasonOfVerdict(said.reason);
  });
}

/** Another candidate is the one: the asked one is not. */
export function chooseOther(verdicts: Verdicts, pair: Pair, other: MatchCandidate): Verdicts {
  return new Map([
    ...withoutOthers(verdicts, pair),
    [pair.key, { ...verdictOn(pair, 'bukan'), reason: `Yang cocok ${other.name}` }],
    [
      pairKey(pair.memberId, other.personId),
      { memberId: pair.memberId, personId: other.personId, verdict: 'sama', reason: null },
    ],
  ]);
}

/** The other candidate who was chosen instead of the asked one, or null. */
export function chosenOther(verdicts: Verdicts, pair: Pair): MatchCandidate | null {
  return (
    pair.others.find((other) => verdicts.get(pairKey(pair.memberId, other.personId))?.verdict === 'sama') ??
    null
  );
}

export function countUndecided(pairs: readonly Pair[], verdicts: Verdicts): number {
  return pairs.filter((pair) => !verdicts.has(pair.key)).length;
}

/** Where a case is opened: at its first undecided pair, or at its first. */
export function firstUndecided(pairs: readonly Pair[], verdicts: Verdicts): number {
  return Math.max(
    0,
    pairs.findIndex((pair) => !verdicts.has(pair.key)),
  );
}

/**
 * Where to go after a verdict: the next undecided pair, from the one after `from` and round again;
 * where none is left, the place stays.
 */
export function nextUndecided(pairs: readonly Pair[], verdicts: Verdicts, from: number): number {
  for (let step = 1; step <= pairs.length; step += 1) {
    const at = (from + step) % pairs.length;
    const pair = pairs[at];
    if (pair !== undefined && !verdicts.has(pair.key)) return at;
  }
  return from;
}

function withoutOthers(verdicts: Verdicts, pair: Pair): Map<string, PairVerdict> {
  const others = new Set(pair.others.map((other) => pairKey(pair.memberId, other.personId)));
  return new Map([...verdicts].filter(([key]) => !others.has(key)));
}

function verdictOn(pair: Pair, verdict: PairVerdict['verdict']): PairVerdict {
  const { evidence, personId } = pair.candidate;
  const reason =
    verdict === 'sama' ? null : differencesInWords([...evidence.fields, ...evidence.householdFields]);
  return { memberId: pair.memberId, personId, verdict, reason };
}
