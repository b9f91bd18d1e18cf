import type { DuplicateReason } from '../../shared/contract/duplicates.ts';
import type { CandidateSource } from '../matching/candidate-source.ts';
import { identityFields } from '../matching/fields.ts';
import { matchHousehold } from '../matching/match-household.ts';
import { defaultModel, type Model } from '../matching/model.ts';
import type { ReportedPerson, Scored } from '../matching/score-board.ts';

/** Below this a family is not worth the clerk's glance; an equal KK always is. */
export const worthShowing = 0.2;

export interface LikelyHousehold {
  id: string;
  bits: number;
  links: Scored[];
}

/** Households of a source that somebody of these may stand in; a key that too many bear makes it incomplete, and a No KK that too many share says nothing. @param model what the source was learnt to be like; cases and drafts are judged by the shipped one. */
export function likelyIn(
  members: readonly ReportedPerson[],
  source: CandidateSource,
  model: Model = defaultModel,
): { households: LikelyHousehold[]; capped: boolean; crowded: boolean } {
  const match = matchHousehold(members, source, { model, everyLikely: true });
  const byHousehold = new Map<string, Map<string, Scored>>();
  for (const candidates of match.candidates.values()) {
    for (const link of candidates) {
      if (link.weight.probability < worthShowing && link.comparison.kk !== 'equal') continue;
      const links = byHousehold.get(link.candidate.householdId) ?? new Map<string, Scored>();
      byHousehold.set(link.candidate.householdId, links);
      const known = links.get(link.memberId);
      if (known === undefined || known.weight.bits < link.weight.bits) links.set(link.memberId, link);
    }
  }
  const households = [...byHousehold].map(([id, links]) => ({
    id,
    bits: Math.max(...[...links.values()].map((link) => link.weight.bits)),
    links: [...links.values()],
  }));
  return { households, capped: match.searchedInPart.size > 0, crowded: match.crowded.length > 0 };
}

export function whyOf(link: Scored): DuplicateReason {
  const fields = identityFields(link.member, link.person, 'DTKS');
  return {
    reportedName: link.member.input.name.trim(),
    otherName: link.person.input.name,
    same: fields.filter((field) => field.verdict === 'sama').map((field) => field.label),
    different: fields.filter((field) => field.verdict === 'beda').map((field) => field.label),
  };
}

/** A rare name alone is one kind of evidence: whatever its weight, it is no more than likely. */
export function isSure(link: Scored): boolean {
  return link.weight.probability >= 0.95 && link.weight.groups.length >= 2;
}

export function verdictOf(link: Scored): string {
  const { probability } = link.weight;
  if (isSure(link))
    return probability >= 0.999 ? 'Hampir pasti keluarga yang sama.' : 'Sangat mungkin keluarga yang sama.';
  return probability >= 0.5 ? 'Mungkin keluarga yang sama.' : 'Mirip; periksa sebentar.';
}
