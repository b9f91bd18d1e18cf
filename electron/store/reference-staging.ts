import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ImportReport } from '../../shared/contract/reference.ts';
import type {
  AreaCodeSystem,
  ReferenceHousehold,
  ReferencePerson,
  ReferenceSource,
} from '../../shared/domain/reference.ts';
import { normalisePerson, referenceInput } from '../matching/normalise.ts';
import { transaction, type WritableDb } from './connection.ts';
import { dropDifferences } from './difference-compute.ts';
import { dropListKeys, GatheredKeys, giveListNumber } from './reference-keys.ts';
import { householdColumns, householdValues, personColumns, personValues } from './reference-rows.ts';

export interface NewList {
  id: string;
  source: ReferenceSource;
  name: string;
  listDate: string;
  areaCodes: AreaCodeSystem | null;
  fileName: string;
  fileHash: string;
  report: ImportReport;
  importedAt: string;
  importedBy: string;
  /** The list whose accepted differences made this one. */
  basedOn?: string | null;
}

/** Persons moved in one transaction: some tenths of a second on an old PC, which a clerk does not notice. */
const personsAtOnce = 1_000;

/**
 * Collects a list in temporary tables of this connection (in memory: see `temp_store`), which locks
 * nobody out, and then moves it into the register by many short transactions. Until the last of them
 * the list is pending, which nobody sees; one that is given up is taken out again, and so is, at the
 * next start, one whose worker was killed.
 */
export class ReferenceStaging {
  readonly #db: WritableDb;
  readonly #listDate: string;
  readonly #households = new Map<string, { id: number; household: ReferenceHousehold }>();
  readonly #insert: Record<'household' | 'person', Database.Statement<unknown[]>>;
  readonly #keys = new GatheredKeys();
  #persons = 0;

  /** @param listDate ISO date of the list, on which its ages were true. */
  constructor(db: WritableDb, listDate: string) {
    this.#db = db;
    this.#listDate = listDate;
    this.drop();
    db.exec(`
      CREATE TEMP TABLE staged_household AS SELECT *, 0 AS first_person FROM reference_household WHERE 0;
      CREATE INDEX temp.staged_household_first ON staged_household (first_person);
      CREATE TEMP TABLE staged_person AS SELECT * FROM reference_person WHERE 0;
      CREATE INDEX temp.staged_person_id ON staged_person (id);`);
    this.#insert = {
      household: db.prepare(
        `INSERT INTO staged_household (id, ${householdColumns}, rank_list_id, first_person)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      person: db.prepare(
        `INSERT INTO staged_person (id, household_id, ${personColumns})
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
    };
  }

  household(key: string, household: ReferenceHousehold): void {
    const id = this.#households.size + 1;
    // The answers are on their way to the table; what is kept is what the persons' keys need.
    this.#households.set(key, { id, household: { ...household, answers: {} } });
    this.#insert.household.run(
      id,
      ...householdValues(household),
      household.rankListId ?? null,
      // A household moves with its first person, who comes next.
      this.#persons + 1,
    );
  }

  person(key: string, person: ReferencePerson): void {
    const staged = this.#households.get(key);
    if (staged === undefined) throw new Error('A person came before their household.');
    const id = (this.#persons += 1);
    this.#insert.person.run(id, staged.id, ...personValues(person));
    this.#keys.add(normalisePerson(referenceInput(person, staged.household, this.#listDate)));
  }

  /** Moves everything into the register and answers the version that the list became. */
  commit(list: NewList, alsoDo: (version: number) => void): number {
    const steps = this.commitSteps(list, alsoDo);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /**
   * The same, one transaction a step; between them others may write, and who is asked to stop can:
   * a generator that is closed early takes the list out again. Yields the share that has moved.
   *
   * @param alsoDo what belongs into the transaction that makes the list stand: the journal's event.
   * @returns the version: one more than the last of its source and name.
   */
  *commitSteps(list: NewList, alsoDo: (version: number) => void): Generator<number, number> {
    const db = this.#db;
    const { version, number, ...base } = transaction(db, () => this.#begin(list));
    let stands = false;
    try {
      for (let moved = 0; moved < this.#persons; moved += personsAtOnce) {
        yield moved / this.#persons;
        transaction(db, () => this.#movePersons(base, list.id, moved));
      }
      const pages = this.#keys.write(db, number, (ordinal) => base.persons + ordinal + 1);
      while (!transaction(db, () => pages.next().done)) yield 1;
      transaction(db, () => {
        db.prepare('DELETE FROM reference_pending WHERE list_id = ?').run(list.id);
        alsoDo(version);
      });
      stands = true;
    } finally {
      if (!stands) dropList(db, list.id);
    }
    this.drop();
    return version;
  }

  drop(): void {
    for (const table of ['staged_household', 'staged_person'])
      this.#db.exec(`DROP TABLE IF EXISTS temp.${table}`);
  }

  /** The list as pending, and where its ids go on from. */
  #begin(list: NewList): { version: number; number: number; households: number; persons: number } {
    const db = this.#db;
    const number = (sql: string, ...values: string[]) =>
      z.number().parse(
        db
          .prepare(sql)
          .pluck()
          .get(...values),
      );
    const version = number(
      'SELECT coalesce(max(version), 0) + 1 FROM reference_list WHERE source = ? AND name = ?',
      list.source,
      list.name,
    );
    insertList(db, list, { version, households: this.#households.size, persons: this.#persons });
    return {
      version,
      number: giveListNumber(db, list.id),
      households: number('SELECT coalesce(max(id), 0) FROM reference_household'),
      persons: number('SELECT coalesce(max(id), 0) FROM reference_person'),
    };
  }

  /** The next persons with their households. */
  #movePersons(base: { households: number; persons: number }, listId: string, after: number): void {
    const range = { ...base, listId, after, upTo: after + personsAtOnce };
    this.#db
      .prepare(
        `INSERT INTO reference_household (id, list_id, ${householdColumns}, rank_list_id)
         SELECT id + @households, @listId, ${householdColumns}, rank_list_id
         FROM staged_household WHERE first_person > @after AND first_person <= @upTo`,
      )
      .run(range);
    this.#db
      .prepare(
        `INSERT INTO reference_person (id, household_id, ${personColumns})
         SELECT id + @persons, household_id + @households, ${personColumns}
         FROM staged_person WHERE id > @after AND id <= @upTo`,
      )
      .run(range);
  }
}

/** Writes a list as pending: nobody sees it until the mark is taken away. */
export function insertList(
  db: WritableDb,
  list: NewList,
  { version, households, persons }: { version: number; households: number; persons: number },
): void {
  db.prepare(
    `INSERT INTO reference_list (id, source, name, list_date, version, area_codes, file_name, file_hash, report, households,
                                 persons, imported_at, imported_by, based_on)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    list.id,
    list.source,
    list.name,
    list.listDate,
    version,
    list.areaCodes,
    list.fileName,
    list.fileHash,
    JSON.stringify(list.report),
    households,
    persons,
    list.importedAt,
    list.importedBy,
    list.basedOn ?? null,
  );
  db.prepare('INSERT INTO reference_pending (list_id) VALUES (?)').run(list.id);
}

/** Takes out the lists that a killed import left pending, and differences that were not worked out to their end. */
export function dropUnfinishedLists(db: WritableDb): void {
  const pending = z
    .array(z.string())
    .parse(db.prepare(`SELECT list_id FROM reference_pending WHERE state = 'masuk'`).pluck().all());
  for (const listId of pending) dropList(db, listId);
  dropDifferences(db, 'finished_at IS NULL', {});
}

/** Takes a pending list out, also by short transactions; the list itself goes last. */
export function dropList(db: WritableDb, listId: string): void {
  dropDifferences(db, 'base_list = @listId OR list = @listId', { listId });
  transaction(db, () => dropListKeys(db, listId));
  const someHouseholds = db.prepare('SELECT id FROM reference_household WHERE list_id = ? LIMIT 300').pluck();
  for (;;) {
    const households = JSON.stringify(z.array(z.number()).parse(someHouseholds.all(listId)));
    if (households === '[]') break;
    transaction(db, () => {
      db.prepare('DELETE FROM reference_person WHERE household_id IN (SELECT value FROM json_each(?))').run(
        households,
      );
      db.prepare('DELETE FROM reference_household WHERE id IN (SELECT value FROM json_each(?))').run(
        households,
      );
    });
  }
  transaction(db, () => {
    db.prepare('DELETE FROM reference_pending WHERE list_id = ?').run(listId);
    db.prepare('DELETE FROM reference_list WHERE id = ?').run(listId);
  });
}
