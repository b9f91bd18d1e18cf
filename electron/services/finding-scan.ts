import { setImmediate } from 'node:timers/promises';
import type { FoundMismatch } from '../../shared/domain/finding.ts';
import type { Member } from '../../shared/domain/person.ts';
import {
  isRegistry,
  isSingle,
  type ReferenceHousehold,
  type ReferencePerson,
  referenceSourceLabel,
} from '../../shared/domain/reference.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { isCityElsewhere } from '../../shared/domain/wilayah.ts';
import type { AppProblem } from '../../shared/errors.ts';
import { RecipientsBody } from '../../shared/provincial/down.ts';
import { instant, today } from '../clock.ts';
import { cityOfDukcapil } from '../importing/dukcapil.ts';
import { householdIdentityFields, identityFields } from '../matching/fields.ts';
import { type IdentityFacts, isSamePerson } from '../matching/identity.ts';
import { type CaseFacts, type ListedMember, mismatchesOf, saysGone } from '../matching/mismatch.ts';
import { defaultModel } from '../matching/model.ts';
import { normaliseName } from '../matching/names.ts';
import { memberInput, normalisePerson, referenceInput } from '../matching/normalise.ts';
import {
  askedPrograms,
  type Program,
  programNamed,
  programsInList,
  programsOfLines,
} from '../matching/programs.ts';
import { weighingVersion } from '../matching/weigh.ts';
import { findFinishedVisit } from '../store/approval.ts';
import { readThenWrite } from '../store/connection.ts';
import { findLastGrantEnd, listDecisionsOfCase } from '../store/down.ts';
import {
  countUnscanned,
  expectFindings,
  heedFindingWorld,
  listNikBearers,
  nextUnscanned,
  replaceFindings,
} from '../store/finding.ts';
import {
  type CurrentList,
  findIdentification,
  findReferenceHousehold,
  findReferenceIdentity,
  listLatestLists,
} from '../store/identification.ts';
import { modelsOf } from '../store/list-model.ts';
import type { FoundReferenceHousehold } from '../store/reference-rows.ts';
import { getCase } from './case-steps.ts';
import { isCrowd, linkedUnits, matchCase, type SourceMatch } from './identification-match.ts';
import { type Asked, demandKeys, renewalNotice } from './key-renewal.ts';
import { declinedOf, likelyCases } from './merge-candidates.ts';
import { newId, type Register } from './register.ts';
import { currentSettings } from './settings.ts';

/** Grows with every change of the rules (electron/matching/mismatch.ts): then every case is looked at anew. */
const rulesVersion = '8';

/** Looking goes on this long (ms) in one call, so that no other screen waits; the rest when the list is asked again. */
const budget = 10;

/** What a scan asks; while keys of it are renewed no case is looked at. */
const asked: Asked = { cases: true, lists: 'all' };

/** Why no case is looked at now; null where they are. */
export function scanWaits(register: Register): AppProblem | null {
  return renewalNotice(register, asked);
}

/** Looks at cases that changed, or whose lists did, for an instant; returns how many are left. */
export function scanSome(register: Register): number {
  const { lists, programs, rules } = scanWorld(register);
  // What a day that passes changes of itself.
  const ended = findLastGrantEnd(register.db, today(register.clock));
  const world = [
    ...rules,
    ...lists.map((list) => list.id),
    ...modelsOf(register.db, lists),
    ...(ended === null ? [] : [ended]),
  ].join(' ');
  heedFindingWorld(register.db, world);
  if (scanWaits(register) !== null) return countUnscanned(register.db);
  const until = performance.now() + budget;
  do {
    const caseId = nextUnscanned(register.db);
    if (caseId === null) return 0;
    readThenWrite(register.db, () => scanOne(register, caseId, lists, programs));
  } while (performance.now() < until);
  return countUnscanned(register.db);
}

/** Looks at one case at once, whether it changed or not. @throws what `demandKeys` throws. */
export function scanNow(register: Register, caseId: string): void {
  demandKeys(register, asked);
  const { lists, programs } = scanWorld(register);
  readThenWrite(register.db, () => scanOne(register, caseId, lists, programs));
}

function scanWorld(register: Register): { lists: CurrentList[]; programs: Program[]; rules: string[] } {
  const { regionalPrograms } = currentSettings(register);
  return {
    lists: listLatestLists(register.db),
    programs: [...programsOfLines(regionalPrograms), ...askedPrograms],
    rules: [rulesVersion, defaultModel.version, `bobot ${weighingVersion}`, ...regionalPrograms],
  };
}

function scanOne(
  register: Register,
  caseId: string,
  lists: readonly CurrentList[],
  programs: readonly Program[],
): void {
  const current = getCase(register, caseId);
  const declined = new Set(declinedOf(register, caseId).map(({ otherId }) => otherId));
  const likely = likelyCases(register, current, declined);
  const earlier = likely.filter((other) => other.earlier);
  const found = scanCase(register, current, earlier, lists, programs);
  replaceFindings(register.db, caseId, found, { at: instant(register.clock), newId });
  // What two cases have in common is told of the later one.
  const later = likely.filter((other) => !other.earlier).map((other) => other.caseId);
  expectFindings(register.db, later, caseId);
}

/**
 * Looks at all that is left, with room for others between: what is handed out must leave nobody out.
 *
 * @throws what `demandKeys` throws.
 */
export async function scanAll(register: Register): Promise<void> {
  for (;;) {
    demandKeys(register, asked);
    if (scanSome(register) === 0) return;
    await setImmediate();
  }
}

function scanCase(
  register: Register,
  current: Case,
  earlier: CaseFacts['likelyCases'],
  lists: readonly CurrentList[],
  programs: readonly Program[],
): FoundMismatch[] {
  const matches = matchCase(register, current);
  const decided = decidedPersons(register, current);
  const linked = matches.map((match) => ({ match, links: surelyLinked(register, match, decided) }));
  const visit = findFinishedVisit(register.db, current.id);
  const names = new Map(current.household.members.map((member) => [member.id, member.name]));
  const facts: CaseFacts = {
    listed: [
      ...linked.flatMap(({ match, links }) =>
        links.flatMap((link) => listedMember(register, current, match.lists, link) ?? []),
      ),
      ...inOtherLists(register, current, lists, programs),
    ],
    unreported: unreportedIn(current, linked[0]),
    registered: matches.some(knowsAnybody),
    latest:
      matches[0] === undefined
        ? null
        : { register: referenceSourceLabel[matches[0].source], knowsAnybody: knowsAnybody(matches[0]) },
    headName: current.household.members.find(({ relation }) => relation === '1')?.name ?? '',
    visit:
      visit === null
        ? null
        : {
            result: visit.result,
            household: visit.household,
            families: Object.values(visit.families),
            // Whom the visit did not find has left the household with it: of them nothing is left to be done.
            members: Object.entries(visit.members).flatMap(([memberId, answers]) => {
              const name = names.get(memberId);
              return name === undefined ? [] : [{ memberId, name, answers }];
            }),
          },
    granted: grantedTo(register, current, programs),
    muskelNotFound: current.state === 'MUSKEL_TIDAK_DITEMUKAN',
    likelyCases: earlier,
  };
  return mismatchesOf(facts);
}

function knowsAnybody({ match }: SourceMatch): boolean {
  return match.links.some((link) => link.proposes);
}

interface Link {
  memberId: string;
  personId: string;
  householdId: string;
}

/** Whom a person of the office said a member to be, in whatever snapshot it was said. */
function decidedPersons(register: Register, current: Case): { memberId: string; person: IdentityFacts }[] {
  const links = findIdentification(register.db, current.id)?.links ?? [];
  return links
    .filter(({ verdict }) => verdict === 'sama')
    .flatMap(({ memberId, referencePersonId }) => {
      const person = findReferenceIdentity(register.db, referencePersonId);
      return person === null ? [] : [{ memberId, person }];
    });
}

/** Pairs that the program is sure of, or that somebody decided; a doubtful one is no ground for a finding. */
function surelyLinked(
  register: Register,
  { match }: SourceMatch,
  decided: readonly { memberId: string; person: IdentityFacts }[],
): Link[] {
  return match.links
    .filter((link) => {
      if (link.decision.outcome === 'auto') return true;
      const said = decided.filter(({ memberId }) => memberId === link.memberId);
      const person = said.length === 0 ? null : findReferenceIdentity(register.db, link.candidate.id);
      return person !== null && said.some((one) => isSamePerson(one.person, person));
    })
    .map((link) => ({
      memberId: link.memberId,
      personId: link.candidate.id,
      householdId: link.candidate.householdId,
    }));
}

/** Lists that say something of a person without registering them (padan Dukcapil, PPKS): found by the NIK. */
function inOtherLists(
  register: Register,
  current: Case,
  lists: readonly CurrentList[],
  programs: readonly Program[],
): ListedMember[] {
  const others = Map.groupBy(
    lists.filter((list) => !isRegistry(list.source)),
    (list) => (isSingle(list.source) ? list.id : list.source),
  );
  return [...others.values()].flatMap((sameSource) =>
    current.household.members.flatMap((member) => {
      const bearer = member.nik === null ? null : latestBearer(register, sameSource, member.nik);
      if (bearer === null) return [];
      // What an earlier result of padan said of the same number is no second bearer.
      const listed = listedMember(register, current, [bearer.list], { ...bearer, memberId: member.id });
      if (listed === null) return [];
      const receives = programsInList(listed.listName, listed.answers, programs);
      return [{ ...listed, receives: receives.map(({ label }) => label) }];
    }),
  );
}

/** Who bears this NIK in the latest of the lists that know it; of one day, in the one that came in last. */
function latestBearer(
  register: Register,
  lists: readonly CurrentList[],
  nik: string,
): { list: CurrentList; personId: string; householdId: string } | null {
  const ids = lists.map(({ id }) => id);
  const found = Map.groupBy(listNikBearers(register.db, ids, nik), ({ listId }) => listId);
  const [latest] = lists
    .flatMap((list) => {
      const [first] = found.get(list.id) ?? [];
      return first === undefined ? [] : [{ ...first, list }];
    })
    .toSorted(
      (left, right) =>
        right.list.date.localeCompare(left.list.date) || Number(right.personId) - Number(left.personId),
    );
  return latest ?? null;
}

/** What the province last said of each program and member, where it is that somebody receives it. */
function grantedTo(register: Register, current: Case, programs: readonly Program[]): CaseFacts['granted'] {
  const decisions = listDecisionsOfCase(register.db, current.id).filter(({ matter }) => matter === 'program');
  const last = Map.groupBy(decisions, ({ program, memberId }) => `${program} ${memberId ?? ''}`);
  return [...last.values()].flatMap(([latest]) => {
    const { data: said } = Recipient.safeParse(latest?.outcome);
    if (latest === undefined || said?.status !== 'menerima') return [];
    // The day on which it ends is watched in `scanSome`.
    if (said.until !== null && said.until < today(register.clock)) return [];
    const { program, memberId, periodId } = latest;
    const label = programNamed(program, programs)?.label ?? program;
    const recipient = current.household.members.find(({ id }) => id === memberId)?.name;
    const whose = recipient === undefined ? 'Menurut' : `${recipient}, menurut`;
    return [{ label, note: `${whose} putusan provinsi, periode ${periodId}` }];
  });
}

const Recipient = RecipientsBody.shape.recipients.element.pick({ status: true, until: true });

function listedMember(
  register: Register,
  current: Case,
  lists: readonly CurrentList[],
  link: Link,
): ListedMember | null {
  const member = current.household.members.find(({ id }) => id === link.memberId);
  const household = findReferenceHousehold(register.db, link.householdId);
  const person = household?.persons.find(({ id }) => id === link.personId)?.person;
  const list = lists.find(({ id }) => id === household?.listId);
  if (member === undefined || household === null || person === undefined || list === undefined) return null;
  const reported = normalisePerson(memberInput(member, current.household.address, kkOf(current, member)));
  const listed = normalisePerson(referenceInput(person, household.household, list.date));
  return {
    memberId: member.id,
    name: member.name,
    source: sourceIn(list),
    listName: list.name,
    fields: [
      ...identityFields(reported, listed, list.source),
      ...householdIdentityFields(reported, listed, list.source),
    ],
    answers: { ...household.household.answers, ...person.answers },
    deceased: listed.name.deceased,
    movedTo: list.source === 'DUKCAPIL' ? movedTo(current, household.household) : null,
    receives: [],
    elsewhere:
      person.nik === null
        ? []
        : listNikBearers(
            register.db,
            lists.map(({ id }) => id),
            person.nik,
          )
            .filter(({ personId }) => personId !== link.personId)
            .map(({ name, kk }) => (kk === null ? name : `${name}, No KK ${kk}`)),
  };
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

/**
 * Only the latest register is asked, and not after whom it calls dead or gone itself: who stood in the household years
 * ago is no news. Nor after the other people of a panti, who are of no family.
 */
function unreportedIn(
  current: Case,
  latest: { match: SourceMatch; links: readonly Link[] } | undefined,
): CaseFacts['unreported'] {
  if (latest === undefined) return [];
  const { match, links } = latest;
  const linked = new Set(links.map(({ personId }) => personId));
  const sure = match.match.links.filter((link) => linked.has(link.candidate.id));
  const households = new Map<string, FoundReferenceHousehold>(
    linkedUnits(current, match, sure)
      .filter(({ household }) => !isCrowd(household))
      .map(({ household }) => [household.id, household]),
  );
  const asked = new Set(match.match.links.map((link) => link.candidate.id));
  const persons = [...households.values()].flatMap((household) => household.persons);
  const niks = new Set(persons.filter(({ id }) => asked.has(id)).map(({ person }) => person.nik));
  niks.delete(null);
  return [...households.values()].flatMap((household) =>
    household.persons
      // Who stands there twice is found once already.
      .filter(({ id, person }) => !asked.has(id) && !niks.has(person.nik) && !isSaidGone(person))
      .map(({ person }) => ({
        source: referenceSourceLabel[match.source],
        listName: match.lists.find(({ id }) => id === household.listId)?.name ?? '',
        name: person.name,
        sex: person.sex,
        birthDate: person.birthDate,
        age: person.age,
      })),
  );
}

function isSaidGone({ name, sex, answers }: ReferencePerson): boolean {
  return saysGone(answers) || normaliseName(name, sex).deceased;
}

function kkOf({ household }: Case, member: Member): string | null {
  return household.families.find(({ no }) => no === member.familyNo)?.kk ?? null;
}
