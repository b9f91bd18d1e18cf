import type Database from 'better-sqlite3';
import type { ImportReport } from '../../shared/contract/reference.ts';
import type { RefusedSheet, RefusedSourceRow } from '../importing/refused-rows.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { transaction, transactionUntold, type WritableDb } from './connection.ts';
import { personsAtOnceInWorker } from './list-rows.ts';
import { householdColumns, householdValues, personColumns, personValues } from './reference-rows.ts';
import { RefusedRowsOf } from './refused-rows.ts';
import { dropList, insertList, type NewList } from './reference-staging.ts';

/**
 * A list that is only being looked at: its rows lie in the register as those of any list do, but it
 * is pending, has version 0, and nobody is matched with it. Written as it is read, in short
 * transactions, so that its size does not matter.
 */
export class StagedList {
  readonly #db: WritableDb;
  readonly #list: NewList;
  readonly #households: number[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #insert: Record<'household' | 'person', Database.Statement<unknown[]>>;
  readonly #refused: RefusedRowsOf;
  #persons = 0;
  #refusedSheets = 0;

  constructor(db: WritableDb, list: NewList) {
    this.#db = db;
    this.#list = list;
    this.#refused = new RefusedRowsOf(db, list.id);
    this.#insert = {
      household: db.prepare(
        `INSERT INTO reference_household (list_id, ${householdColumns}, cleared)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      person: db.prepare(
        `INSERT INTO reference_person (household_id, ${personColumns}, cleared)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
    };
    transaction(db, () => insertList(db, list, { version: 0, households: 0, persons: 0 }));
  }

  household(no: number, household: ReferenceHousehold): void {
    this.#waiting.push(() => {
      const { lastInsertRowid } = this.#insert.household.run(
        this.#list.id,
        ...householdValues(household),
        jsonOf(household.cleared),
      );
      this.#households[no] = Number(lastInsertRowid);
    });
  }

  person(no: number, person: ReferencePerson): void {
    this.#waiting.push(() => {
      this.#insert.person.run(this.#households[no], ...personValues(person), jsonOf(person.cleared));
    });
    this.#persons += 1;
    if (this.#waiting.length >= personsAtOnceInWorker) this.#write();
  }

  refused(sheet: RefusedSheet, row: RefusedSourceRow): void {
    if (sheet.no === this.#refusedSheets) {
      this.#refusedSheets += 1;
      this.#waiting.push(() => this.#refused.sheet(sheet));
    }
    this.#waiting.push(() => this.#refused.row(sheet.no, row));
    if (this.#waiting.length >= personsAtOnceInWorker) this.#write();
  }

  /** Writes what is left; the list waits to be looked at from `keep` on. */
  finish(report: ImportReport): void {
    this.#write();
    transaction(this.#db, () =>
      this.#db
        .prepare('UPDATE reference_list SET report = ?, households = ?, persons = ? WHERE id = ?')
        .run(JSON.stringify(report), this.#households.length, this.#persons, this.#list.id),
    );
  }

  keep(): void {
    transaction(this.#db, () =>
      this.#db.prepare(`UPDATE reference_pending SET state = 'periksa' WHERE list_id = ?`).run(this.#list.id),
    );
  }

  /** Takes the list out again. */
  drop(): void {
    dropList(this.#db, this.#list.id);
  }

  #write(): void {
    transactionUntold(this.#db, () => {
      for (const insert of this.#waiting) insert();
    });
    this.#waiting.length = 0;
  }
}

function jsonOf(cleared: readonly string[] | undefined): string | null {
  return cleared === undefined ? null : JSON.stringify(cleared);
}
