import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { RefusedSheet, RefusedSourceRow } from '../importing/refused-rows.ts';
import type { PersonKeys } from './gathered-keys.ts';
import { householdValues, personValues, type StoredValue } from './reference-rows.ts';

/** Rows of a list that are ready to be written; of plain values, which move between threads at little cost. */
export interface ListRows {
  /** `householdColumns`, then the list that stated its rank. */
  households: StoredValue[][];
  /** Which household of the list, counted from 0 in the order in which they came, then `personColumns`. */
  persons: [household: number, ...values: StoredValue[]][];
  /** Rows of the list that did not come in, each with the `no` of its sheet; of the sheets those that are new. */
  refused?: { sheets: RefusedSheet[]; rows: [sheet: number, row: RefusedSourceRow][] };
  /** The keys of these persons, where who read them had the time. */
  keys?: PersonKeys;
}

/**
 * Persons handed on at once, to be written in one transaction: some hundredths of a second, which the thread
 * that serves the clerks can spare.
 */
const personsAtOnce = 1_000;
/**
 * The same in a worker, where clerks wait for a writing of their own only: some tenths of a second on an old
 * PC. What is written together shares the pages of the indexes, which lie anywhere, and so each is sealed once.
 */
export const personsAtOnceInWorker = 5_000;

/** Makes a list that is read or made into rows, and hands them on some at a time. */
export class PartedList {
  readonly #take: (rows: ListRows) => void;
  readonly #atOnce: number;
  #households = 0;
  #refusedSheets = 0;
  #rows: ListRows = { households: [], persons: [] };

  /** @param take is handed the rows, those of so many persons at a time. */
  constructor(take: (rows: ListRows) => void, atOnce: number = personsAtOnce) {
    this.#take = take;
    this.#atOnce = atOnce;
  }

  /** @param no counts the households from 0. */
  household(no: number, household: ReferenceHousehold): void {
    if (no !== this.#households) throw new Error('The households of a list are counted one by one.');
    this.#households += 1;
    this.#rows.households.push([...householdValues(household), household.rankListId ?? null]);
  }

  person(no: number, person: ReferencePerson): void {
    if (no >= this.#households) throw new Error('A person came before their household.');
    this.#rows.persons.push([no, ...personValues(person)]);
    this.#handOnMany();
  }

  refused(sheet: RefusedSheet, row: RefusedSourceRow): void {
    const { sheets, rows } = (this.#rows.refused ??= { sheets: [], rows: [] });
    if (sheet.no === this.#refusedSheets) {
      this.#refusedSheets += 1;
      sheets.push(sheet);
    }
    rows.push([sheet.no, row]);
    this.#handOnMany();
  }

  /** Hands on what is left. */
  finish(): void {
    this.#handOn();
  }

  #handOnMany(): void {
    const { persons, refused } = this.#rows;
    if (persons.length + (refused?.rows.length ?? 0) >= this.#atOnce) this.#handOn();
  }

  #handOn(): void {
    const rows = this.#rows;
    this.#rows = { households: [], persons: [] };
    this.#take(rows);
  }
}
