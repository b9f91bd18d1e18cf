import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { normaliseAddress, type NormalisedAddress } from '../matching/addresses.ts';
import { normalisePerson, referenceInput } from '../matching/normalise.ts';
import { GatheredKeys, type SortedKeys } from './gathered-keys.ts';
import { householdValues, personValues, type StoredValue } from './reference-rows.ts';

/** Rows of a list that are ready to be written; of plain values, which move between threads at little cost. */
export interface ListRows {
  /** `householdColumns`, then the list that stated its rank. */
  households: StoredValue[][];
  /** Which household of the list, counted from 0 in the order in which they came, then `personColumns`. */
  persons: [household: number, ...values: StoredValue[]][];
}

/** What the keys of persons need of their household. */
type Home = Pick<ReferenceHousehold, 'kk' | 'street' | 'rt' | 'rw' | 'kelurahan'>;

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

/** Makes a list that is read or made into what is stored of it, without a register: rows as they come, keys at the end. */
export class GatheredList {
  readonly #listDate: string;
  readonly #take: (rows: ListRows) => void;
  readonly #atOnce: number;
  readonly #keys = new GatheredKeys();
  /** Rows of one household may stand far apart in a list. */
  readonly #homes: Home[] = [];
  /** Of the person before: those who follow each other are mostly of one household. */
  #address: { no: number; read: NormalisedAddress } | null = null;
  #rows: ListRows = { households: [], persons: [] };

  /**
   * @param listDate the ISO date on which the list's ages were true.
   * @param take is handed the rows, those of so many persons at a time.
   */
  constructor(listDate: string, take: (rows: ListRows) => void, atOnce: number = personsAtOnce) {
    this.#listDate = listDate;
    this.#take = take;
    this.#atOnce = atOnce;
  }

  /** @param no counts the households from 0. */
  household(no: number, household: ReferenceHousehold): void {
    if (no !== this.#homes.length) throw new Error('The households of a list are counted one by one.');
    const { kk, street, rt, rw, kelurahan, rankListId = null } = household;
    this.#homes.push({ kk, street, rt, rw, kelurahan });
    this.#rows.households.push([...householdValues(household), rankListId]);
  }

  person(no: number, person: ReferencePerson): void {
    const home = this.#homes[no];
    if (home === undefined) throw new Error('A person came before their household.');
    this.#rows.persons.push([no, ...personValues(person)]);
    const input = referenceInput(person, home, this.#listDate);
    if (this.#address?.no !== no) this.#address = { no, read: normaliseAddress(input.address) };
    this.#keys.add(normalisePerson(input, this.#address.read));
    if (this.#rows.persons.length >= this.#atOnce) this.#handOn();
  }

  /** Hands on what is left; answers the keys of all. */
  finish(): SortedKeys {
    this.#handOn();
    return this.#keys.sorted();
  }

  #handOn(): void {
    const rows = this.#rows;
    this.#rows = { households: [], persons: [] };
    this.#take(rows);
  }
}
