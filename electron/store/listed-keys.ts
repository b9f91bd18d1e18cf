import { normaliseAddress, type NormalisedAddress } from '../matching/addresses.ts';
import { normalisePerson, referenceInput } from '../matching/normalise.ts';
import { GatheredKeys, type SortedKeys } from './gathered-keys.ts';
import type { ListRows } from './list-rows.ts';
import { homeOf, listedPersonOf } from './reference-rows.ts';

/** Gathers the keys of a list from its rows as they are written. */
export class ListedKeys {
  readonly #listDate: string;
  readonly #keys = new GatheredKeys();
  /** Of every household so far: rows of one may stand far apart in a list. */
  readonly #homes: ReturnType<typeof homeOf>[] = [];
  /** Of the person before: those who follow each other are mostly of one household. */
  #address: { no: number; read: NormalisedAddress } | null = null;

  /** @param listDate the ISO date on which the list's ages were true. */
  constructor(listDate: string) {
    this.#listDate = listDate;
  }

  add({ households, persons }: ListRows): void {
    for (const values of households) this.#homes.push(homeOf(values));
    for (const values of persons) this.#person(values);
  }

  sorted(): SortedKeys {
    return this.#keys.sorted();
  }

  #person(values: ListRows['persons'][number]): void {
    const [no] = values;
    const home = this.#homes[no];
    if (home === undefined) throw new Error('A person came before their household.');
    const input = referenceInput(listedPersonOf(values), home, this.#listDate);
    if (this.#address?.no !== no) this.#address = { no, read: normaliseAddress(input.address) };
    this.#keys.add(normalisePerson(input, this.#address.read));
  }
}
