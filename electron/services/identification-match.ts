import type { PairVerdict, ResultProposal } from '../../shared/contract/identification.ts';
import type { FieldComparison } from '../../shared/domain/match.ts';
import { type Instrument, questionsOf } from '../../shared/domain/instrument.ts';
import { encodeAnswers, unitQuestions } from '../../shared/domain/instrument-exchange.ts';
import type { Member } from '../../shared/domain/person.ts';
import { type ReferenceSource, referenceUnit } from '../../shared/domain/reference.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import type { Comparison } from '../matching/compare.ts';
import type { Doubt } from '../matching/decide.ts';
import { characteristicFields, householdIdentityFields, identityFields } from '../matching/fields.ts';
import { type HouseholdMatch, matchHousehold } from '../matching/match-household.ts';
import type { ReportedPerson, Scored } from '../matching/score-board.ts';
import { defaultModel } from '../matching/model.ts';
import { memberInput } from '../matching/normalise.ts';
import { proposeResult, type ResultGround } from '../matching/result.ts';
import { householdAtMost } from '../matching/shared-card.ts';
import type { WeighOptions } from '../matching/weigh.ts';
import { findFinishedVisit, type FinishedVisit } from '../store/approval.ts';
import { listVerdictsOfCase } from '../store/duplicates.ts';
import {
  type CurrentList,
  findCaseLinkedWith,
  findHouseholdKey,
  findReferenceHousehold,
} from '../store/identification.ts';
import { findModel } from '../store/list-model.ts';
import { KeyIndex } from '../store/matching.ts';
import type { Remembered } from '../store/pair-verdict.ts';
import type { FoundReferenceHousehold } from '../store/reference-rows.ts';
import { referenceCandidates } from '../store/matching-sources.ts';
import { loadInstrument, shelfOf } from './instruments.ts';
import { demandKeys } from './key-renewal.ts';
import { rememberedNotSame } from './not-same.ts';
import type { RegisterFile } from './register.ts';

/** What the engine found for one case in the current lists of one source. */
export interface SourceMatch {
  source: ReferenceSource;
  lists: CurrentList[];
  persons: number;
  match: HouseholdMatch;
  /** Said before not to be the same; they are shown, and never linked. */
  remembered: Remembered;
  /** What the pairs were weighed with, for asking "what if". */
  weighing: WeighOptions;
  /** Where the model's numbers come from, as a sentence goes on. */
  modelOrigin: string;
  /** A household of the lists, read once. */
  household: (id: string) => FoundReferenceHousehold | null;
  /** Number of another case with which a person of the lists is linked, or null. */
  linkedWith: (personId: string) => string | null;
  /** A pair beside each other field by field, worked out once: the result follows from it, and the screen shows it. */
  fields: (link: Scored) => PairFields;
  /** What the finished visit found, with its questions; read once, and null where there is none. */
  visit: () => { answers: FinishedVisit; instrument: Instrument } | null;
}

export interface PairFields {
  identity: FieldComparison[];
  household: FieldComparison[];
}

/**
 * Compares a case with every source; the lists of a source are searched as one.
 *
 * @throws AppError `keys_renewing`, `keys_disk_full`, `keys_failed` where one of them would be searched in part.
 */
export function matchCase(register: RegisterFile, current: Case): SourceMatch[] {
  const household = remembering((id) => findReferenceHousehold(register.db, id));
  const linkedWith = remembering((personId) =>
    findCaseLinkedWith(register.db, personId, { caseId: current.id, periodId: current.periodId }),
  );
  const visit = once(() => visitOf(register, current.id));
  const circumstancesOf = knownCircumstances(register, current, linkedWith);
  const index = new KeyIndex(register.db, register.names);
  const lists = index.currentLists();
  demandKeys(register, { lists: lists.map(({ id }) => id) });
  const remembered = rememberedNotSame(register, current);
  return [...Map.groupBy(lists, (list) => list.source)].map(([source, ofSource]) => {
    const ids = ofSource.map((list) => list.id);
    const candidates = referenceCandidates(register.db, index, ids);
    const { model, origin } = findModel(register.db, ids);
    const match = matchHousehold(reportedIn(source, current), candidates, {
      model,
      circumstancesOf: (memberId, candidate) =>
        circumstancesOf(memberId, candidate.id, candidate.householdId),
      cannotLink: (memberId, candidate) => remembered.find(memberId, candidate.id) !== null,
    });
    const { frequency, population } = candidates;
    return {
      source,
      lists: ofSource,
      persons: population,
      match,
      remembered,
      weighing: { model, frequency, population },
      modelOrigin: origin,
      household,
      linkedWith,
      fields: fieldsIn(source),
      visit,
    };
  });
}

/** The members of a case as they are looked for in a list of this source. */
export function reportedIn(source: ReferenceSource, { household }: Case): ReportedPerson[] {
  const { address, families, members } = household;
  return members.map((member) => ({
    id: member.id,
    input: memberInput(member, address, families.find(({ no }) => no === member.familyNo)?.kk ?? null),
    unit: unitIn(source, member),
  }));
}

/** The models by which something was found, as a decision names them: one, or each learnt one by its version. */
export function modelVersionOf(matches: readonly SourceMatch[]): string {
  const versions = new Set(matches.map(({ weighing }) => weighing.model.version));
  return versions.size === 0 ? defaultModel.version : [...versions].sort().join(' ');
}

function fieldsIn(source: ReferenceSource): SourceMatch['fields'] {
  const known = new Map<Comparison, PairFields>();
  return ({ comparison, member, person }) => {
    const found = known.get(comparison) ?? {
      identity: identityFields(member, person, source),
      household: householdIdentityFields(member, person, source),
    };
    known.set(comparison, found);
    return found;
  };
}

/** @throws AppError `instrument_missing`. */
function visitOf(register: RegisterFile, caseId: string): ReturnType<SourceMatch['visit']> {
  const answers = findFinishedVisit(register.db, caseId);
  if (answers === null) return null;
  return {
    answers,
    instrument: loadInstrument(shelfOf(register), answers.instrument, answers.instrumentVersion),
  };
}

function once<Value>(read: () => Value): () => Value {
  let found: { value: Value } | null = null;
  return () => (found ??= { value: read() }).value;
}

function remembering<Value>(read: (id: string) => Value): (id: string) => Value {
  const known = new Map<string, Value>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const value = read(id);
    known.set(id, value);
    return value;
  };
}

/** Decisions that lie outside a pair: the family declined at the counter, the person linked with another case. */
function knownCircumstances(
  register: RegisterFile,
  current: Case,
  linkedWith: SourceMatch['linkedWith'],
): (memberId: string, personId: string, householdId: string) => Doubt[] {
  const declined = listVerdictsOfCase(register.db, current.id).filter(
    (verdict) => verdict.otherKind === 'acuan',
  );
  const isDeclined = (householdId: string) => {
    if (declined.length === 0) return false;
    const key = findHouseholdKey(register.db, householdId);
    return declined.some((verdict) => verdict.otherId === key);
  };
  return (_memberId, personId, householdId) => {
    const doubts: Doubt[] = [];
    if (isDeclined(householdId)) doubts.push('said_not_same');
    if (linkedWith(personId) !== null) doubts.push('linked_elsewhere');
    return doubts;
  };
}

/** A pair of which somebody said that it is one person, with the source in which it stands. */
export interface LinkedPair {
  in: SourceMatch;
  link: Scored;
}

/**
 * The pairs said to be the same, each found again among what the engine compared.
 *
 * @throws AppError `proposal_changed` for a pair that was never compared, `pair_twice` where a
 * member or a person of a list would be linked twice within one source.
 */
export function linkedPairs(matches: readonly SourceMatch[], verdicts: readonly PairVerdict[]): LinkedPair[] {
  const pairs = verdicts
    .filter(({ verdict }) => verdict === 'sama')
    .map((verdict) => findPair(matches, verdict));
  for (const [index, pair] of pairs.entries()) {
    const twice = pairs
      .slice(index + 1)
      .some(
        (other) =>
          other.in === pair.in &&
          (other.link.memberId === pair.link.memberId || other.link.candidate.id === pair.link.candidate.id),
      );
    if (twice) throw new AppError('pair_twice', { name: pair.link.candidate.input.name });
  }
  return pairs;
}

/** @throws AppError `proposal_changed`. */
export function findPair(
  matches: readonly SourceMatch[],
  pair: { memberId: string; personId: string },
): LinkedPair {
  const found = comparedPair(matches, pair);
  if (found === null) throw new AppError('proposal_changed');
  return found;
}

/** A pair among those that the engine compared, or null: of whoever left the family, or the list, nothing is asked. */
export function comparedPair(
  matches: readonly SourceMatch[],
  pair: { memberId: string; personId: string },
): LinkedPair | null {
  for (const source of matches) {
    const link = source.match.candidates
      .get(pair.memberId)
      ?.find((candidate) => candidate.candidate.id === pair.personId);
    if (link !== undefined) return { in: source, link };
  }
  return null;
}

/**
 * The result by the rule, for the pairs said to be the same. Where several sources know the family,
 * the list of the latest date says whether something changed.
 */
export function resultOf(current: Case, pairs: readonly LinkedPair[]): ResultProposal {
  const newest = pairs.toSorted((left, right) => latest(right.in).localeCompare(latest(left.in)))[0];
  if (newest === undefined) return { ...proposeResult(null), listName: null };
  const ground = groundOf(
    current,
    newest.in,
    pairs.filter((pair) => pair.in === newest.in),
  );
  return { ...proposeResult(ground), listName: newest.in.lists.map((list) => list.name).join(', ') };
}

function latest(match: SourceMatch): string {
  return (
    match.lists
      .map((list) => list.date)
      .toSorted()
      .at(-1) ?? ''
  );
}

/** A household of the list and the members who are looked for in it. */
export interface LinkedUnit {
  household: FoundReferenceHousehold;
  members: readonly Member[];
}

/** For each unit of the case the household that most of its linked members stand in. */
export function linkedUnits(
  current: Case,
  { source, household: householdOf }: SourceMatch,
  links: readonly Scored[],
): LinkedUnit[] {
  const unitOf = new Map(current.household.members.map((member) => [member.id, unitIn(source, member)]));
  return [...Map.groupBy(links, (link) => unitOf.get(link.memberId))].flatMap(([unit, linked]) => {
    const votes = [...Map.groupBy(linked, (link) => link.candidate.householdId)];
    const [best] = votes.toSorted((left, right) => right[1].length - left[1].length);
    const household = best === undefined ? null : householdOf(best[0]);
    if (household === null) return [];
    return [
      { household, members: current.household.members.filter((member) => unitOf.get(member.id) === unit) },
    ];
  });
}

/** Some lists count families by their No KK, others whole rumah tangga. */
function unitIn(source: ReferenceSource, member: Pick<Member, 'familyNo'>): string {
  return referenceUnit[source] === 'keluarga' ? String(member.familyNo) : 'rumah tangga';
}

function groundOf(current: Case, match: SourceMatch, pairs: readonly LinkedPair[]): ResultGround {
  const links = pairs.map((pair) => pair.link);
  const units = linkedUnits(current, match, links);
  const linkedMembers = new Set(links.map((link) => link.memberId));
  const linkedPersons = new Set(links.map((link) => link.candidate.id));
  const households = [...new Map(units.map(({ household }) => [household.id, household])).values()];
  return {
    fields: [
      ...links.flatMap((link) =>
        match.fields(link).identity.map((field) => ({ subject: link.member.input.name, field })),
      ),
      ...units.flatMap((unit) => unitFields(current, match, unit, links)),
    ],
    newMembers: current.household.members
      .filter((member) => !linkedMembers.has(member.id))
      .map((member) => member.name),
    goneMembers: households
      .filter((household) => !isCrowd(household))
      .flatMap(({ persons }) =>
        persons.filter((person) => !linkedPersons.has(person.id)).map(({ person }) => person.name),
      ),
    elsewhere: units.flatMap(({ household, members }) =>
      links
        .filter(
          (link) =>
            link.candidate.householdId !== household.id &&
            members.some((member) => member.id === link.memberId),
        )
        .map((link) => link.member.input.name),
    ),
  };
}

/** KK, address and characteristics of one linked household; its size is told by who is new and who is gone. */
function unitFields(
  current: Case,
  match: SourceMatch,
  unit: LinkedUnit,
  links: readonly Scored[],
): ResultGround['fields'] {
  const anchor = links.find(
    (link) =>
      link.candidate.householdId === unit.household.id &&
      unit.members.some((member) => member.id === link.memberId),
  );
  const fields = [
    ...(anchor === undefined ? [] : match.fields(anchor).household),
    ...compareCharacteristics(current, match, unit, links).filter(
      (field) => field.field !== 'jumlah_anggota',
    ),
  ];
  return fields.map((field) => ({ subject: null, field }));
}

/** The other people of a panti are nobody's relatives, and its answers no family's. */
export function isCrowd({ persons }: FoundReferenceHousehold): boolean {
  return persons.length > householdAtMost;
}

/** Size, head and families of a linked household, and answers where the case and the list both have them; of a crowd nothing. */
export function compareCharacteristics(
  current: Case,
  { visit }: Pick<SourceMatch, 'visit'>,
  { household, members }: LinkedUnit,
  links: readonly Scored[],
): FieldComparison[] {
  if (isCrowd(household)) return [];
  const whole = members.length === current.household.members.length;
  const head = members.find((member) => (whole ? member.relation : member.familyRelation) === '1') ?? null;
  const listedHead = household.persons.find(({ person }) => person.relation === '1') ?? null;
  // Whether the heads are one person was decided with the pairs; their spelling is not asked again.
  const sameHead = links.some((link) => link.memberId === head?.id && link.candidate.id === listedHead?.id);
  const listedFamilies = new Set(household.persons.flatMap(({ person }) => person.familyNo ?? []));
  const visited = visit();
  return characteristicFields(
    {
      members: members.length,
      headName: head?.name ?? null,
      families: current.household.families.length,
      // In the list's own codes; another instrument's answers are about other fields and meet none.
      answers:
        visited === null
          ? {}
          : encodeAnswers(unitQuestions(visited.instrument), {
              ...visited.answers.household,
              ...visited.answers.families[String(members[0]?.familyNo)],
            }),
    },
    {
      members: household.persons.length,
      headName: listedHead?.person.name ?? null,
      families: listedFamilies.size === 0 ? null : listedFamilies.size,
      answers: household.household.answers,
    },
    sameHead,
    visited === null ? () => null : wordsOfCodes(visited.instrument),
  );
}

export function listOf(match: SourceMatch, household: FoundReferenceHousehold): CurrentList | null {
  return match.lists.find((list) => list.id === household.listId) ?? null;
}

function wordsOfCodes(
  instrument: Instrument,
): (question: string, code: string) => { label: string; value: string } | null {
  const questions = new Map(
    questionsOf(unitQuestions(instrument)).map((question) => [question.id, question]),
  );
  return (id, code) => {
    const question = questions.get(id);
    if (question === undefined) return null;
    const option = question.options.find((candidate) => candidate.code === code);
    return { label: question.label, value: option?.label ?? code };
  };
}
