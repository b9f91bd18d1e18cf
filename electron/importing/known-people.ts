import { nameKey } from '../matching/identity.ts';
import type { SourceRow } from './cell.ts';
import { NumberColumns } from './number-columns.ts';
import { digitsOf, readIdentity } from './numbers.ts';
import { NumberSet, sixteenDigitsOf } from './number-set.ts';
import type { Profile } from './profile.ts';
import type { FoundHeader } from './list-sheets.ts';
import { RowColumns } from './row-columns.ts';

/** Who a row is of. A number is null where there is none, or nobody can trust it (as `RowReader` has it). */
export interface RowPerson {
  nik: string | null;
  kk: string | null;
  /** As names are compared; null where none stands. */
  name: string | null;
  /** Nothing of this makes the list refuse the row. */
  comesIn: boolean;
}

/** Reads of the rows of a sheet who they are of. */
export class RowPersons {
  readonly #columns: RowColumns;
  readonly #numbers: NumberColumns;

  constructor(profile: Profile, { match }: FoundHeader) {
    this.#columns = new RowColumns(profile, match);
    this.#numbers = new NumberColumns(this.#columns);
  }

  /** Looks at rows that are to be read next. */
  look(rows: readonly SourceRow[]): void {
    this.#numbers.look(rows);
  }

  of(row: SourceRow): RowPerson {
    const [nik, kk] = [this.#numbers.nik(row), this.#numbers.kk(row)];
    const text = this.#columns.text(row, 'name');
    return {
      nik: digitsOf(nik),
      kk: digitsOf(kk),
      name: text === null ? null : nameKey({ name: text, sex: null }) || null,
      comesIn: text !== null && nik.kind !== 'damaged' && kk.kind !== 'damaged' && this.#hasHousehold(row),
    };
  }

  #hasHousehold(row: SourceRow): boolean {
    return (
      !this.#columns.has('household_id') ||
      readIdentity(this.#columns.cell(row, 'household_id')).kind === 'whole'
    );
  }
}

/**
 * Who of a sheet came in, as so many hashes: by NIK and name, since a wife may be listed with her husband's NIK; and
 * where one side has no NIK, by No KK and name.
 */
export class KnownPeople {
  readonly #byNumber = new NumberSet();
  readonly #byCard = new NumberSet();

  add({ nik, kk, name, comesIn }: RowPerson): void {
    if (name === null || !comesIn) return;
    if (nik !== null) this.#byNumber.add(sixteenDigitsOf(`${nik} ${name}`));
    if (kk === null) return;
    this.#byCard.add(sixteenDigitsOf(`${kk} ${name}`));
    if (nik === null) this.#byCard.add(sixteenDigitsOf(`${kk} ${name} ${withoutNik}`));
  }

  /** By what the person of a row is one of these. */
  knows({ nik, kk, name }: RowPerson): 'number' | 'card' | null {
    if (name === null) return null;
    if (nik !== null && this.#byNumber.has(sixteenDigitsOf(`${nik} ${name}`))) return 'number';
    if (kk === null) return null;
    const mark = nik === null ? `${kk} ${name}` : `${kk} ${name} ${withoutNik}`;
    return this.#byCard.has(sixteenDigitsOf(mark)) ? 'card' : null;
  }
}

const withoutNik = '-';
