import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { nameKey, soundAlike } from '../matching/identity.ts';

/** Under which name a NIK that is none is kept, as it was written, among the answers of its person. */
export const nikAsWritten = 'nik_asal';

/** The same for a relation that no code list knows. */
export const relationAsWritten = 'hubungan_asal';

/** A household of a snapshot with everyone in it. */
export interface SnapshotHousehold {
  household: ReferenceHousehold;
  persons: readonly ReferencePerson[];
}

/**
 * The later household with what it left blank taken from the earlier one: a blank cell says nothing,
 * `clearToken` alone empties a field. An earlier rank that stands on keeps the list that stated it.
 *
 * @param baseListId the list of the earlier household.
 */
export function mergeHousehold(
  base: ReferenceHousehold,
  later: ReferenceHousehold,
  baseListId: string,
): ReferenceHousehold {
  const cleared = new Set(later.cleared ?? []);
  const keep = <Value>(role: string, old: Value | null, now: Value | null): Value | null =>
    now ?? (cleared.has(role) ? null : old);
  const ownRank = later.percentile !== null || later.desil !== null;
  const percentile = ownRank ? later.percentile : keep('percentile', base.percentile, null);
  const desil = ownRank ? later.desil : keep('desil', base.desil, null);
  const rank = !ownRank && (percentile !== null || desil !== null) ? (base.rankListId ?? baseListId) : null;
  // The kelurahan's code and name are one field.
  const area = later.kelurahanName === null && !cleared.has('kelurahan') ? base : later;
  return {
    sourceId: later.sourceId,
    kk: keep('kk', base.kk, later.kk),
    street: keep('street', base.street, later.street),
    rt: keep('rt', base.rt, later.rt),
    rw: keep('rw', base.rw, later.rw),
    kelurahan: area.kelurahan,
    kelurahanName: area.kelurahanName,
    percentile,
    desil,
    ...(rank !== null && { rankListId: rank }),
    answers: mergeAnswers(base.answers, later.answers, cleared),
  };
}

/**
 * The same for a person.
 *
 * @param base with the age of the later list's date (`aged`).
 */
export function mergePerson(base: ReferencePerson, later: ReferencePerson): ReferencePerson {
  const cleared = new Set(later.cleared ?? []);
  // What is read takes the place of what was written and not read, and the other way round.
  const emptied = new Set(cleared);
  if (later.nik !== null || cleared.has('nik')) emptied.add(nikAsWritten);
  if (later.relation !== null || cleared.has('relation')) emptied.add(relationAsWritten);
  const relation = relationAsWritten in later.answers ? null : base.relation;
  const keep = <Value>(role: string, old: Value | null, now: Value | null): Value | null =>
    now ?? (cleared.has(role) ? null : old);
  return {
    sourceId: later.sourceId ?? base.sourceId,
    order: later.order,
    name: later.name,
    nik: keep('nik', base.nik, later.nik),
    kk: keep('kk', base.kk, later.kk),
    sex: keep('sex', base.sex, later.sex),
    birthPlace: keep('birth_place', base.birthPlace, later.birthPlace),
    birthDate: keep('birth_date', base.birthDate, later.birthDate),
    age: keep('age', base.age, later.age),
    relation: keep('relation', relation, later.relation),
    familyNo: keep('family_no', base.familyNo, later.familyNo),
    motherName: keep('mother_name', base.motherName, later.motherName),
    answers: mergeAnswers(base.answers, later.answers, emptied),
  };
}

/** Fields of a person that tell their place in one household. */
export const placeInHousehold: ReadonlySet<string> = new Set(['kk', 'family_no', 'relation']);

/**
 * The earlier row of somebody who stands in another household now: what tells their place in the earlier one stays
 * behind.
 */
export function movedPerson(base: ReferencePerson): ReferencePerson {
  const { [relationAsWritten]: _, ...answers } = base.answers;
  return { ...base, kk: null, familyNo: null, relation: null, answers };
}

/** An earlier household carried over as it stands, without its persons (`aged`); its rank stays that of the list that stated it. */
export function carried(base: ReferenceHousehold, baseListId: string): ReferenceHousehold {
  const ranked = base.percentile !== null || base.desil !== null;
  return ranked ? { ...base, rankListId: base.rankListId ?? baseListId } : base;
}

function mergeAnswers(
  base: Readonly<Record<string, string>>,
  later: Readonly<Record<string, string>>,
  cleared: ReadonlySet<string>,
): Record<string, string> {
  const kept = Object.entries(base).filter(([field]) => !cleared.has(field));
  return { ...Object.fromEntries(kept), ...later };
}

/** Years from the one list to the other, by which ages of the earlier are to grow in it. */
export function yearsBetween(earlierDate: string, laterDate: string): number {
  return Number(laterDate.slice(0, 4)) - Number(earlierDate.slice(0, 4));
}

/**
 * Who is taken over into a list of another date: an age is true on the date of the list that holds it. Never below
 * zero, also where the other date is the earlier one.
 */
export function aged(persons: readonly ReferencePerson[], years: number): ReferencePerson[] {
  return persons.map((person) =>
    person.age === null ? person : { ...person, age: Math.max(0, person.age + years) },
  );
}

/**
 * Whether a NIK that stands in two households is one person's: only with the same name or birth date, since a NIK
 * may be typed wrong, a child's as their mother's.
 */
export function isSameBearer(one: ReferencePerson, other: ReferencePerson): boolean {
  if (one.nik === null || one.nik !== other.nik) return false;
  return (one.birthDate !== null && one.birthDate === other.birthDate) || soundAlike(one.name, other.name);
}

export interface PairedPersons {
  pairs: { base: ReferencePerson; later: ReferencePerson }[];
  added: ReferencePerson[];
  gone: ReferencePerson[];
}

/**
 * Who is who in two views of one household: by NIK, else by the source's own ID, else by name (as it is
 * written, else as it sounds) and birth, else by name. Who cannot be told apart from a namesake is paired by sex and age.
 *
 * @param base with the ages of the later list's date (`aged`).
 */
export function pairPersons(
  base: readonly ReferencePerson[],
  later: readonly ReferencePerson[],
): PairedPersons {
  const keys: readonly ((person: ReferencePerson) => string | null)[] = [
    ({ nik }) => nik,
    ({ sourceId }) => sourceId,
    ({ name, birthDate }) => (birthDate === null ? null : `${plain(name)} ${birthDate}`),
    ({ name, birthDate }) => (birthDate === null ? null : `${nameKey({ name, sex: null })} ${birthDate}`),
  ];
  const pairs: PairedPersons['pairs'] = [];
  let restBase = [...base];
  let restLater = [...later];
  const pair = (before: ReferencePerson, now: ReferencePerson) => {
    restBase = restBase.filter((candidate) => candidate !== before);
    restLater = restLater.filter((candidate) => candidate !== now);
    pairs.push({ base: before, later: now });
  };
  for (const [index, keyOf] of keys.entries()) {
    for (const person of restLater) {
      const key = keyOf(person);
      const match = key === null ? undefined : restBase.find((candidate) => keyOf(candidate) === key);
      if (match !== undefined && (index === 0 || !contradict(match, person))) pair(match, person);
    }
  }
  for (const [before, now] of pairNamesakes(restBase, restLater)) pair(before, now);
  return { pairs, added: restLater, gone: restBase };
}

/** Pairs of one name, the likest first, so that father and son of one name keep apart. */
function pairNamesakes(
  base: readonly ReferencePerson[],
  later: readonly ReferencePerson[],
): [ReferencePerson, ReferencePerson][] {
  const named = Map.groupBy(base, ({ name }) => plain(name));
  const possible = later.flatMap((now) =>
    (named.get(plain(now.name)) ?? [])
      .filter((before) => !contradict(before, now) && !mustDiffer(before, now))
      .map((before) => ({ before, now, unlike: unlikeness(before, now) })),
  );
  const taken = new Set<ReferencePerson>();
  return possible
    .toSorted((left, right) => left.unlike - right.unlike)
    .flatMap(({ before, now }): [ReferencePerson, ReferencePerson][] => {
      if (taken.has(before) || taken.has(now)) return [];
      taken.add(before).add(now);
      return [[before, now]];
    });
}

/** Two different people for certain: other NIK and other birth date. */
function contradict(base: ReferencePerson, later: ReferencePerson): boolean {
  const otherBirth =
    base.birthDate !== null && later.birthDate !== null && base.birthDate !== later.birthDate;
  return hasOtherNik(base, later) && otherBirth;
}

function hasOtherNik(base: ReferencePerson, later: ReferencePerson): boolean {
  return base.nik !== null && later.nik !== null && base.nik !== later.nik;
}

/** A generation apart: nobody writes a birth so wrong, but a father may bear his son's name. */
const generation = 12;

/** Two people where nothing but the name says that they are one: whole NIKs of other birth dates, or a generation apart. */
function mustDiffer(base: ReferencePerson, later: ReferencePerson): boolean {
  const dates = [birthInNik(base.nik), birthInNik(later.nik)];
  const otherDates = dates[0] !== null && dates[1] !== null && dates[0] !== dates[1];
  return (hasOtherNik(base, later) && otherDates) || (yearsApart(base, later) ?? 0) > generation;
}

/** Of a whole NIK the birth date in it, without the mark of women (`2 0285`, of 2 February 1985); else null. */
export function birthInNik(nik: string | null): string | null {
  if (nik === null || !/^\d{16}$/.test(nik)) return null;
  const day = Number(nik.slice(6, 8));
  return `${day > 40 ? day - 40 : day} ${nik.slice(8, 12)}`;
}

/** By birth dates, else by ages on one day; null where one of them is not known. */
function yearsApart(base: ReferencePerson, later: ReferencePerson): number | null {
  if (base.birthDate !== null && later.birthDate !== null)
    return Math.abs(yearsBetween(base.birthDate, later.birthDate));
  return base.age === null || later.age === null ? null : Math.abs(base.age - later.age);
}

/** The smaller, the likelier two of one name are one person: sex, then age, then their place in the household. */
function unlikeness(base: ReferencePerson, later: ReferencePerson): number {
  const otherSex = base.sex !== null && later.sex !== null && base.sex !== later.sex;
  const otherRelation = base.relation !== null && later.relation !== null && base.relation !== later.relation;
  return (otherSex ? 100 : 0) + (yearsApart(base, later) ?? generation) + (otherRelation ? 0.5 : 0);
}

function plain(name: string): string {
  return name.toUpperCase().replace(/[^\p{L}]/gu, '');
}
