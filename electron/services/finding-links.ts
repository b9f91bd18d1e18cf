import { isRegistry, isSingle } from '../../shared/domain/reference.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { doubtsOfBearer } from '../matching/bearer.ts';
import { firstKeys, householdKey, type MatchKey } from '../matching/blocking.ts';
import type { CandidatePerson } from '../matching/candidate-source.ts';
import { compare } from '../matching/compare.ts';
import { conflictsOf, type Doubt } from '../matching/decide.ts';
import { soundAlike } from '../matching/identity.ts';
import { type HouseholdMatch, matchInEachList } from '../matching/match-household.ts';
import type { Model } from '../matching/model.ts';
import {
  identityInput,
  type MatchPerson,
  memberInput,
  normalisePerson,
  referenceInput,
} from '../matching/normalise.ts';
import type { Scored } from '../matching/score-board.ts';
import { doubtsOf } from '../matching/stands-twice.ts';
import { isNikOfAnotherCase, listNamesInOtherCases, listNikBearers } from '../store/finding.ts';
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
  /** What the pairs of these lists are judged by. */
  model: Model;
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
 * Carik, others): whom a person of the office said it to be, then who bears their NIK and their name, else whom the engine is
 * sure of. Of others who bear the NIK, or whom the engine would propose, somebody is asked first, and so of whom the program
 * would be sure beside somebody else who was said to be the member. Of padan the latest result that knows a number speaks: it
 * is the answer to what was asked, and what an earlier one said of the same number is no second bearer; whom the number has in
 * an earlier one alone is looked for in the later ones by what else is known of them, since those speak before it.
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
    const said = saidIn(register, current, latestFirst, { index, remembered });
    const bearers = bearersIn(register, current, latestFirst, remembered);
    const { model } = findModel(
      register.db,
      latestFirst.map(({ id }) => id),
    );
    const sought = membersSought(current, latestFirst, said, bearers);
    const searched = latestFirst.slice(0, Math.max(0, ...sought.values()));
    const matches =
      searched.length === 0
        ? new Map<string, HouseholdMatch>()
        : matchOthers(register, current, searched, { index, remembered, model, sought, bearers, said });
    const done = new Set<string>();
    const asked = new Set<string>();
    for (const [at, list] of latestFirst.entries()) {
      const isOpenIn = ({ listId, link }: SaidOf) => listId === list.id && !done.has(link.memberId);
      const saidHere = said.filter(isOpenIn);
      const told = bearers.filter(isOpenIn);
      const match = matches.get(list.id) ?? null;
      const proposed =
        match === null
          ? []
          : [...sought]
              .filter(([id, lists]) => lists > at && !done.has(id))
              .flatMap(([id]) => linkOf(match, id, model) ?? []);
      const taken = new Set(saidHere.map(({ link }) => link.personId));
      const sure = (one: FoundLink) => {
        found.sure.push(one);
        done.add(one.link.memberId);
        taken.add(one.link.personId);
      };
      const ask = (one: AskedLink) => {
        if (!asked.has(one.link.memberId)) found.asked.push(one);
        asked.add(one.link.memberId);
      };
      /** Whether somebody else was said to be the member: in this list, or one whom this person cannot be. */
      const isOther = (memberId: string, person: MatchPerson) =>
        saidHere.some(({ link }) => link.memberId === memberId) ||
        remembered.allSame(memberId).some(({ listed }) => {
          const one = normalisePerson(identityInput(listed));
          return conflictsOf(compare(one, person)).length > 0;
        });
      for (const { doubts, link, refused, person } of told) {
        if (taken.has(link.personId)) continue;
        const one = { lists: [list], match: null, model, remembered, link };
        const isSaid = remembered.findSame(link.memberId, link.personId) !== null;
        if (refused) found.refused.push(one);
        else if (doubts.length > 0) ask({ ...one, doubts });
        else if (!isSaid && isOther(link.memberId, person)) ask({ ...one, doubts: ['said_other'] });
        else sure(one);
      }
      for (const { link } of saidHere) sure({ lists: [list], match, model, remembered, link });
      for (const { doubts, link, person } of proposed) {
        if (taken.has(link.personId)) continue;
        const isSaid = saidHere.some((one) => one.link.memberId === link.memberId);
        if (done.has(link.memberId) && !isSaid) continue;
        const one = { lists: [list], match, model, remembered, link };
        // Of whom was said who they are, nobody is asked about whom the program doubts itself.
        if (doubts.length > 0) {
          if (!isSaid) ask({ ...one, doubts });
        } else if (isOther(link.memberId, person)) ask({ ...one, doubts: ['said_other'] });
        else sure(one);
      }
    }
  }
  return found;
}

/**
 * Who is looked for by more than their number, and in how many of the lists: in those that are later than the one that
 * surely has the number, in all where none has or somebody said who they are.
 */
function membersSought(
  { household }: Case,
  latestFirst: readonly CurrentList[],
  said: readonly SaidOf[],
  bearers: readonly BearerOf[],
): Map<string, number> {
  const isSaidOf = ({ link }: SaidOf, memberId: string) => link.memberId === memberId;
  const isSure = ({ doubts, refused, link }: BearerOf) =>
    doubts.length === 0 &&
    !refused &&
    !said.some((one) => one.link.personId === link.personId && !isSaidOf(one, link.memberId));
  return new Map(
    household.members.flatMap(({ id }): [string, number][] => {
      const known = bearers.find((one) => isSaidOf(one, id) && isSure(one));
      if (known === undefined || said.some((one) => isSaidOf(one, id))) return [[id, latestFirst.length]];
      const later = latestFirst.findIndex((list) => list.id === known.listId);
      return later === 0 ? [] : [[id, later]];
    }),
  );
}

/** Whom somebody said a member to be, in a list. */
interface SaidOf {
  listId: string;
  link: Link;
}

/**
 * Whom somebody said the members to be, looked up in these lists by what a person is known again by, whoever else may be
 * likelier. Of several in one list whom the words may mean, those who bear the number of which they were said, or the
 * member's own: a namesake of one day is somebody else.
 */
function saidIn(
  register: Register,
  { household }: Case,
  lists: readonly CurrentList[],
  { index, remembered }: { index: KeyIndex; remembered: Remembered },
): SaidOf[] {
  const source = once(() =>
    referenceCandidates(
      register.db,
      index,
      lists.map(({ id }) => id),
    ),
  );
  return household.members.flatMap((member) => {
    const said = remembered.allSame(member.id);
    if (said.length === 0) return [];
    const { find, fetch, household: housemates } = source();
    const read = (keysOf: MatchKey[][]) =>
      fetch([
        ...new Set(
          find(keysOf)
            .glimpses.flat()
            .map(({ id }) => id),
        ),
      ]);
    const alike = read(said.map(({ listed }) => firstKeys(normalisePerson(identityInput(listed)))));
    const homes = said.flatMap(({ listed }) => listed.list?.householdId ?? []);
    const atHome = read([homes.map(householdKey)]).flatMap(({ householdId }) => housemates(householdId));
    const meant = [...new Map([...alike, ...atHome].map((one) => [one.id, one])).values()].filter(
      ({ id }) => remembered.findSame(member.id, id) !== null,
    );
    // That the member has none makes nobody without a number who was said of one that has it.
    const numbers = new Set(said.map(({ listed }) => listed.nik));
    if (member.nik !== null) numbers.add(member.nik);
    return [...Map.groupBy(meant, ({ list }) => list)].flatMap(([listId, some]) => {
      const exact = some.filter(({ input }) => numbers.has(input.nik));
      const chosen = exact.length > 0 ? exact : some.length === 1 ? some : [];
      return chosen.map(({ id, householdId }) => ({
        listId,
        link: { memberId: member.id, personId: id, householdId },
      }));
    });
  });
}

/** Who bears the NIK of a member in a list. */
interface BearerOf {
  listId: string;
  link: Link;
  person: MatchPerson;
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
  const listed = Map.groupBy(
    listNikBearers(
      register.db,
      ids,
      members.flatMap(({ nik }) => nik ?? []),
      register.names.pages,
    ),
    ({ nik }) => nik,
  );
  return members.flatMap((member): BearerOf[] => {
    const rows = member.nik === null ? [] : (listed.get(member.nik) ?? []);
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
        const row = normalisePerson(referenceInput(person, household.household, list.date));
        const doubts =
          remembered.findSame(member.id, personId) === null ? doubtsOfBearer(own, row, others) : [];
        return [
          {
            listId: list.id,
            link: { memberId: member.id, personId, householdId },
            person: row,
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

/**
 * One search for all lists of a group, each of which is judged by itself. Whoever bears their number is not looked for, and
 * keeps the others company where they stand. A person is one in so many as the longest of the lists has: each result of padan is
 * about other people.
 */
function matchOthers(
  register: Register,
  current: Case,
  latestFirst: readonly CurrentList[],
  {
    index,
    remembered,
    model,
    sought,
    bearers,
    said,
  }: {
    index: KeyIndex;
    remembered: Remembered;
    model: Model;
    sought: ReadonlyMap<string, number>;
    bearers: readonly BearerOf[];
    said: readonly SaidOf[];
  },
): Map<string, HouseholdMatch> {
  const [latest] = latestFirst;
  if (latest === undefined) return new Map();
  const niks = new Map(current.household.members.map(({ id, nik }) => [id, nik]));
  const bearerOf = (memberId: string) => bearers.find(({ link }) => link.memberId === memberId);
  /** Whom somebody said to be one of them is nobody else of the family. */
  const isOfAnother = (memberId: string, { id }: CandidatePerson) => {
    const of = said.filter(({ link }) => link.personId === id);
    return of.length > 0 && of.every(({ link }) => link.memberId !== memberId);
  };
  /** Who bears the member's own number is judged by that, in the latest of the lists that know it. */
  const bears = (memberId: string, { input: { nik } }: CandidatePerson) =>
    nik !== null && nik === niks.get(memberId);
  const members = reportedIn(latest.source, current).map((member) =>
    sought.has(member.id)
      ? member
      : {
          ...member,
          known: bearers.flatMap(({ link }) => (link.memberId === member.id ? [link.personId] : [])),
        },
  );
  const source = referenceCandidates(
    register.db,
    index,
    latestFirst.map(({ id }) => id),
  );
  const population = Math.max(...latestFirst.map(({ persons }) => persons));
  return matchInEachList(
    members,
    { ...source, population },
    {
      model,
      latest: latest.id,
      circumstancesOf: (memberId, candidate) => {
        if (bears(memberId, candidate)) return bearerOf(memberId)?.doubts ?? [];
        // The number of somebody who is registered in another case is theirs.
        const { nik } = candidate.input;
        return nik !== null && isNikOfAnotherCase(register.db, nik, current.id) ? ['linked_elsewhere'] : [];
      },
      cannotLink: (memberId, candidate) =>
        remembered.find(memberId, candidate.id) !== null ||
        isOfAnother(memberId, candidate) ||
        (bears(memberId, candidate) && bearerOf(memberId)?.link.personId !== candidate.id),
    },
  );
}

/** Whom the engine links; without doubts it is sure. Who is hardly likelier than not is no question. */
function linkOf(
  match: HouseholdMatch,
  memberId: string,
  model: Model,
): { link: Link; person: MatchPerson; doubts: readonly Doubt[] } | null {
  const link = match.links.find((one) => one.memberId === memberId && one.proposes);
  return link === undefined
    ? null
    : { link: toLink(link), person: link.person, doubts: doubtsOf(match, link, model) };
}

function toLink({ memberId, candidate }: Scored): Link {
  return { memberId, personId: candidate.id, householdId: candidate.householdId };
}

/** The No KK of the family to which a member belongs. */
export function kkOf({ household }: Case, member: Member): string | null {
  return household.families.find(({ no }) => no === member.familyNo)?.kk ?? null;
}

/** Reads when it is first asked for, and once. */
export function once<Value>(read: () => Value): () => Value {
  let found: { value: Value } | null = null;
  return () => (found ??= { value: read() }).value;
}
