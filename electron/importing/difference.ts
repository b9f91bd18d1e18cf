import { relationLabel, Relation } from '../../shared/domain/person.ts';
import type { FieldChange, HouseholdChange, PersonChange } from '../../shared/domain/reference-change.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import {
  mergeHousehold,
  mergePerson,
  movedPerson,
  pairPersons,
  placeInHousehold,
  type SnapshotHousehold,
} from './merge.ts';

/** Fields that tell when a row was touched, not what it says. */
const unsaid = new Set(['updated_at', 'id_periode', 'kemiripan_nama']);

/** Where somebody stands in the other of two lists. */
export interface Elsewhere {
  /** Identity of their household there. */
  called: string;
  /** As they stand there, of the age of the later list's date. */
  person: ReferencePerson;
}

export interface CompareOptions {
  baseListId: string;
  /** Whether a member who is not mentioned any more has left the household; else only who stands in another. */
  complete: boolean;
  /** Where somebody who came or went stands in the other list; null where they stand nowhere. */
  elsewhere: (person: ReferencePerson, kind: 'masuk' | 'keluar') => Elsewhere | null;
  /** Whether a row of the later list that was refused tells of the earlier household's member at this place. */
  isUnread: (place: number) => boolean;
  /** What a list's own field is called for the reader. */
  labelOf: (field: string) => string;
}

/**
 * What differs between two views of one household; nothing where they say the same. What the later
 * one leaves blank is no difference.
 *
 * @param base with the ages of the later list's date (`aged`).
 */
export function compareHouseholds(
  base: SnapshotHousehold,
  later: SnapshotHousehold,
  options: CompareOptions,
): HouseholdChange {
  const merged = mergeHousehold(base.household, later.household, options.baseListId);
  const { pairs, added, gone } = pairPersons(base.persons, later.persons);
  const cards = { before: base.household.kk, now: merged.kk };
  return {
    fields: householdFields(base.household, merged, options.labelOf),
    persons: [
      ...pairs.flatMap(({ base: was, later: now }): PersonChange[] => {
        const fields = personFields(was, mergePerson(was, now), { cards, labelOf: options.labelOf });
        return fields.length === 0 ? [] : [{ ...personOf(now), kind: 'berubah', fields }];
      }),
      ...added.map((person) => arrival(person, options.elsewhere(person, 'masuk'), options)),
      ...gone
        .map((person) =>
          departure(
            person,
            options.elsewhere(person, 'keluar'),
            options.isUnread(base.persons.indexOf(person)),
          ),
        )
        .filter(({ elsewhere }) => options.complete || elsewhere !== null),
    ],
  };
}

/** Somebody who came, with what differs from how they stood before: but for their place in the household. */
export function arrival(
  person: ReferencePerson,
  from: Elsewhere | null,
  { labelOf }: Pick<CompareOptions, 'labelOf'>,
): PersonChange {
  const came: PersonChange = { ...personOf(person), kind: 'masuk', elsewhere: from?.called ?? null };
  if (from === null) return came;
  const base = movedPerson(from.person);
  const cards = { before: null, now: null };
  const fields = personFields(base, mergePerson(base, person), { cards, labelOf });
  return { ...came, fields: fields.filter(({ field }) => !placeInHousehold.has(field)) };
}

/** Somebody whom the household does not have any more: they went, unless a row that was refused tells of them. */
export function departure(person: ReferencePerson, to: Elsewhere | null, unread: boolean): PersonChange {
  const kind = to === null && unread ? 'belum_terbaca' : 'keluar';
  return { ...personOf(person), kind, elsewhere: to?.called ?? null };
}

/** Whether nothing differs; who could not be read is no difference. */
export function isUnchanged({ fields, persons }: HouseholdChange): boolean {
  return fields.length === 0 && persons.every(({ kind }) => kind === 'belum_terbaca');
}

type Ranked = Pick<ReferenceHousehold, 'desil' | 'percentile'>;

/**
 * The official rank of a household in both snapshots, on one scale: desil where both have it, else
 * persentil. What the later one leaves blank has not moved, nor what each states on a scale of its own.
 */
export function officialRanks(
  base: Ranked | null,
  later: Ranked | null,
): { before: number | null; after: number | null } {
  for (const scale of ['desil', 'percentile'] as const) {
    const [before, after] = [base?.[scale] ?? null, later?.[scale] ?? null];
    if (before !== null && after !== null) return { before, after };
  }
  const [before, after] = [base, later].map((one) => one?.desil ?? one?.percentile ?? null);
  if (base === null || later === null) return { before: before ?? null, after: after ?? null };
  return after == null ? { before: before ?? null, after: before ?? null } : { before: null, after };
}

function personOf({ name, nik }: ReferencePerson): PersonChange {
  return { kind: 'berubah', name, nik, fields: [], elsewhere: null };
}

type Row = readonly [
  field: string,
  label: string,
  before: string | number | null,
  after: string | number | null,
];

function householdFields(
  base: ReferenceHousehold,
  later: ReferenceHousehold,
  labelOf: (field: string) => string,
): FieldChange[] {
  // Names of one kelurahan may be spelt in two ways: the code decides where both have one.
  const sameArea = base.kelurahan !== null && base.kelurahan === later.kelurahan;
  return [
    ...changed([
      ['kk', 'No KK', base.kk, later.kk],
      ['desil', 'Desil', base.desil, later.desil],
      ['percentile', 'Persentil', base.percentile, later.percentile],
      ['street', 'Alamat', base.street, later.street],
      ['rt', 'RT', base.rt, later.rt],
      ['rw', 'RW', base.rw, later.rw],
      ['kelurahan', 'Kelurahan', base.kelurahanName, sameArea ? base.kelurahanName : later.kelurahanName],
    ]),
    ...changedAnswers(base.answers, later.answers, labelOf),
  ];
}

function personFields(
  base: ReferencePerson,
  later: ReferencePerson,
  {
    cards,
    labelOf,
  }: { cards: { before: string | null; now: string | null }; labelOf: (field: string) => string },
): FieldChange[] {
  // Ages that were true on other days of their years may be one apart.
  const sameAge = base.age !== null && later.age !== null && Math.abs(base.age - later.age) <= 1;
  return [
    ...changed([
      ['name', 'Nama', base.name, later.name],
      ['nik', 'NIK', base.nik, later.nik],
      ['sex', 'Jenis kelamin', base.sex, later.sex],
      ['birth_place', 'Tempat lahir', base.birthPlace, later.birthPlace],
      ['birth_date', 'Tanggal lahir', base.birthDate, later.birthDate],
      ['age', 'Umur', base.age, sameAge ? base.age : later.age],
      // The household's own card is said once, with the household.
      ['kk', 'No KK', otherCard(base.kk, cards.before), otherCard(later.kk, cards.now)],
      ['family_no', 'Nomor keluarga', base.familyNo, later.familyNo],
      ['relation', 'Hubungan keluarga', relationWord(base.relation), relationWord(later.relation)],
      ['mother_name', 'Nama ibu kandung', base.motherName, later.motherName],
    ]),
    ...changedAnswers(base.answers, later.answers, labelOf),
  ];
}

function otherCard(kk: string | null, own: string | null): string | null {
  return kk === own ? null : kk;
}

function changed(rows: readonly Row[]): FieldChange[] {
  return rows.flatMap(([field, label, before, after]) =>
    same(before, after) ? [] : { field, label, before: textOf(before), after: textOf(after) },
  );
}

function changedAnswers(
  base: Readonly<Record<string, string>>,
  later: Readonly<Record<string, string>>,
  labelOf: (field: string) => string,
): FieldChange[] {
  const fields = [...new Set([...Object.keys(base), ...Object.keys(later)])].filter(
    (field) => !unsaid.has(field),
  );
  return changed(fields.map((field) => [field, labelOf(field), base[field] ?? null, later[field] ?? null]));
}

/** Case and blanks are spelling, no difference. */
function same(before: string | number | null, after: string | number | null): boolean {
  return plain(before) === plain(after);
}

function plain(value: string | number | null): string {
  return String(value ?? '')
    .toUpperCase()
    .replace(/\s+/g, ' ')
    .trim();
}

function textOf(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

export function relationWord(relation: string | null): string | null {
  const known = Relation.safeParse(relation);
  return known.success ? relationLabel[known.data] : relation;
}
