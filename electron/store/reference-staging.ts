import type Database from 'better-sqlite3';
import { z } from 'zod';
import { emptyReport, type ImportReport } from '../../shared/contract/reference.ts';
import { type AreaCodeSystem, isRegistry, type ReferenceSource } from '../../shared/domain/reference.ts';
import { transaction, transactionUntold, type WritableDb } from './connection.ts';
import { dropDifferenceSteps } from './difference-compute.ts';
import type { ListRows } from './list-rows.ts';
import { ListedKeys } from './listed-keys.ts';
import { dropListKeySteps, giveListNumber, writeListKeys } from './reference-keys.ts';
import { dropRefusedSteps, RefusedRowsOf } from './refused-rows.ts';
import { householdColumns, personColumns } from './reference-rows.ts';

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
  /** Which lists of other names of its source count no more: those of an earlier date, or those that were told. */
  replaces?: 'earlier' | ToldLists;
}

/** Lists that were told to count no more, and when: what came in later was not told. */
export interface ToldLists {
  lists: readonly string[];
  at: string;
}

/** A list that comes in; what its reading finds is known at its end. */
export type IncomingList = Omit<NewList, 'report'>;

/**
 * Writes a list into the register as it is read, by many short transactions; its keys follow when it is
 * whole. Until the last of them the list is pending, which nobody sees; one that is given up is taken out
 * again, and so is, at the next start, one whose worker was killed.
 */
export class ReferenceStaging {
  readonly #db: WritableDb;
  readonly #list: IncomingList;
  readonly #statements: Record<'household' | 'person', Database.Statement<unknown[]>>;
  readonly #households = new GrowingIds();
  readonly #persons = new GrowingIds();
  readonly #keys: ListedKeys;
  readonly #refused: RefusedRowsOf;
  #state: 'unwritten' | 'pending' | 'stands' = 'unwritten';

  constructor(db: WritableDb, list: IncomingList) {
    this.#db = db;
    this.#list = list;
    this.#keys = new ListedKeys(list.listDate);
    this.#refused = new RefusedRowsOf(db, list.id);
    this.#statements = {
      household: db.prepare(
        `INSERT INTO reference_household (id, list_id, ${householdColumns}, rank_list_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      person: db.prepare(
        `INSERT INTO reference_person (id, household_id, ${personColumns})
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
    };
  }

  /** Writes rows in one transaction; ids follow on whatever another list took meanwhile. Their keys are gathered. */
  write(rows: ListRows): void {
    const db = this.#db;
    const { households, persons } = rows;
    this.#keys.add(rows);
    transactionUntold(db, () => {
      if (this.#state === 'unwritten')
        insertList(db, { ...this.#list, report: emptyReport }, { version: 0, households: 0, persons: 0 });
      let household = lastId(db, 'reference_household');
      this.#households.add(household + 1, households.length);
      for (const values of households)
        this.#statements.household.run((household += 1), this.#list.id, values);
      let person = lastId(db, 'reference_person');
      this.#persons.add(person + 1, persons.length);
      for (const [home, ...values] of persons)
        this.#statements.person.run((person += 1), this.#households.at(home), values);
      if (rows.refused !== undefined) this.#refused.write(rows.refused);
    });
    this.#state = 'pending';
  }

  /** Ends the list and answers the version that it became. */
  commit(report: ImportReport, alsoDo: (version: number) => void): number {
    const steps = this.commitSteps(report, alsoDo);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /**
   * The same, one transaction a step; between them others may write, and who is asked to stop can:
   * a generator that is closed early takes the list out again. Yields the share of the keys that is written.
   *
   * @param alsoDo what belongs into the transaction that makes the list stand: the journal's event.
   * @returns the version: one more than the last of its source and name.
   */
  *commitSteps(report: ImportReport, alsoDo: (version: number) => void): Generator<number, number> {
    const db = this.#db;
    try {
      yield 0;
      const number = transaction(db, () => {
        this.#demandPending();
        return giveListNumber(db, this.#list.id);
      });
      const steps = writeListKeys(db, number, this.#keys.sorted(), (ordinal) => this.#persons.at(ordinal));
      for (;;) {
        const step = transactionUntold(db, () => {
          this.#demandPending();
          return steps.next();
        });
        if (step.done) break;
        yield step.value;
      }
      const version = transaction(db, () => {
        const stands = this.#makeStand(report);
        alsoDo(stands);
        return stands;
      });
      this.#state = 'stands';
      return version;
    } finally {
      this.drop();
    }
  }

  /** Takes what was written out again, unless the list stands. */
  drop(): void {
    for (const _ of this.dropSteps());
  }

  /** The same by short transactions, between which others may work. */
  *dropSteps(): Generator<void> {
    if (this.#state !== 'pending') return;
    this.#state = 'unwritten';
    yield* dropListSteps(this.#db, this.#list.id);
  }

  /** Who takes the list out meanwhile takes its keys out too: none may be written after that, and no event. */
  #demandPending(): void {
    const pending = this.#db.prepare('SELECT 1 FROM reference_pending WHERE list_id = ?');
    if (pending.get(this.#list.id) === undefined) throw new Error('A list was taken out while it moved in.');
  }

  /** Takes the mark away, and gives the list its version. */
  #makeStand(report: ImportReport): number {
    const db = this.#db;
    const { id, source, name } = this.#list;
    const version = z
      .number()
      .parse(
        db
          .prepare('SELECT coalesce(max(version), 0) + 1 FROM reference_list WHERE source = ? AND name = ?')
          .pluck()
          .get(source, name),
      );
    this.#demandPending();
    db.prepare(
      'UPDATE reference_list SET version = ?, report = ?, households = ?, persons = ? WHERE id = ?',
    ).run(version, JSON.stringify(report), this.#households.count, this.#persons.count, id);
    db.prepare('DELETE FROM reference_pending WHERE list_id = ?').run(id);
    replaceOthers(db, this.#list);
    return version;
  }
}

/**
 * Only a register's lists replace each other; of those that are named so do the versions before them, which would count
 * again beside this one once it is undone. Where lists are replaced by their date alone, the later one of two names counts,
 * also where it is the earlier one that comes in now. What was undone is replaced too, where it had come in as it was
 * told which are: it does not count again beside this one when it is taken back into use.
 */
function replaceOthers(db: WritableDb, { id, source, name, listDate, replaces }: IncomingList): void {
  if (replaces === undefined || !isRegistry(source)) return;
  const values = { id, source, name, listDate };
  if (replaces === 'earlier')
    db.prepare(
      `INSERT INTO reference_replaced
       SELECT id, @id FROM reference_list
       WHERE source = @source AND name <> @name AND version > 0 AND list_date < @listDate
       UNION
       SELECT @id, id FROM finished_list WHERE source = @source AND name <> @name AND list_date > @listDate
       ON CONFLICT DO NOTHING`,
    ).run(values);
  else
    db.prepare(
      `INSERT INTO reference_replaced
       SELECT id, @id FROM reference_list AS list
       WHERE source = @source AND name <> @name AND version > 0 AND list_date <= @listDate
         AND (withdrawn_at IS NOT NULL AND imported_at <= @at OR EXISTS (
           SELECT 1 FROM reference_list AS told JOIN json_each(@told) ON value = told.id
           WHERE told.source = list.source AND told.name = list.name AND told.version >= list.version))
       ON CONFLICT DO NOTHING`,
    ).run({ ...values, told: JSON.stringify(replaces.lists), at: replaces.at });
}

function lastId(db: WritableDb, table: 'reference_household' | 'reference_person'): number {
  return z.number().parse(db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get());
}

/** Ids that were given in growing order, most of them in one row. */
class GrowingIds {
  readonly #runs: { from: number; id: number }[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(id: number, count: number): void {
    const last = this.#runs.at(-1);
    if (last === undefined || id !== last.id + this.#count - last.from)
      this.#runs.push({ from: this.#count, id });
    this.#count += count;
  }

  /** The nth id, counted from 0. */
  at(ordinal: number): number {
    // Asked for every key: no other list came in meanwhile, mostly.
    const last = this.#runs.at(-1);
    if (last !== undefined && last.from <= ordinal) return last.id + ordinal - last.from;
    const run = this.#runs.findLast(({ from }) => from <= ordinal);
    if (run === undefined) throw new RangeError('No id was given.');
    return run.id + ordinal - run.from;
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

/**
 * Takes out lists that an import left pending which came to no end, and differences that were not worked out to
 * theirs: by short transactions, between which others may work. What comes in meanwhile stays.
 *
 * @param of only this list and this difference. Null: all that there are as the first step is taken.
 */
export function* dropUnfinishedSteps(
  db: WritableDb,
  of: { listId?: string; differenceId?: string } | null = null,
): Generator<void> {
  const idsOf = (sql: string) => z.array(z.string()).parse(db.prepare(sql).pluck().all(values));
  const values = {
    all: of === null ? 1 : 0,
    listId: of?.listId ?? null,
    differenceId: of?.differenceId ?? null,
  };
  const lists = idsOf(
    `SELECT list_id FROM reference_pending
     WHERE state = 'masuk' AND (@all OR list_id = @listId) AND @differenceId IS @differenceId`,
  );
  const differences = idsOf(
    `SELECT id FROM reference_difference
     WHERE finished_at IS NULL AND (@all OR id = @differenceId) AND @listId IS @listId`,
  );
  for (const list of lists) yield* dropListSteps(db, list);
  for (const difference of differences) yield* dropDifferenceSteps(db, 'id = @difference', { difference });
}

/** Takes a pending list out, also by short transactions; the list itself goes last. */
export function dropList(db: WritableDb, listId: string): void {
  for (const _ of dropListSteps(db, listId));
}

/** The same, a transaction a step. */
export function* dropListSteps(db: WritableDb, listId: string): Generator<void> {
  yield* dropDifferenceSteps(db, 'base_list = @listId OR list = @listId', { listId });
  yield* dropListKeySteps(db, listId);
  yield* dropRefusedSteps(db, listId);
  const someHouseholds = db.prepare('SELECT id FROM reference_household WHERE list_id = ? LIMIT 300').pluck();
  for (;;) {
    yield;
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
    db.prepare('DELETE FROM reference_decision WHERE list_id = ?').run(listId);
    db.prepare('DELETE FROM reference_list WHERE id = ?').run(listId);
  });
}
