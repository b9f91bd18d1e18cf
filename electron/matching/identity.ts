import type { Sex } from '../../shared/domain/person.ts';
import { isLastingIdentity } from '../../shared/domain/reference.ts';
import { compareNames } from './compare-names.ts';
import { type NormalisedName, normaliseName } from './names.ts';
import { normaliseNumber } from './numbers.ts';

/** What tells a person again in another snapshot, another draft or another period. */
export interface IdentityFacts {
  /** Id of a member of a case, which stays theirs whatever of them is corrected; of a person of a list null. */
  memberId: string | null;
  name: string;
  nik: string | null;
  sex: Sex | null;
  /** ISO date. */
  birthDate: string | null;
  /** Own numbering of a list: its source, the list's id, the person's in it, and the household's. */
  list: ListedIds | null;
}

export interface ListedIds {
  source: string;
  /** Null of what was said before it was kept. */
  listId: string | null;
  personId: string | null;
  householdId: string | null;
}

/**
 * Keys by which a person is known again: two people are the same where one key is. No key stands on
 * one fact alone, because each can pass to somebody else (a NIK typed wrong, a list's id given anew):
 * NIK, the list's own id and the household's go with the name or the birth date, and a name with the whole
 * date. A household that is told by its row alone is known again in that list alone. Ids of rows of the register
 * are no key, each import makes new ones; a member's own id is theirs alone.
 */
export function identityKeys(facts: IdentityFacts): string[] {
  const name = nameKey(facts);
  const nik = normaliseNumber(facts.nik);
  const strong = [
    nik.valid && nik.digits !== null ? `nik ${nik.digits}` : null,
    facts.list === null || facts.list.personId === null
      ? null
      : `id ${facts.list.source} ${facts.list.personId}`,
  ].filter((key) => key !== null);
  const keys = strong.flatMap((key) => [
    `${key} nama ${name}`,
    ...(facts.birthDate === null ? [] : [`${key} lahir ${facts.birthDate}`]),
  ]);
  const household = facts.list === null ? null : householdKey(facts.list);
  if (household !== null) keys.push(`${household} nama ${name}`);
  if (facts.birthDate !== null) keys.push(`nama ${name} lahir ${facts.birthDate} ${facts.sex ?? '?'}`);
  if (facts.memberId !== null) keys.push(`anggota ${facts.memberId}`);
  return name === '' ? [] : keys;
}

function householdKey({ source, listId, householdId }: ListedIds): string | null {
  if (householdId === null) return null;
  if (isLastingIdentity(householdId)) return `rumah ${source} ${householdId}`;
  return listId === null ? null : `baris ${listId} ${householdId}`;
}

/**
 * Whether two descriptions are of one person. Two whole NIKs that differ are two people, whatever their names;
 * in one household, where a NIK may have been corrected, only those that were born apart as well: father and
 * son of one name. Two of one name whose fathers (`BIN ALI`) are others do not bear the same name.
 */
export function isSamePerson(one: IdentityFacts, other: IdentityFacts): boolean {
  return sameness(one, other) > 0;
}

/** By what two are one person: 3 a number of their own, 2 the household, 1 name and birth date; 0 where they are two. */
function sameness(one: IdentityFacts, other: IdentityFacts): number {
  const shared = new Set(identityKeys(one));
  const byName = !haveOtherFathers(one, other);
  const found = identityKeys(other).filter((key) => shared.has(key) && (byName || !/(^| )nama /.test(key)));
  if (found.some((key) => !/^(nama|rumah|baris) /.test(key))) return 3;
  if (found.some((key) => !key.startsWith('nama '))) return areBornApart(one, other) ? 0 : 2;
  return found.length > 0 && niksThatDiffer(one, other) === null ? 1 : 0;
}

/**
 * Whether a person of a list is the one of whom was said that they are not this member. Whom the member is more surely than
 * the one who was refused is not meant, nor who may be either where the two are told apart: their own row, beside which a namesake's
 * was refused.
 */
export function isRefused(
  { member, listed }: { member: IdentityFacts; listed: IdentityFacts },
  person: IdentityFacts,
): boolean {
  const [own, refused] = [sameness(member, person), sameness(listed, person)];
  return own < refused || (own === refused && refused > 0 && isSamePerson(member, listed));
}

/** Years between parents and their children, at least. */
const generation = 12;

function areBornApart(one: IdentityFacts, other: IdentityFacts): boolean {
  const dates = [one.birthDate, other.birthDate].filter((date) => date !== null);
  const [earlier, later] = dates.length === 2 ? dates.toSorted() : [];
  const years = Number(later?.slice(0, 4)) - Number(earlier?.slice(0, 4));
  if (years >= generation) return true;
  const niks = niksThatDiffer(one, other);
  if (niks === null) return false;
  // Two dates say more than those in the NIKs, of which one was mended perhaps.
  if (dates.length === 2) return earlier !== later;
  const [left, right] = niks.map((nik) => nik.slice(6, 12));
  return left !== right;
}

function niksThatDiffer(one: IdentityFacts, other: IdentityFacts): string[] | null {
  const niks = [one, other].flatMap(({ nik }) => {
    const { digits, valid } = normaliseNumber(nik);
    return valid && digits !== null ? [digits] : [];
  });
  return niks.length === 2 && niks[0] !== niks[1] ? niks : null;
}

/** Sounds of the name's parts in any order, the father's left out; twins' names sound different. */
export function nameKey({ name, sex }: Named): string {
  const sounds = normaliseName(name, sex).tokens.map(({ key }) => key);
  return sounds.toSorted().join(' ');
}

/** Whether two names sound the same, and where both name a father, theirs are in no conflict. */
export function soundAlike(one: string, other: string): boolean {
  const [left, right] = [one, other].map((name): Named => ({ name, sex: null }));
  return (
    left !== undefined &&
    right !== undefined &&
    nameKey(left) === nameKey(right) &&
    !haveOtherFathers(left, right)
  );
}

type Named = Pick<IdentityFacts, 'name' | 'sex'>;

/** Where both name a father: whether the two are in conflict as names are; initial, abbreviation or slip is no other man. */
function haveOtherFathers(one: Named, other: Named): boolean {
  return (
    compareNames(fatherOf(one), fatherOf(other))?.pairs.some(({ level }) => level === 'conflict') ?? false
  );
}

function fatherOf({ name, sex }: Named): NormalisedName {
  const read = normaliseName(name, sex);
  return { ...read, tokens: read.patronymic, alias: [], patronymic: [] };
}
