import { householdAtMost } from '../shared-card.ts';
import type { PersonColumns } from './person-table.ts';

/** Who lives with whom in one file: by No KK, and by the door where two families share one or the number is not known. */
export class Households {
  readonly #groupOf: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #columns: PersonColumns;

  /** @param placeColumn which text column names the kelurahan; −1 where none does. */
  constructor(columns: PersonColumns, placeColumn: number) {
    this.#groupOf = Int32Array.from({ length: columns.size }, (_, person) => person);
    this.#columns = columns;
    this.#joinAlike((person) => columns.households[person] ?? null);
    const places = columns.texts[placeColumn];
    this.#joinAlike((person) => {
      const street = columns.streets[person] ?? -1;
      const door = columns.doors[person] ?? -1;
      // RT 001/RW 001 and Jalan Melati 3 stand in every kelurahan.
      const ward = `${columns.wards[person] ?? -1} ${places?.[person] ?? -1}`;
      return street >= 0 && door >= 0 ? `${street} ${door} ${ward}` : null;
    });
  }

  groupOf(person: number): number {
    return this.#groupOf[person] ?? person;
  }

  /** Everyone of a group, the person itself included. */
  membersOf(group: number): readonly number[] {
    return this.#members.get(group) ?? [group];
  }

  numberOf(person: number): string | null {
    return this.#columns.numbers[person] ?? null;
  }

  /** Somebody else of the household bears this number: spouses' NIKs were exchanged. */
  isNumberOfMate(person: number, number: string | null): boolean {
    return (
      number !== null &&
      this.membersOf(this.groupOf(person)).some((mate) => mate !== person && this.numberOf(mate) === number)
    );
  }

  /** Joins those of one key, unless they are too many to live together. */
  #joinAlike(keyOf: (person: number) => string | null): void {
    const alike = new Map<string, number[]>();
    for (let person = 0; person < this.#columns.size; person += 1) {
      const key = keyOf(person);
      if (key === null) continue;
      const known = alike.get(key);
      if (known === undefined) alike.set(key, [person]);
      else known.push(person);
    }
    for (const persons of alike.values()) {
      const [first, ...others] = persons;
      if (first === undefined || persons.length > householdAtMost) continue;
      for (const person of others) this.#join(first, person);
    }
  }

  #join(one: number, other: number): void {
    const [left, right] = [this.groupOf(one), this.groupOf(other)];
    if (left === right) return;
    const joined = [...this.membersOf(left), ...this.membersOf(right)];
    if (joined.length > householdAtMost) return;
    for (const person of this.membersOf(right)) this.#groupOf[person] = left;
    this.#members.delete(right);
    this.#members.set(left, joined);
  }
}
