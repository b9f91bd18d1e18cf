import {
  isRegistry,
  type ReferenceHousehold,
  type ReferencePerson,
  referenceSourceLabel,
} from '../../shared/domain/reference.ts';
import { displayDate } from '../../shared/domain/nik.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { isCityElsewhere } from '../../shared/domain/wilayah.ts';
import { cityOfDukcapil } from '../importing/dukcapil.ts';
import { ppksInWords } from '../importing/ppks-kinds.ts';
import { householdIdentityFields, identityFields } from '../matching/fields.ts';
import { isRefused } from '../matching/identity.ts';
import type { ListedMember, ListedRow } from '../matching/mismatch.ts';
import { memberInput, normalisePerson, referenceInput } from '../matching/normalise.ts';
import { type Program, programsInList } from '../matching/programs.ts';
import { standsTwice } from '../matching/stands-twice.ts';
import { isNikOfAnotherCase, listNikBearers } from '../store/finding.ts';
import { type CurrentList, findReferenceHousehold, findReferenceIdentity } from '../store/identification.ts';
import { type FoundLink, kkOf, once } from './finding-links.ts';
import { memberIdentity } from './not-same.ts';
import type { Register } from './register.ts';

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
  { lists, match, model, remembered, link }: FoundLink,
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
          [person.nik],
          register.names.pages,
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
        : standsTwice(match, link, model)
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
  return { personId, words: inWords(person), who: inWords({ ...person, kk: null }) };
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
