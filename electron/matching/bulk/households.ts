import type { PersonColumns } from './person-table.ts';

/** More people than this behind one door are no household: a block of flats, a placeholder address. */
const householdAtMost = 20;

/** Who lives with whom in one file: by No KK, and by the door where two families share one or the number is not known. */
export class Households {
  readonly #groupOf: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #dates: Int32Array;

  constructor(columns: PersonColumns) {
    this.#groupOf = Int32Array.from({ length: columns.size }, (_, person) => person);
    this.#dates = columns.dates;
    const first = new Map<string, number>();
    const join = (key: string, person: number) => {
      const other = first.get(key);
      if (other === undefined) first.set(key, person);
      else this.#join(other, person);
    };
    for (const [person, household] of columns.households.entries())
      if (household !== null) join(`kk ${household}`, person);
    for (let person = 0; person < columns.size; person += 1) {
      const street = columns.streets[person] ?? -1;
      const door = columns.doors[person] ?? -1;
      if (street >= 0 && door >= 0) join(`door ${street} ${door} ${columns.wards[person] ?? -1}`, person);
    }
  }

  groupOf(person: number): number {
    return this.#groupOf[person] ?? person;
  }

  /** Everyone of a group, the person itself included. */
  membersOf(group: number): readonly number[] {
    return this.#members.get(group) ?? [group];
  }

  /** The file names others of the household, and none of them was born on the same day. */
  hasNoTwin(person: number): boolean {
    const members = this.membersOf(this.groupOf(person));
    const born = this.#dates[person] ?? -1;
    return members.length > 1 && members.every((other) => other === person || this.#dates[other] !== born);
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
