import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';

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

/** The same for a person. */
export function mergePerson(base: ReferencePerson, later: ReferencePerson): ReferencePerson {
  const cleared = new Set(later.cleared ?? []);
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
    relation: keep('relation', base.relation, later.relation),
    familyNo: keep('family_no', base.familyNo, later.familyNo),
    motherName: keep('mother_name', base.motherName, later.motherName),
    answers: mergeAnswers(base.answers, later.answers, cleared),
  };
}

/** An earlier household carried over as it stands; its rank stays that of the list that stated it. */
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

export interface PairedPersons {
  pairs: { base: ReferencePerson; later: ReferencePerson }[];
  added: ReferencePerson[];
  gone: ReferencePerson[];
}

/** Who is who in two views of one household: by NIK, else by the source's own ID, else by name and birth. */
export function pairPersons(
  base: readonly ReferencePerson[],
  later: readonly ReferencePerson[],
): PairedPersons {
  const keys: readonly ((person: ReferencePerson) => string | null)[] = [
    ({ nik }) => nik,
    ({ sourceId }) => sourceId,
    ({ name, birthDate }) => (birthDate === null ? null : `${plain(name)} ${birthDate}`),
    // A NIK that differs, or names that are borne twice, make strangers.
    ({ name }) => plain(name),
  ];
  const result: PairedPersons = { pairs: [], added: [], gone: [] };
  let restBase = [...base];
  let restLater = [...later];
  for (const [index, keyOf] of keys.entries()) {
    const known = new Map<string, ReferencePerson>();
    for (const person of restBase) {
      const key = keyOf(person);
      if (key !== null && !known.has(key)) known.set(key, person);
    }
    restLater = restLater.filter((person) => {
      const key = keyOf(person);
      const match = key === null ? undefined : known.get(key);
      if (match === undefined || key === null) return true;
      if (index > 0 && contradict(match, person)) return true;
      known.delete(key);
      restBase = restBase.filter((candidate) => candidate !== match);
      result.pairs.push({ base: match, later: person });
      return false;
    });
  }
  return { ...result, added: restLater, gone: restBase };
}

/** Two different people for certain: other NIK and other birth date. */
function contradict(base: ReferencePerson, later: ReferencePerson): boolean {
  const otherNik = base.nik !== null && later.nik !== null && base.nik !== later.nik;
  const otherBirth =
    base.birthDate !== null && later.birthDate !== null && base.birthDate !== later.birthDate;
  return otherNik && otherBirth;
}

function plain(name: string): string {
  return name.toUpperCase().replace(/[^A-Z]/g, '');
}
