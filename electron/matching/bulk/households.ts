import type { PersonColumns } from './person-table.ts';

/** More people than this behind one door are no household: a block of flats, a placeholder address. */
const householdAtMost = 20;

/** Who lives with whom in one file: by No KK, and by the door where two families share one or the number is not known. */
export class Households {
  readonly #groupOf: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #columns: PersonColumns;

  constructor(columns: PersonColumns) {
    this.#groupOf = Int32Array.from({ length: columns.size }, (_, person) => person);
    this.#columns = columns;
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

  /** Whether somebody else of the household was born on the same day; `unknown` where it names nobody else. */
  twinOf(person: number): 'none' | 'one' | 'unknown' {
    const members = this.membersOf(this.groupOf(person));
    if (members.length === 1) return 'unknown';
    const { dates } = this.#columns;
    return members.some((other) => other !== person && dates[other] === dates[person]) ? 'one' : 'none';
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
