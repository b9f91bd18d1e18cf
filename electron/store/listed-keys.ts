import { normaliseAddress, type NormalisedAddress } from '../matching/addresses.ts';
import type { NormalisedName } from '../matching/names.ts';
import { normaliseMother, normalisePerson, referenceInput } from '../matching/normalise.ts';
import { GatheredKeys, type PersonKeys } from './gathered-keys.ts';
import type { ListRows } from './list-rows.ts';
import { homeOf, listedPersonOf } from './reference-rows.ts';

/** Gathers the keys of a list from its rows as they are written. */
export class ListedKeys {
  readonly #persons: ListedPersons;
  readonly #keys = new GatheredKeys();

  /** @param listDate the ISO date on which the list's ages were true. */
  constructor(listDate: string) {
    this.#persons = new ListedPersons(listDate);
  }

  add(rows: ListRows): void {
    this.#persons.settle(rows.households);
    if (rows.keys === undefined) this.#persons.gather(rows, this.#keys);
    else this.#keys.append(rows.keys);
  }

  sorted(): PersonKeys {
    return this.#keys.sorted();
  }
}

/** Makes keys where rows are read, before who writes them gathers them. */
export class KeysAhead {
  readonly #persons: ListedPersons;

  /** @param listDate as of `ListedKeys`. */
  constructor(listDate: string) {
    this.#persons = new ListedPersons(listDate);
  }

  /** Every part of the list passes here, since rows of a household may stand far apart; with its keys where there is time. */
  pass(rows: ListRows, hasTime: boolean): ListRows {
    this.#persons.settle(rows.households);
    if (!hasTime) return rows;
    const keys = new GatheredKeys();
    this.#persons.gather(rows, keys);
    return { ...rows, keys: keys.gathered() };
  }
}

/** Reads the persons of a list for matching. */
class ListedPersons {
  readonly #listDate: string;
  /** Of every household so far: rows of one may stand far apart in a list. */
  readonly #homes: ReturnType<typeof homeOf>[] = [];
  /** Of the person before: those who follow each other are mostly of one household. */
  #address: { no: number; read: NormalisedAddress } | null = null;
  /** The same: brothers and sisters. */
  #mother: { name: string | null; read: NormalisedName | null } | null = null;

  constructor(listDate: string) {
    this.#listDate = listDate;
  }

  settle(households: ListRows['households']): void {
    for (const values of households) this.#homes.push(homeOf(values));
  }

  /** Of rows whose households have settled. */
  gather({ households, persons }: ListRows, keys: GatheredKeys): void {
    const settled = this.#homes.length - households.length;
    // The first person of each follows it, in the same order.
    let next = settled;
    for (const values of persons) {
      const [no] = values;
      const home = this.#homes[no];
      const [sourceId] = (no >= next ? households[no - settled] : undefined) ?? [];
      next = Math.max(next, no + 1);
      if (home === undefined) throw new Error('A person came before their household.');
      const input = referenceInput(listedPersonOf(values), home, this.#listDate);
      if (this.#address?.no !== no) this.#address = { no, read: normaliseAddress(input.address) };
      if (this.#mother?.name !== input.motherName)
        this.#mother = { name: input.motherName, read: normaliseMother(input) };
      keys.add(
        normalisePerson(input, this.#address.read, this.#mother.read),
        typeof sourceId === 'string' ? sourceId : null,
      );
    }
  }
}
