import { setImmediate } from 'node:timers/promises';
import type { FoundMismatch } from '../../shared/domain/finding.ts';
import { type ReferencePerson, referenceSourceLabel, referenceUnit } from '../../shared/domain/reference.ts';
import type { Case } from '../../shared/domain/registration.ts';
import type { AppProblem } from '../../shared/errors.ts';
import { RecipientsBody } from '../../shared/provincial/down.ts';
import { instant, today } from '../clock.ts';
import { doubtSentence } from '../matching/explain.ts';
import { type IdentityFacts, isSamePerson } from '../matching/identity.ts';
import { type CaseFacts, mismatchesOf, saysGone } from '../matching/mismatch.ts';
import { defaultModel } from '../matching/model.ts';
import { normaliseName } from '../matching/names.ts';
import { askedPrograms, type Program, programNamed, programsOfLines } from '../matching/programs.ts';
import { doubtsOf } from '../matching/stands-twice.ts';
import { weighingVersion } from '../matching/weigh.ts';
import { findFinishedVisit } from '../store/approval.ts';
import { readThenWrite } from '../store/connection.ts';
import { findLastGrantEnd, listDecisionsOfCase } from '../store/down.ts';
import {
  countUnscanned,
  expectFindings,
  forgetNiksLeft,
  forgetScansOfListed,
  heedFindingWorld,
  heedNiks,
  listNiksLeft,
  nextUnscanned,
  replaceFindings,
} from '../store/finding.ts';
import {
  type CurrentList,
  findIdentification,
  findReferenceIdentity,
  listLatestLists,
} from '../store/identification.ts';
import { modelsOf } from '../store/list-model.ts';
import { listedByNik } from '../store/listed-niks.ts';
import type { FoundReferenceHousehold } from '../store/reference-rows.ts';
import { getCase } from './case-steps.ts';
import { type Link, linkOtherLists } from './finding-links.ts';
import { listedElsewhere, listedMember, reportedInWords } from './finding-lists.ts';
import { isCrowd, linkedUnits, matchCase, type SourceMatch } from './identification-match.ts';
import { type Asked, demandKeys, renewalNotice } from './key-renewal.ts';
import { declinedOf, likelyCases } from './merge-candidates.ts';
import { newId, type Register } from './register.ts';
import { currentSettings } from './settings.ts';

/** Grows with every change of the rules (electron/matching/mismatch.ts): then every case is looked at anew. */
const rulesVersion = '13';

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
  heedEnded(register, lists);
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
  // Only where its NIKs are others than at the last look: two cases would make each other be looked at without end.
  const niks = current.household.members.flatMap(({ nik }) => nik ?? []);
  const changed = heedNiks(register.db, current.serial, niks);
  if (changed.length === 0) return;
  const rows = listedByNik(register.db, changed, idsOf(lists), register.names.pages);
  forgetScansOfListed(register.db, rows, current.serial);
}

/** Whoever was asked about because of a NIK of a case that ended since is looked at again. */
function heedEnded(register: Register, lists: readonly CurrentList[]): void {
  const left = listNiksLeft(register.db);
  if (left.length === 0) return;
  readThenWrite(register.db, () => {
    const rows = listedByNik(register.db, left, idsOf(lists), register.names.pages);
    forgetScansOfListed(register.db, rows, null);
    forgetNiksLeft(register.db);
  });
}

function idsOf(lists: readonly CurrentList[]): string[] {
  return lists.map(({ id }) => id);
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
  const others = linkOtherLists(register, current, lists);
  const visit = findFinishedVisit(register.db, current.id);
  const names = new Map(current.household.members.map((member) => [member.id, member.name]));
  const inRegisters = linked.map(({ match: { match, lists: searched, remembered, weighing }, links }) =>
    links.flatMap(
      (link) =>
        listedMember(register, current, {
          lists: searched,
          match,
          model: weighing.model,
          remembered,
          link,
        }) ?? [],
    ),
  );
  const facts: CaseFacts = {
    members: current.household.members.map(({ id, name, familyNo }) => ({ memberId: id, name, familyNo })),
    listed: [
      ...inRegisters.flat(),
      ...others.sure.flatMap((found) => listedElsewhere(register, current, found, programs) ?? []),
    ],
    asked: others.asked.flatMap(({ doubts, ...found }) => {
      const listed = listedElsewhere(register, current, found, programs);
      const reported = reportedInWords(current, found.link.memberId);
      const contradicts = doubts.includes('said_other');
      return listed === null ? [] : [{ listed, reported, doubts: doubts.map(doubtSentence), contradicts }];
    }),
    refused: others.refused.flatMap((found) => listedElsewhere(register, current, found, programs) ?? []),
    unreported: unreportedIn(current, linked[0], inRegisters[0] ?? []),
    registered: matches.some((match) => knownIn(match).length > 0),
    latest:
      matches[0] === undefined
        ? null
        : {
            register: referenceSourceLabel[matches[0].source],
            known: new Set(knownIn(matches[0])),
            perFamily: referenceUnit[matches[0].source] === 'keluarga',
          },
    headName: current.household.members.find(({ relation }) => relation === '1')?.name ?? '',
    visit:
      visit === null
        ? null
        : {
            result: visit.result,
            household: visit.household,
            families: Object.entries(visit.families).map(([no, answers]) => ({
              familyNo: Number(no),
              answers,
            })),
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

/** Members whom a register knows, or may. */
function knownIn({ match }: SourceMatch): string[] {
  return match.links.filter((link) => link.proposes).map(({ memberId }) => memberId);
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
  { match, weighing }: SourceMatch,
  decided: readonly { memberId: string; person: IdentityFacts }[],
): Link[] {
  return match.links
    .filter((link) => {
      if (doubtsOf(match, link, weighing.model).length === 0) return true;
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

/** What the province last said of each program and member, where it is that somebody receives it. */
function grantedTo(register: Register, current: Case, programs: readonly Program[]): CaseFacts['granted'] {
  const decisions = listDecisionsOfCase(register.db, current.id).filter(({ matter }) => matter === 'program');
  const last = Map.groupBy(decisions, ({ program, memberId }) => `${program} ${memberId ?? ''}`);
  return [...last.values()].flatMap(([latest]) => {
    const { data: said } = Recipient.safeParse(latest?.outcome);
    if (latest === undefined || said?.status !== 'menerima') return [];
    // The day on which it ends is watched in `scanSome`.
    if (said.until !== null && said.until < today(register.clock)) return [];
    const { memberId, periodId } = latest;
    // One that nobody knows, and that names a person, is for that person.
    const program = programNamed(latest.program, programs) ?? {
      label: latest.program,
      unit: memberId === null ? 'keluarga' : 'orang',
    };
    const recipient = current.household.members.find(({ id }) => id === memberId);
    const whose =
      recipient === undefined || program.unit === 'orang' ? 'Menurut' : `${recipient.name}, menurut`;
    return [
      {
        program,
        memberId: recipient?.id ?? null,
        note: `${whose} putusan provinsi, periode ${periodId}`,
      },
    ];
  });
}

const Recipient = RecipientsBody.shape.recipients.element.pick({ status: true, until: true });

/**
 * Only the latest register is asked, and not after whom it calls dead or gone itself: who stood in the household years
 * ago is no news. Nor after the other people of a panti, who are of no family.
 */
function unreportedIn(
  current: Case,
  latest: { match: SourceMatch; links: readonly Link[] } | undefined,
  listed: CaseFacts['listed'],
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
  const asked = new Set([
    ...match.match.links.map((link) => link.candidate.id),
    ...listed.flatMap(({ twice }) => twice.map(({ personId }) => personId)),
  ]);
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
