import {
  isRegistry,
  isSingle,
  type ReferenceHousehold,
  type ReferencePerson,
  referenceSourceLabel,
} from '../../shared/domain/reference.ts';
import { displayDate } from '../../shared/domain/nik.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { isCityElsewhere } from '../../shared/domain/wilayah.ts';
import { cityOfDukcapil } from '../importing/dukcapil.ts';
import { ppksInWords } from '../importing/ppks-kinds.ts';
import { doubtsOfBearer } from '../matching/bearer.ts';
import type { CandidatePerson } from '../matching/candidate-source.ts';
import type { Doubt } from '../matching/decide.ts';
import { householdIdentityFields, identityFields } from '../matching/fields.ts';
import { isRefused, nameKey, soundAlike } from '../matching/identity.ts';
import { type HouseholdMatch, matchHousehold } from '../matching/match-household.ts';
import type { ListedMember, ListedRow } from '../matching/mismatch.ts';
import type { Model } from '../matching/model.ts';
import { memberInput, normalisePerson, referenceInput } from '../matching/normalise.ts';
import { type Program, programsInList } from '../matching/programs.ts';
import type { Scored } from '../matching/score-board.ts';
import { doubtsOf, standsTwice } from '../matching/stands-twice.ts';
import { isNikOfAnotherCase, listNamesInOtherCases, listNikBearers } from '../store/finding.ts';
import { type CurrentList, findReferenceHousehold, findReferenceIdentity } from '../store/identification.ts';
import { findModel } from '../store/list-model.ts';
import { KeyIndex } from '../store/matching.ts';
import { referenceCandidates } from '../store/matching-sources.ts';
import type { Remembered } from '../store/pair-verdict.ts';
import { reportedIn } from './identification-match.ts';
import { memberIdentity, rememberedNotSame } from './not-same.ts';
import type { Register } from './register.ts';

/** A member and the person of a list who stands for them. */
export interface Link {
  memberId: string;
  personId: string;
  householdId: string;
}

/** A pair and what it was found in, as far as it was searched. */
export interface FoundLink {
  /** The lists that speak for each other: who stands twice in them is told of. */
  lists: readonly CurrentList[];
  /** Null where the NIK told, and nothing was searched. */
  match: HouseholdMatch | null;
  remembered: Remembered;
  link: Link;
}

/** One that may be somebody else, and why. */
export interface AskedLink extends FoundLink {
  doubts: readonly Doubt[];
}

/** What lists that register nobody say of the members. */
export interface OtherLinks {
  sure: FoundLink[];
  asked: AskedLink[];
  /** Who bears a member's NIK, and of whom somebody said that they are another. */
  refused: FoundLink[];
}

/**
 * Who stands for the members in lists that say something of a person without registering them (padan Dukcapil, PPKS,
 * Carik, others): who bears their NIK and their name, else whom the engine is sure of or a person of the office said it to be.
 * Of others who bear the NIK, or whom the engine would propose, somebody is asked first. Of padan the latest result that knows
 * a number speaks: it is the answer to what was asked, and what an earlier one said of the same number is no second bearer.
 */
export function linkOtherLists(register: Register, current: Case, lists: readonly CurrentList[]): OtherLinks {
  const groups = Map.groupBy(
    lists.filter((list) => !isRegistry(list.source)),
    (list) => (isSingle(list.source) ? list.id : list.source),
  );
  const found: OtherLinks = { sure: [], asked: [], refused: [] };
  if (groups.size === 0) return found;
  const remembered = rememberedNotSame(register, current);
  const index = new KeyIndex(register.db, register.names);
  for (const group of groups.values()) {
    // Ids tell the order in which lists of one day came in.
    const latestFirst = group.toSorted(
      (left, right) => right.date.localeCompare(left.date) || (right.id < left.id ? -1 : 1),
    );
    const bearers = bearersIn(register, current, latestFirst, remembered);
    const done = new Set<string>();
    const asked = new Set<string>();
    for (const list of latestFirst) {
      const told = bearers.filter(({ listId, link }) => listId === list.id && !done.has(link.memberId));
      const taken = new Set<string>();
      for (const { doubts, link, refused } of told) {
        const one = { lists: [list], match: null, remembered, link };
        if (refused) found.refused.push(one);
        else if (doubts.length === 0) {
          found.sure.push(one);
          done.add(link.memberId);
          taken.add(link.personId);
        } else {
          found.asked.push({ ...one, doubts });
          asked.add(link.memberId);
        }
      }
      const open = current.household.members.filter(({ id }) => !done.has(id));
      if (open.length === 0) break;
      const { model } = findModel(register.db, [list.id]);
      const match = matchOther(register, current, list, index, { remembered, model, bearers });
      // Whom somebody said to be one of them is nobody else of the family.
      const proposed = open.flatMap(({ id }) => linkOf(match, id, remembered, model) ?? []);
      for (const { doubts, link } of proposed.toSorted(
        (left, right) => Number(right.said) - Number(left.said),
      )) {
        if (taken.has(link.personId)) continue;
        const one = { lists: [list], match, remembered, link };
        if (doubts.length === 0) {
          found.sure.push(one);
          done.add(link.memberId);
          taken.add(link.personId);
        } else if (!asked.has(link.memberId)) {
          found.asked.push({ ...one, doubts });
          asked.add(link.memberId);
        }
      }
    }
  }
  return found;
}

/** Who bears the NIK of a member in a list. */
interface BearerOf {
  listId: string;
  link: Link;
  /** Why it may be somebody else. */
  doubts: readonly Doubt[];
  /** Somebody said that it is somebody else. */
  refused: boolean;
}

/**
 * Who bears the NIK of each member in the latest of the lists that know it, the one of several whose name agrees; of whom
 * everybody there was said to be another, each of them.
 */
function bearersIn(
  register: Register,
  current: Case,
  latestFirst: readonly CurrentList[],
  remembered: Remembered,
): BearerOf[] {
  const { members, address } = current.household;
  const ids = latestFirst.map(({ id }) => id);
  const reported = once(
    () =>
      new Map(members.map((one) => [one.id, normalisePerson(memberInput(one, address, kkOf(current, one)))])),
  );
  return members.flatMap((member): BearerOf[] => {
    if (member.nik === null) return [];
    const rows = listNikBearers(register.db, ids, member.nik);
    const latest = ids.find((id) => rows.some(({ listId }) => listId === id));
    const list = latestFirst.find(({ id }) => id === latest);
    const own = list === undefined ? undefined : reported().get(member.id);
    if (list === undefined || own === undefined) return [];
    const others = [...reported()].flatMap(([id, one]) => (id === member.id ? [] : [one]));
    const ofAnother = isNikOfSomebodyElse(register, current, member);
    const bearers = rows
      .filter(({ listId }) => listId === list.id)
      .flatMap(({ personId, householdId }): BearerOf[] => {
        const household = findReferenceHousehold(register.db, householdId);
        const person = household?.persons.find(({ id }) => id === personId)?.person;
        if (household === null || person === undefined) return [];
        const listed = normalisePerson(referenceInput(person, household.household, list.date));
        const doubts =
          remembered.findSame(member.id, personId) === null ? doubtsOfBearer(own, listed, others) : [];
        return [
          {
            listId: list.id,
            link: { memberId: member.id, personId, householdId },
            doubts:
              ofAnother && remembered.findSame(member.id, personId) === null
                ? [...doubts, 'linked_elsewhere']
                : doubts,
            refused: remembered.find(member.id, personId) !== null,
          },
        ];
      })
      .toSorted((left, right) => left.doubts.length - right.doubts.length);
    const standing = bearers.filter(({ refused }) => !refused);
    return standing.length === 0 ? bearers : standing.slice(0, 1);
  });
}

/** Whether the NIK stands in another case that has not ended, with another name: a family in two of its own cases is no other. */
function isNikOfSomebodyElse({ db }: Register, current: Case, { nik, name }: Member): boolean {
  return nik !== null && listNamesInOtherCases(db, nik, current.id).some((other) => !soundAlike(other, name));
}

function matchOther(
  register: Register,
  current: Case,
  list: CurrentList,
  index: KeyIndex,
  { remembered, model, bearers }: { remembered: Remembered; model: Model; bearers: readonly BearerOf[] },
): HouseholdMatch {
  const niks = new Map(current.household.members.map(({ id, nik }) => [id, nik]));
  const bearerOf = (memberId: string) => bearers.find(({ link }) => link.memberId === memberId);
  /** Who bears the member's own number is judged by that, in the latest of the lists that know it. */
  const bears = (memberId: string, { input: { nik } }: CandidatePerson) =>
    nik !== null && nik === niks.get(memberId);
  return matchHousehold(
    reportedIn(list.source, current),
    referenceCandidates(register.db, index, [list.id]),
    {
      model,
      circumstancesOf: (memberId, candidate) => {
        if (bears(memberId, candidate)) return bearerOf(memberId)?.doubts ?? [];
        // The number of somebody who is registered in another case is theirs.
        const { nik } = candidate.input;
        return nik !== null && isNikOfAnotherCase(register.db, nik, current.id) ? ['linked_elsewhere'] : [];
      },
      cannotLink: (memberId, candidate) =>
        remembered.find(memberId, candidate.id) !== null ||
        (bears(memberId, candidate) && bearerOf(memberId)?.link.personId !== candidate.id),
    },
  );
}

/** Whom somebody said to be the member, else whom the engine links; without doubts it is sure. Who is hardly likelier than not is no question. */
function linkOf(
  match: HouseholdMatch,
  memberId: string,
  remembered: Remembered,
  model: Model,
): { link: Link; doubts: readonly Doubt[]; said: boolean } | null {
  const said = match.candidates
    .get(memberId)
    ?.find(({ candidate }) => remembered.findSame(memberId, candidate.id) !== null);
  if (said !== undefined) return { link: toLink(said), doubts: [], said: true };
  const link = match.links.find((one) => one.memberId === memberId && one.proposes);
  return link === undefined
    ? null
    : { link: toLink(link), doubts: doubtsOf(match, link, model), said: false };
}

function toLink({ memberId, candidate }: Scored): Link {
  return { memberId, personId: candidate.id, householdId: candidate.householdId };
}

/** A member beside a person of a list that registers nobody, with what such a list says of them. */
export function listedElsewhere(
  register: Register,
  current: Case,
  found: FoundLink,
  programs: readonly Program[],
): ListedMember | null {
  const listed = listedMember(register, current, found);
  if (listed === null) return null;
  const kinds = listed.answers['jenis_ppks'];
  return {
    ...listed,
    receives: programsInList(listed.listName, listed.answers, programs),
    ppks: kinds === undefined ? null : ppksInWords(kinds),
  };
}

/** A member beside the person of a list; null where one of them is there no more. */
export function listedMember(
  register: Register,
  current: Case,
  { lists, match, remembered, link }: FoundLink,
): ListedMember | null {
  const member = current.household.members.find(({ id }) => id === link.memberId);
  const household = findReferenceHousehold(register.db, link.householdId);
  const person = household?.persons.find(({ id }) => id === link.personId)?.person;
  const list = lists.find(({ id }) => id === household?.listId);
  if (member === undefined || household === null || person === undefined || list === undefined) return null;
  const reported = normalisePerson(memberInput(member, current.household.address, kkOf(current, member)));
  const listed = normalisePerson(referenceInput(person, household.household, list.date));
  const isOther = (personId: string) =>
    personId !== link.personId && remembered.find(member.id, personId) === null;
  const own = once(() => findReferenceIdentity(register.db, link.personId));
  const isSeparable = (personId: string): boolean => {
    const other = findReferenceIdentity(register.db, personId);
    const row = own();
    return (
      other !== null && row !== null && !isRefused({ member: memberIdentity(member), listed: other }, row)
    );
  };
  const bearers =
    person.nik === null
      ? []
      : listNikBearers(
          register.db,
          lists.map(({ id }) => id),
          person.nik,
        ).filter(({ personId }) => isOther(personId));
  const bearing = new Set(bearers.map(({ personId }) => personId));
  return {
    memberId: member.id,
    name: member.name,
    row: toRow(link.personId, { ...person, kk: person.kk ?? household.household.kk }),
    source: sourceIn(list),
    listName: list.name,
    fields: [
      ...identityFields(reported, listed, list.source),
      ...householdIdentityFields(reported, listed, list.source),
    ],
    answers: { ...household.household.answers, ...person.answers },
    deceased: listed.name.deceased,
    refutable: !isRegistry(list.source),
    ofNumber: list.source === 'DUKCAPIL',
    movedTo: list.source === 'DUKCAPIL' ? movedTo(current, household.household) : null,
    receives: [],
    ppks: null,
    elsewhere: bearers.map(({ personId, name, kk }) => ({
      personId,
      words: kk === null ? name : `${name}, No KK ${kk}`,
      separable: isSeparable(personId),
    })),
    // Padan has a row for each time that somebody was asked about.
    twice:
      match === null || list.source === 'DUKCAPIL'
        ? []
        : standsTwice(
            match,
            link,
            findModel(
              register.db,
              lists.map(({ id }) => id),
            ).model,
          )
            .filter(({ candidate: { id, input } }) => {
              if (!isOther(id) || bearing.has(id)) return false;
              return input.nik === null || !isNikOfAnotherCase(register.db, input.nik, current.id);
            })
            .map(({ candidate: { id, input } }) => ({ ...toRow(id, input), separable: isSeparable(id) })),
  };
}

/** The member in the words in which a row of a list is told. */
export function reportedInWords({ household }: Case, memberId: string): string {
  const member = household.members.find(({ id }) => id === memberId);
  const kk = household.families.find(({ no }) => no === member?.familyNo)?.kk ?? null;
  return member === undefined ? '' : inWords({ ...member, kk });
}

type Told = Pick<ReferencePerson, 'name' | 'birthDate' | 'nik' | 'kk' | 'sex'>;

function toRow(personId: string, person: Told): ListedRow {
  const who = [nameKey(person), person.birthDate ?? '', person.nik ?? ''].join(' ').trim();
  return { personId, words: inWords(person), who };
}

function inWords({ name, birthDate, nik, kk }: Omit<Told, 'sex'>): string {
  return [
    name,
    ...(birthDate === null ? [] : [`lahir ${displayDate(birthDate)}`]),
    nik === null ? 'tanpa NIK' : `NIK ${nik}`,
    ...(kk === null ? [] : [`No KK ${kk}`]),
  ].join(', ');
}

/** The address that Dukcapil has, where it lies in another kelurahan of DKI or in a city elsewhere. */
function movedTo({ household }: Case, listed: ReferenceHousehold): string | null {
  const city = listed.answers[cityOfDukcapil];
  const isElsewhere =
    listed.kelurahan === null
      ? city !== undefined && isCityElsewhere(city)
      : listed.kelurahan !== household.address.kelurahan;
  return isElsewhere ? [listed.kelurahanName ?? [], city ?? []].flat().join(', ') : null;
}

/** What a finding names as its source: of lists that have none in common, the list itself. */
function sourceIn({ source, name }: CurrentList): string {
  const label = referenceSourceLabel[source];
  return source === 'LAIN' ? `${label}: ${name}` : label;
}

function kkOf({ household }: Case, member: Member): string | null {
  return household.families.find(({ no }) => no === member.familyNo)?.kk ?? null;
}

function once<Value>(read: () => Value): () => Value {
  let found: { value: Value } | null = null;
  return () => (found ??= { value: read() }).value;
}
