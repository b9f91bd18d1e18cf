import type {
  CaseProposal,
  ExplainedPair,
  MatchCandidate,
  MemberProposal,
  PairEvidence,
  PairVerdict,
  SourceProposal,
} from '../../shared/contract/identification.ts';
import { headOf, type Household } from '../../shared/domain/household.ts';
import { Relation, relationLabel } from '../../shared/domain/person.ts';
import { referenceSourceLabel } from '../../shared/domain/reference.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { doubtSentence, explainLink, explainScored, judgeLink, judgeScored } from '../matching/explain.ts';
import type { ProposedLink } from '../matching/match-household.ts';
import type { Scored } from '../matching/score-board.ts';
import { householdAtMost } from '../matching/shared-card.ts';
import { paperDay } from '../printing/words.ts';
import { reading } from '../store/connection.ts';
import { findUndone } from '../store/identification-undo.ts';
import {
  compareCharacteristics,
  comparedPair,
  findPair,
  type LinkedUnit,
  linkedUnits,
  linkedPairs,
  listOf,
  matchCase,
  modelVersionOf,
  resultOf,
  type SourceMatch,
} from './identification-match.ts';
import type { Register } from './register.ts';
import { formatRtRw } from '../../shared/domain/rt-rw.ts';

/** What the program proposes for a case, with everything a person needs to judge it. Reads only. */
export function proposeCase(register: Register, current: Case): CaseProposal {
  return reading(register.db, () => proposalOf(register, current));
}

function proposalOf(register: Register, current: Case): CaseProposal {
  const matches = matchCase(register, current);
  const pairs = linkedPairs(matches, proposedPairs(matches));
  const { sure, doubts } = certaintyOf(matches);
  return {
    caseId: current.id,
    number: current.number,
    version: current.version,
    headName: headOf(current.household)?.name ?? '',
    address: addressLine(current.household.address),
    modelVersion: modelVersionOf(matches),
    sources: matches.map((match) => toSource(current, match)),
    proposed: resultOf(current, pairs),
    ...earlierVerdicts(register, current.id, matches),
    sure,
    doubts,
  };
}

/**
 * Of a pair that somebody wants to know more of: of a candidate whom the proposal only names, or why the program
 * thinks so.
 *
 * @throws AppError `proposal_changed` for a pair that was never compared.
 */
export function pairEvidence(
  register: Register,
  current: Case,
  pair: { memberId: string; personId: string },
): ExplainedPair {
  return reading(register.db, () => {
    const { in: source, link } = findPair(matchCase(register, current), pair);
    const linked = source.match.links.find(
      ({ memberId, candidate }) => memberId === pair.memberId && candidate.id === pair.personId,
    );
    return linked === undefined
      ? { ...evidenceOf(source, link), explanation: explainScored(link) }
      : { ...evidenceOn(source, linked), explanation: explainLink(linked, source.weighing) };
  });
}

/** What was said before it was undone, of pairs that can be said something of still. */
function earlierVerdicts(
  register: Register,
  caseId: string,
  matches: readonly SourceMatch[],
): Pick<CaseProposal, 'earlier' | 'earlierVersion'> {
  const undone = findUndone(register.db, caseId);
  const earlier = (undone?.links ?? [])
    .map((link) => ({
      memberId: link.memberId,
      personId: link.referencePersonId,
      verdict: link.verdict,
      reason: link.reason,
    }))
    .filter((pair) => comparedPair(matches, pair) !== null);
  return { earlier, earlierVersion: undone?.caseVersion ?? null };
}

/** Everything that the program proposes as one and the same person. */
export function proposedPairs(matches: readonly SourceMatch[]): PairVerdict[] {
  return matches.flatMap(({ match }) =>
    match.links
      .filter((link) => link.proposes)
      .map((link) => ({
        memberId: link.memberId,
        personId: link.candidate.id,
        verdict: 'sama' as const,
        reason: null,
      })),
  );
}

/** Every pair that a person has to say something about. */
export function askedPairs(matches: readonly SourceMatch[]): { memberId: string; personId: string }[] {
  return matches.flatMap(({ match }) =>
    match.links.map((link) => ({ memberId: link.memberId, personId: link.candidate.id })),
  );
}

/**
 * Sure if every source is: found without doubt, or nobody found at all by a search that was whole. Without
 * a list nothing is.
 */
export function certaintyOf(matches: readonly SourceMatch[]): { sure: boolean; doubts: string[] } {
  if (matches.length === 0) {
    return {
      sure: false,
      doubts: ['Belum ada daftar acuan di kantor ini, jadi tidak ada yang dibandingkan.'],
    };
  }
  const refused = matches.flatMap(refusedIn);
  const doubts = matches.flatMap(({ source, match }) => [
    ...match.links.flatMap((link) =>
      link.decision.doubts.map((doubt) => `${link.member.input.name}: ${doubtSentence(doubt)}`),
    ),
    ...match.links
      .filter((link) => link.proposes && !link.atHome)
      .map(
        (link) =>
          `${link.member.input.name}: tercatat di rumah tangga lain pada ${referenceSourceLabel[source]}.`,
      ),
    ...match.overlooked.map(
      (name) => `${name}: terlalu banyak yang senama di ${referenceSourceLabel[source]}; mungkin terlewat.`,
    ),
    ...match.crowded.map(
      (name) =>
        `${name}: No KK atau rumah tangganya di ${referenceSourceLabel[source]} memuat lebih dari ${householdAtMost} orang (panti, asrama, atau nomor pengisi); itu tidak dihitung sebagai bukti.`,
    ),
  ]);
  return {
    sure:
      refused.length === 0 &&
      matches.every(
        ({ match }) =>
          match.overlooked.length === 0 &&
          match.crowded.length === 0 &&
          (match.sure || match.links.length === 0),
      ),
    doubts: [...doubts, ...refused.map((name) => `${name}: ${doubtSentence('said_not_same')}`)],
  };
}

/** Members for whom the program would propose somebody whom a person has refused: one more look, no question. */
function refusedIn({ match, remembered, weighing }: SourceMatch): string[] {
  return [...match.candidates].flatMap(([memberId, candidates]) =>
    candidates
      .filter(
        (candidate) =>
          candidate.weight.probability >= weighing.model.decision.proposeProbability &&
          remembered.find(memberId, candidate.candidate.id) !== null,
      )
      .map((candidate) => candidate.member.input.name),
  );
}

/** "Jl. Kebon Sirih 12, RT 003/RW 005". */
export function addressLine(address: Pick<Household['address'], 'street' | 'rt' | 'rw'>): string {
  return `${address.street}, ${formatRtRw(address.rt, address.rw)}`;
}

function toSource(current: Case, source: SourceMatch): SourceProposal {
  const { match } = source;
  return {
    source: source.source,
    lists: source.lists.map((list) => `${list.name}, per ${paperDay(list.date)}`),
    persons: source.persons,
    modelOrigin: source.modelOrigin,
    members: current.household.members.map((member) =>
      toMember(source, member.id, member.name, relationLabel[member.relation]),
    ),
    households: linkedUnits(
      current,
      source,
      match.links.filter((link) => link.proposes),
    ).map((unit) => toHousehold(current, source, unit)),
    sure: match.sure,
    overlooked: [...match.overlooked],
    crowded: [...match.crowded],
  };
}

function toMember(source: SourceMatch, memberId: string, name: string, relation: string): MemberProposal {
  const link = source.match.links.find((candidate) => candidate.memberId === memberId) ?? null;
  const ranked = source.match.candidates.get(memberId) ?? [];
  const others = ranked.filter((candidate) => candidate.candidate.id !== link?.candidate.id);
  const isRival = (candidate: Scored) => link !== null && candidate === others[0];
  return {
    memberId,
    name,
    relation,
    outcome: link?.decision.outcome ?? 'none',
    askedId: link?.candidate.id ?? null,
    proposes: link?.proposes ?? false,
    candidates: [
      ...(link === null ? [] : [toCandidate(source, link, evidenceOn(source, link))]),
      ...others.map((candidate) =>
        toCandidate(source, candidate, isRival(candidate) ? evidenceOf(source, candidate) : null),
      ),
    ],
  };
}

/** What speaks for the pair that a person is asked about, with what would settle it. */
function evidenceOn(source: SourceMatch, link: ProposedLink): PairEvidence {
  return { ...evidenceOf(source, link), judgement: judgeLink(link, source.weighing) };
}

/** What speaks for any pair that was compared. */
function evidenceOf(source: SourceMatch, link: Scored): PairEvidence {
  const { identity, household } = source.fields(link);
  return { fields: identity, householdFields: household, judgement: judgeScored(link) };
}

function toCandidate(source: SourceMatch, link: Scored, evidence: PairEvidence | null): MatchCandidate {
  const said = source.remembered.find(link.memberId, link.candidate.id);
  return {
    personId: link.candidate.id,
    householdId: link.candidate.householdId,
    name: link.candidate.input.name,
    probability: link.weight.probability,
    evidence,
    linkedWith: source.linkedWith(link.candidate.id),
    notSame:
      said === null
        ? null
        : { id: said.id, reason: said.reason, byName: said.decidedByName, at: said.decidedAt },
  };
}

/** The address as the list has it; a street that names RT and RW itself needs no second mention. */
function listedAddress({
  street,
  rt,
  rw,
}: {
  street: string | null;
  rt: number | null;
  rw: number | null;
}): string {
  const named = rt === null || rw === null || /\bRT\b/i.test(street ?? '');
  const rtRw = named ? null : formatRtRw(rt, rw);
  return [street, rtRw].filter((part) => part !== null).join(', ');
}

function toHousehold(
  current: Case,
  source: SourceMatch,
  unit: LinkedUnit,
): SourceProposal['households'][number] {
  const { household } = unit.household;
  return {
    id: unit.household.id,
    listName: listOf(source, unit.household)?.name ?? '',
    address: listedAddress(household),
    percentile: household.percentile,
    desil: household.desil,
    persons: unit.household.persons.map(({ id, person }) => {
      const relation = Relation.safeParse(person.relation);
      return {
        personId: id,
        name: person.name,
        relation: relation.success ? relationLabel[relation.data] : '',
      };
    }),
    characteristics: compareCharacteristics(current, source, unit, source.match.links),
  };
}
