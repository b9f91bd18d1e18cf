import type Database from 'better-sqlite3';
import { z } from 'zod';
import { isLastingIdentity, type ReferencePerson } from '../../shared/domain/reference.ts';
import { aged, isSameBearer, pairPersons, yearsBetween } from '../importing/merge.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import {
  type FoundReferenceHousehold,
  hasLastingIdentity,
  HouseholdReader,
  rowToPerson,
} from './reference-rows.ts';

/** A list that a later one is laid beside. */
export interface EarlierList {
  id: string;
  /** From it to the later one: ages grow by them. */
  years: number;
}

/**
 * The lists that a later one of this date is laid beside, the latest first: the one whose next version may come of it, and
 * those of other names that it replaces.
 */
export function earlierLists(
  db: ReadableDb,
  { baseList, replaces, listDate }: { baseList: string; replaces: readonly string[]; listDate: string },
): EarlierList[] {
  return db
    .prepare(
      `SELECT id, list_date FROM reference_list WHERE id = @baseList OR id IN (SELECT value FROM json_each(@replaces))
       ORDER BY list_date DESC, id <> @baseList, version DESC, id`,
    )
    .all({ baseList, replaces: JSON.stringify(replaces) })
    .map((raw) => {
      const { id, list_date: date } = DatedRow.parse(raw);
      return { id, years: yearsBetween(date, listDate) };
    });
}

const DatedRow = z.object({ id: z.string(), list_date: z.string() });

/**
 * Of which side a person of `temp.standing` and `temp.bearer` is: of a million persons each, the ids of their lists would
 * take half the memory.
 */
export const sides = { base: 0, later: 1 } as const;

/**
 * Fills `temp.standing` with who stands in which household, `temp.bearer` with their NIKs, and `temp.earlier` with the
 * households of the earlier lists, which count as one: who stands in two of them is as the first has them (by NIK with
 * name or birth date, or as members of one lasting identity), and households of one lasting identity are one, the first's,
 * with who stands in the others alone.
 *
 * @param earlier the latest first.
 */
export function layTogether(db: WritableDb, earlier: readonly EarlierList[], list: string): void {
  dropLaid(db);
  db.exec(`CREATE TEMP TABLE standing (
             side INTEGER NOT NULL, household INTEGER NOT NULL, person INTEGER NOT NULL,
             PRIMARY KEY (side, household, person)
           ) WITHOUT ROWID;
           CREATE TEMP TABLE bearer (
             side INTEGER NOT NULL, nik TEXT NOT NULL, person INTEGER NOT NULL, household INTEGER NOT NULL,
             PRIMARY KEY (side, nik, person)
           ) WITHOUT ROWID;
           CREATE TEMP TABLE earlier (
             source_id TEXT NOT NULL, household INTEGER NOT NULL, PRIMARY KEY (source_id, household)
           ) WITHOUT ROWID;
           CREATE TEMP TABLE twice (household INTEGER PRIMARY KEY)`);
  standIn(db, sides.later, list);
  noteBearers(db, sides.later);
  const alike = new HouseholdsInTwo(db, earlier, list);
  for (const [at, one] of earlier.entries()) {
    const told = at === 0 ? [] : alike.of(one.id);
    db.prepare(
      `INSERT INTO temp.earlier SELECT source_id, id FROM reference_household
       WHERE list_id = ? AND id NOT IN (SELECT household FROM temp.twice) ORDER BY source_id, id`,
    ).run(one.id);
    standIn(db, sides.base, one.id);
    alike.write(told);
    db.exec('DELETE FROM temp.twice');
    // Only once the whole list is told apart: who stands twice in one list does so in what comes of it.
    noteBearers(db, sides.base);
  }
  db.exec('DROP TABLE temp.twice');
}

/** Takes out what `layTogether` made. */
export function dropLaid(db: WritableDb): void {
  for (const table of ['standing', 'bearer', 'earlier', 'twice'])
    db.exec(`DROP TABLE IF EXISTS temp.${table}`);
}

/** Everyone of a list, but of the households in `temp.twice`. */
function standIn(db: WritableDb, side: number, list: string): void {
  db.prepare(
    `INSERT INTO temp.standing SELECT ?, household.id, person.id FROM reference_household AS household
     JOIN reference_person AS person ON person.household_id = household.id
     WHERE list_id = ? AND household.id NOT IN (SELECT household FROM temp.twice) ORDER BY 2, 3`,
  ).run(side, list);
}

function noteBearers(db: WritableDb, side: number): void {
  db.prepare(
    `INSERT OR IGNORE INTO temp.bearer
     SELECT side, nik, person, household FROM temp.standing JOIN reference_person ON id = person
     WHERE side = ? AND nik IS NOT NULL ORDER BY nik, person`,
  ).run(side);
}

/** Who of a household stands in no list before its own, and in which household they are counted. */
interface Told {
  called: string;
  id: number;
  /** The household of a list before its own that is called the same. */
  of: number | null;
  persons: readonly string[];
}

const BearerRow = z.object({ person: z.number() });

/** Households of a list of which somebody stands in a list before it, or that one before it calls the same. */
class HouseholdsInTwo {
  readonly #db: WritableDb;
  readonly #households: EarlierHouseholds;
  readonly #bearers: Database.Statement<unknown[]>;
  readonly #called: Database.Statement<unknown[]>;
  readonly #members: Database.Statement<unknown[]>;
  readonly #calledLater: Database.Statement<unknown[]>;
  readonly #list: string;

  constructor(db: WritableDb, earlier: readonly EarlierList[], list: string) {
    this.#db = db;
    this.#list = list;
    this.#households = new EarlierHouseholds(db, earlier);
    this.#bearers = db.prepare(`SELECT person FROM temp.bearer WHERE side = ${sides.base} AND nik = ?`);
    this.#called = db.prepare('SELECT min(household) FROM temp.earlier WHERE source_id = ?').pluck();
    this.#members = db
      .prepare(`SELECT person FROM temp.standing WHERE side = ${sides.base} AND household = ?`)
      .pluck();
    this.#calledLater = db
      .prepare('SELECT 1 FROM reference_household WHERE list_id = ? AND source_id = ? LIMIT 1')
      .pluck();
  }

  /** Tells them apart, and notes them in `temp.twice`. */
  of(listId: string): Told[] {
    this.#db
      .prepare(
        `INSERT INTO temp.twice SELECT id FROM reference_household AS household
         WHERE list_id = ? AND (
           (${hasLastingIdentity('source_id')} AND source_id IN (SELECT source_id FROM temp.earlier))
           OR EXISTS (SELECT 1 FROM reference_person AS person
                      JOIN temp.bearer ON bearer.side = ${sides.base} AND bearer.nik = person.nik
                      WHERE person.household_id = household.id))`,
      )
      .run(listId);
    const ids = z
      .array(z.number())
      .parse(this.#db.prepare('SELECT household FROM temp.twice ORDER BY 1').pluck().all());
    return ids.map((id) => this.#tell(id));
  }

  #tell(id: number): Told {
    const { household, persons } = this.#households.get(id);
    const called = household.sourceId;
    const of = isLastingIdentity(called) ? z.number().nullable().parse(this.#called.get(called)) : null;
    const members = of === null ? [] : z.array(z.number()).parse(this.#members.all(of));
    const { pairs } = pairPersons(
      members.map((member) => this.#households.person(member)),
      persons.map(({ person }) => person),
    );
    // A child's NIK may be typed as their mother's: whom it alone pairs, nothing would tell of.
    const known = new Set(
      pairs
        .filter(({ base, later }) => !isPairedByNik(base, later) || isSameBearer(base, later))
        .map(({ later }) => later),
    );
    const alone = persons.filter(({ person }) => !known.has(person) && !this.#stands(person));
    return { called, id, of, persons: alone.map((one) => one.id) };
  }

  #stands(person: ReferencePerson): boolean {
    if (person.nik === null) return false;
    return this.#bearers
      .all(person.nik)
      .some((raw) => isSameBearer(this.#households.person(BearerRow.parse(raw).person), person));
  }

  /**
   * A household of which everyone stands in a list before it goes on only where the later list calls one the same: what
   * that one leaves blank is taken from it.
   */
  write(told: readonly Told[]): void {
    const household = this.#db.prepare('INSERT INTO temp.earlier (source_id, household) VALUES (?, ?)');
    const person = this.#db.prepare(
      `INSERT INTO temp.standing (side, household, person) VALUES (${sides.base}, ?, ?)`,
    );
    for (const { called, id, of, persons } of told) {
      if (of === null && persons.length === 0 && !this.#isCalledLater(called)) continue;
      if (of === null) household.run(called, id);
      for (const one of persons) person.run(of ?? id, Number(one));
    }
  }

  #isCalledLater(called: string): boolean {
    return isLastingIdentity(called) && this.#calledLater.get(this.#list, called) !== undefined;
  }
}

function isPairedByNik(base: ReferencePerson, later: ReferencePerson): boolean {
  return later.nik !== null && base.nik === later.nik;
}

const OfList = z.object({ list_id: z.string() });

/** Households of earlier lists with who stands in them, of the age of the later list's date. */
export class EarlierHouseholds {
  readonly #reader: HouseholdReader;
  readonly #years: ReadonlyMap<string, number>;
  readonly #person: Database.Statement<unknown[]>;

  constructor(db: ReadableDb, earlier: readonly EarlierList[]) {
    this.#reader = new HouseholdReader(db);
    this.#years = new Map(earlier.map(({ id, years }) => [id, years]));
    this.#person = db.prepare(
      `SELECT person.*, list_id FROM reference_person AS person
       JOIN reference_household AS household ON household.id = household_id WHERE person.id = ?`,
    );
  }

  /** @param members ids of who is counted in it, where that is not everyone of its rows and nobody else. */
  get(id: number, members: readonly number[] | null = null): FoundReferenceHousehold {
    const found = this.#reader.get(id);
    if (members !== null)
      return {
        ...found,
        persons: members.map((member) => ({ id: String(member), person: this.person(member) })),
      };
    const persons = found.persons.map((one) => ({ ...one, person: this.#aged(one.person, found.listId) }));
    return { ...found, persons };
  }

  person(id: number): ReferencePerson {
    const raw = this.#person.get(id);
    return this.#aged(rowToPerson(raw).person, OfList.parse(raw).list_id);
  }

  #aged(person: ReferencePerson, listId: string): ReferencePerson {
    return aged([person], this.#years.get(listId) ?? 0)[0] ?? person;
  }
}
