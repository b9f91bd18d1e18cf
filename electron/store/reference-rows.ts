import type Database from 'better-sqlite3';
import { z } from 'zod';
import { Answers } from '../../shared/domain/instrument.ts';
import { Sex } from '../../shared/domain/person.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { ReadableDb } from './connection.ts';

export interface FoundReferenceHousehold {
  id: string;
  listId: string;
  household: ReferenceHousehold;
  persons: { id: string; person: ReferencePerson }[];
}

const HouseholdRow = z.object({
  id: z.number(),
  list_id: z.string(),
  source_id: z.string(),
  kk: z.string().nullable(),
  street: z.string().nullable(),
  rt: z.number().nullable(),
  rw: z.number().nullable(),
  kelurahan: z.string().nullable(),
  kelurahan_name: z.string().nullable(),
  percentile: z.number().nullable(),
  desil: z.number().nullable(),
  rank_list_id: z.string().nullable(),
  answers: z.string(),
  cleared: z.string().nullable(),
});

const PersonRow = z.object({
  id: z.number(),
  position: z.number(),
  source_id: z.string().nullable(),
  name: z.string(),
  nik: z.string().nullable(),
  kk: z.string().nullable(),
  sex: Sex.nullable(),
  birth_place: z.string().nullable(),
  birth_date: z.string().nullable(),
  age: z.number().nullable(),
  relation: z.string().nullable(),
  family_no: z.number().nullable(),
  mother_name: z.string().nullable(),
  answers: z.string(),
  cleared: z.string().nullable(),
});

/** Reads households of lists with everyone in them; its queries are prepared once. */
export class HouseholdReader {
  readonly #household: Database.Statement<unknown[]>;
  readonly #persons: Database.Statement<unknown[]>;

  constructor(db: ReadableDb) {
    this.#household = db.prepare('SELECT * FROM reference_household WHERE id = ?');
    this.#persons = db.prepare('SELECT * FROM reference_person WHERE household_id = ? ORDER BY position, id');
  }

  find(id: number): FoundReferenceHousehold | null {
    const raw = this.#household.get(id);
    if (raw === undefined) return null;
    const { listId, household } = rowToHousehold(raw);
    return { id: String(id), listId, household, persons: this.#persons.all(id).map(rowToPerson) };
  }

  /** @throws where there is none: callers name households that a foreign key holds. */
  get(id: number): FoundReferenceHousehold {
    const found = this.find(id);
    if (found === null) throw new Error('A household of a list is missing.');
    return found;
  }
}

/** The households of a list with everyone in them, one after the other. */
export function* eachHousehold(db: ReadableDb, listId: string): Generator<FoundReferenceHousehold> {
  const reader = new HouseholdReader(db);
  const some = db
    .prepare('SELECT id FROM reference_household WHERE list_id = ? AND id > ? ORDER BY id LIMIT 500')
    .pluck();
  let after = 0;
  for (;;) {
    const ids = z.array(z.number()).parse(some.all(listId, after));
    if (ids.length === 0) return;
    for (const id of ids) yield reader.get(id);
    after = ids.at(-1) ?? after;
  }
}

/** `isLastingIdentity` of a column `source_id`. */
export function hasLastingIdentity(column: string): string {
  return `${column} NOT GLOB 'baris [0-9]*'`;
}

export type StoredValue = string | number | null;

/** Columns of `reference_household` that a list fills, and the values of one in their order. */
export const householdColumns =
  'source_id, kk, street, rt, rw, kelurahan, kelurahan_name, percentile, desil, answers';

export function householdValues(household: ReferenceHousehold): StoredValue[] {
  const { sourceId, kk, street, rt, rw, kelurahan, kelurahanName, percentile, desil, answers } = household;
  return [sourceId, kk, street, rt, rw, kelurahan, kelurahanName, percentile, desil, JSON.stringify(answers)];
}

/** The same of `reference_person`. */
export const personColumns =
  'position, source_id, name, nik, kk, sex, birth_place, birth_date, age, relation, family_no, mother_name, answers';

export function personValues(person: ReferencePerson): StoredValue[] {
  return [
    person.order,
    person.sourceId,
    person.name,
    person.nik,
    person.kk,
    person.sex,
    person.birthPlace,
    person.birthDate,
    person.age,
    person.relation,
    person.familyNo,
    person.motherName,
    JSON.stringify(person.answers),
  ];
}

/** What the keys of persons need of their household, out of `householdValues`. */
export function homeOf([, kk, street, rt, rw, kelurahan]: readonly StoredValue[]): Pick<
  ReferenceHousehold,
  'kk' | 'street' | 'rt' | 'rw' | 'kelurahan'
> {
  return {
    kk: textOf(kk),
    street: textOf(street),
    rt: numberOf(rt),
    rw: numberOf(rw),
    kelurahan: textOf(kelurahan),
  };
}

/** What they need of the persons, out of a household's number and `personValues`. */
export function listedPersonOf([
  ,
  ,
  ,
  name,
  nik,
  kk,
  sex,
  ,
  birthDate,
  age,
  ,
  ,
  motherName,
]: readonly StoredValue[]): Pick<
  ReferencePerson,
  'name' | 'nik' | 'kk' | 'sex' | 'birthDate' | 'age' | 'motherName'
> {
  return {
    name: textOf(name) ?? '',
    nik: textOf(nik),
    kk: textOf(kk),
    sex: sex === 'L' || sex === 'P' ? sex : null,
    birthDate: textOf(birthDate),
    age: numberOf(age),
    motherName: textOf(motherName),
  };
}

function textOf(value: StoredValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: StoredValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function rowToHousehold(raw: unknown): { listId: string; household: ReferenceHousehold } {
  const row = HouseholdRow.parse(raw);
  return {
    listId: row.list_id,
    household: {
      sourceId: row.source_id,
      kk: row.kk,
      street: row.street,
      rt: row.rt,
      rw: row.rw,
      kelurahan: row.kelurahan,
      kelurahanName: row.kelurahan_name,
      percentile: row.percentile,
      desil: row.desil,
      ...(row.rank_list_id !== null && { rankListId: row.rank_list_id }),
      answers: Answers.parse(JSON.parse(row.answers)),
      ...clearedOf(row.cleared),
    },
  };
}

export function rowToPerson(raw: unknown): { id: string; person: ReferencePerson } {
  const row = PersonRow.parse(raw);
  return {
    id: String(row.id),
    person: {
      sourceId: row.source_id,
      order: row.position,
      name: row.name,
      nik: row.nik,
      kk: row.kk,
      sex: row.sex,
      birthPlace: row.birth_place,
      birthDate: row.birth_date,
      age: row.age,
      relation: row.relation,
      familyNo: row.family_no,
      motherName: row.mother_name,
      answers: Answers.parse(JSON.parse(row.answers)),
      ...clearedOf(row.cleared),
    },
  };
}

function clearedOf(cleared: string | null): { cleared?: string[] } {
  return cleared === null ? {} : { cleared: z.array(z.string()).parse(JSON.parse(cleared)) };
}
