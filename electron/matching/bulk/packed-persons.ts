import { cellsOfNumber, PackedDigits } from './packed-digits.ts';
import type { PersonColumns } from './person-table.ts';

/** Where things stand in a person's cells; ids of words, −1 for what is not known. */
export const cellOf = {
  number: 0,
  household: cellsOfNumber,
  date: 2 * cellsOfNumber,
  sex: 2 * cellsOfNumber + 1,
  ward: 2 * cellsOfNumber + 2,
  door: 2 * cellsOfNumber + 3,
  street: 2 * cellsOfNumber + 4,
  /** The text columns follow each other to the end. */
  texts: 2 * cellsOfNumber + 5,
} as const;

/**
 * All that is compared of a person but the name, side by side: who is met among a million stands
 * somewhere else each time, and is then read at one place of the memory instead of a dozen.
 */
export class PackedPersons {
  readonly cells: Int32Array;
  /** Cells a person. */
  readonly width: number;
  readonly numbers: PackedDigits;
  readonly households: PackedDigits;

  constructor(columns: PersonColumns) {
    const { size, texts } = columns;
    // Nearly everyone in one stretch of 64 bytes, as a processor reads them.
    this.width = Math.max(16, cellOf.texts + texts.length);
    this.cells = new Int32Array(size * this.width);
    const place = { cells: this.cells, width: this.width };
    this.numbers = new PackedDigits(columns.numbers, { ...place, at: cellOf.number });
    this.households = new PackedDigits(columns.households, { ...place, at: cellOf.household });
    this.#fill(cellOf.date, columns.dates);
    this.#fill(cellOf.sex, columns.sexes);
    this.#fill(cellOf.ward, columns.wards);
    this.#fill(cellOf.door, columns.doors);
    this.#fill(cellOf.street, columns.streets);
    for (const [column, ids] of texts.entries()) this.#fill(cellOf.texts + column, ids);
  }

  #fill(at: number, ids: Int32Array): void {
    for (let person = 0; person < ids.length; person += 1)
      this.cells[person * this.width + at] = ids[person] ?? -1;
  }
}
