import { compare } from './compare.ts';
import { decide, type Doubt, isTwinRisk } from './decide.ts';
import { soundAlike } from './identity.ts';
import type { HouseholdMatch, ProposedLink } from './match-household.ts';
import type { Model } from './model.ts';
import type { Scored } from './score-board.ts';

/** A NIK that is one slip of the finger off, or none: with another whole number they are two people. */
const nearNiks: ReadonlySet<string> = new Set([
  'transposed',
  'one_digit',
  'one_digit_in_date',
  'one_missing',
]);
const oneNik: ReadonlySet<string> = new Set([...nearNiks, 'equal', 'missing']);
const bornTheSame: ReadonlySet<string> = new Set(['equal', 'equal_round', 'swapped']);

/**
 * Other rows of the lists that were searched which are this member too, who stands in one of them (`personId`): the engine is
 * as sure of each as it would be of the only one. Twins, brothers and sisters, father and son are told apart by more than
 * a proposal needs: the name sounds the same, and birth or number says it as well. Whoever stands for another member, or
 * may, is not asked about.
 */
export function standsTwice(
  { candidates, links }: HouseholdMatch,
  { memberId, personId }: { memberId: string; personId: string },
  model: Model,
): Scored[] {
  const linked = new Set([personId, ...links.map(({ candidate }) => candidate.id)]);
  const shown = candidates.get(memberId) ?? [];
  const own = shown.find(({ candidate }) => candidate.id === personId);
  if (own === undefined) return [];
  return shown.filter((other) => {
    const { member, person, comparison, weight, candidate } = other;
    if (linked.has(candidate.id) || person.name.deceased !== member.name.deceased) return false;
    if (!soundAlike(member.input.name, person.input.name) || isTwinRisk(member, person, comparison))
      return false;
    if (!oneNik.has(compare(own.person, person).nik)) return false;
    if (!nearNiks.has(comparison.nik) && !bornTheSame.has(comparison.birth)) return false;
    return decide({ comparison, weight, runnerUp: null, circumstances: [] }, model).outcome === 'auto';
  });
}

/**
 * Why it may be somebody else who is linked; nothing where the engine is sure. Another row of the same person is no rival:
 * whichever of them is taken, it is they.
 */
export function doubtsOf(match: HouseholdMatch, link: ProposedLink, model: Model): readonly Doubt[] {
  const { decision, memberId, candidate, weight } = link;
  if (decision.outcome === 'auto') return [];
  if (decision.doubts.some((doubt) => doubt !== 'runner_up')) return decision.doubts;
  const same = new Set(
    standsTwice(match, { memberId, personId: candidate.id }, model).map((other) => other.candidate.id),
  );
  const rivals = (match.candidates.get(memberId) ?? []).filter(
    (other) =>
      other.candidate.id !== candidate.id && weight.bits - other.weight.bits < model.decision.gapBits,
  );
  return rivals.every((other) => same.has(other.candidate.id)) ? [] : decision.doubts;
}
