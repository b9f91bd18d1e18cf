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
import type { Doubt } from '../matching/decide.ts';
import { householdIdentityFields, identityFields } from '../matching/fields.ts';
import { nameKey } from '../matching/identity.ts';
import { type HouseholdMatch, matchHousehold } from '../matching/match-household.ts';
import type { ListedMember, ListedRow } from '../matching/mismatch.ts';
import type { Model } from '../matching/model.ts';
import { memberInput, normalisePerson, referenceInput } from '../matching/normalise.ts';
import { type Program, programsInList } from '../matching/programs.ts';
import type { Scored } from '../matching/score-board.ts';
import { doubtsOf, standsTwice } from '../matching/stands-twice.ts';
import { isNikOfAnotherCase, listNikBearers } from '../store/finding.ts';
import { type CurrentList, findReferenceHousehold } from '../store/identification.ts';
import { findModel } from '../store/list-model.ts';
import { KeyIndex } from '../store/matching.ts';
import { referenceCandidates } from '../store/matching-sources.ts';
import type { Remembered } from '../store/pair-verdict.ts';
import { reportedIn } from './identification-match.ts';
import { rememberedNotSame } from './not-same.ts';
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

/**
 * Who stands for the members in lists that say something of a person without registering them (padan Dukcapil, PPKS,
 * Carik, others): who bears their NIK, else whom the engine is sure of or a person of the office said it to be. Of others
 * whom it would propose somebody is asked first. Of padan the latest result that knows a member speaks: it is the answer
 * to what was asked, and what an earlier one said of the same number is no second bearer.
 */
export function linkOtherLists(
  register: Register,
  current: Case,
  lists: readonly CurrentList[],
): { sure: FoundLink[]; asked: AskedLink[] } {
  const groups = Map.groupBy(
    lists.filter((list) => !isRegistry(list.source)),
    (list) => (isSingle(list.source) ? list.id : list.source),
  );
  const found = { sure: [] as FoundLink[], asked: [] as AskedLink[] };
  if (groups.size === 0) return found;
  const remembered = rememberedNotSame(register, current);
  const index = new KeyIndex(register.db, register.names);
  for (const group of groups.values()) {
    // Ids tell the order in which lists of one day came in.
    const latestFirst = group.toSorted(
      (left, right) => right.date.localeCompare(left.date) || (right.id < left.id ? -1 : 1),
    );
    const byNik = bearersIn(register, current, latestFirst, remembered);
    const done = new Set<string>();
    const asked = new Set<string>();
    for (const list of latestFirst) {
      const told = byNik.filter(({ listId, memberId }) => listId === list.id && !done.has(memberId));
      for (const { listId: _, ...link } of told) {
        found.sure.push({ lists: [list], match: null, remembered, link });
        done.add(link.memberId);
      }
      const open = current.household.members.filter(({ id }) => !done.has(id));
      if (open.length === 0) break;
      const { model } = findModel(register.db, [list.id]);
      const match = matchOther(register, current, list, index, remembered, model);
      const taken = new Set(told.map(({ personId }) => personId));
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

/** Who bears the NIK of each member in the latest of the lists that know it, but for whom somebody said to be another. */
function bearersIn(
  register: Register,
  { household }: Case,
  latestFirst: readonly CurrentList[],
  remembered: Remembered,
): (Link & { listId: string })[] {
  const ids = latestFirst.map(({ id }) => id);
  return household.members.flatMap(({ id: memberId, nik }) => {
    if (nik === null) return [];
    const [latest] = listNikBearers(register.db, ids, nik)
      .filter(({ personId }) => remembered.find(memberId, personId) === null)
      .toSorted((left, right) => ids.indexOf(left.listId) - ids.indexOf(right.listId));
    if (latest === undefined) return [];
    const { personId, householdId, listId } = latest;
    return [{ memberId, personId, householdId, listId }];
  });
}

function matchOther(
  register: Register,
  current: Case,
  list: CurrentList,
  index: KeyIndex,
  remembered: Remembered,
  model: Model,
): HouseholdMatch {
  return matchHousehold(
    reportedIn(list.source, current),
    referenceCandidates(register.db, index, [list.id]),
    {
      model,
      // The number of somebody who is registered in another case is theirs.
      circumstancesOf: (_memberId, { input: { nik } }) =>
        nik !== null && isNikOfAnotherCase(register.db, nik, current.id) ? ['linked_elsewhere'] : [],
      cannotLink: (memberId, candidate) => remembered.find(memberId, candidate.id) !== null,
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
            .map(({ candidate: { id, input } }) => toRow(id, input)),
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
