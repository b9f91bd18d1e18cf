import type { Relation } from '../../shared/domain/person.ts';
import { nameKey } from '../matching/identity.ts';
import type { SourceRow } from './cell.ts';
import { NumberColumns } from './number-columns.ts';
import { digitsOf, readIdentity } from './numbers.ts';
import { NumberSet, sixteenDigitsOf } from './number-set.ts';
import type { Profile } from './profile.ts';
import type { FoundHeader } from './list-sheets.ts';
import { RowColumns } from './row-columns.ts';
import { readAge, readDate, readRelation, yearOfTwoDigits } from './values.ts';

/** Who a row is of. A number is null where there is none, or nobody can trust it (as `RowReader` has it). */
export interface RowPerson {
  nik: string | null;
  kk: string | null;
  /** As names are compared; null where none stands. */
  name: string | null;
  /** By the birth date, else the age on the day of reading, else the NIK; null where none of them tells it. */
  birthYear: number | null;
  /** As `readRelation` has it; null where none stands, or one that nobody knows. */
  relation: Relation | null;
  /** Nothing of this makes the list refuse the row. */
  comesIn: boolean;
}

/** How the rows of a sheet are read. */
export interface RowPersonsOptions {
  profile: Profile;
  /** ISO date; no birth date lies after it. */
  today: string;
  /** Whether the sheet counts its days from 1904. */
  from1904: boolean;
}

/** Reads of the rows of a sheet who they are of. */
export class RowPersons {
  readonly #columns: RowColumns;
  readonly #numbers: NumberColumns;
  readonly #options: RowPersonsOptions;

  constructor({ match }: FoundHeader, options: RowPersonsOptions) {
    const { profile } = options;
    this.#options = options;
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
      birthYear: this.#birthYear(row, digitsOf(nik)),
      relation: readRelation(
        this.#columns.cell(row, 'relation'),
        this.#options.profile.relationCodes === true,
      ),
      comesIn: text !== null && nik.kind !== 'damaged' && kk.kind !== 'damaged' && this.#hasHousehold(row),
    };
  }

  #birthYear(row: SourceRow, nik: string | null): number | null {
    const { today, from1904 } = this.#options;
    const date = readDate(this.#columns.cell(row, 'birth_date'), today, from1904);
    if (date !== null) return Number(date.slice(0, 4));
    const age = readAge(this.#columns.cell(row, 'age'));
    if (age !== null) return Number(today.slice(0, 4)) - age;
    const [day, month, year] = [6, 8, 10].map((from) => Number(nik?.slice(from, from + 2)));
    return nik === null || day === undefined || month === undefined || year === undefined
      ? null
      : yearOfTwoDigits(year, month, day > 40 ? day - 40 : day, today);
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
 * where one side has no NIK, by No KK and name. A newborn son may bear his father's name: who was born a generation
 * apart is another, and so is, where a birth is not known, who has another place in the family.
 */
export class KnownPeople {
  readonly #byNumber = new NumberSet();
  readonly #byCard = new NumberSet();
  /** Each row has a whole No KK of its own, so that who stands in it is the head of that card. */
  readonly #isOfHeads: () => boolean;

  constructor(isOfHeads: () => boolean) {
    this.#isOfHeads = isOfHeads;
  }

  add({ nik, kk, name, birthYear, relation, comesIn }: RowPerson): void {
    if (name === null || !comesIn) return;
    if (nik !== null) this.#byNumber.add(sixteenDigitsOf(`${nik} ${name}`));
    if (kk === null) return;
    for (const mark of nik === null ? [`${kk} ${name}`, `${kk} ${name} ${withoutNik}`] : [`${kk} ${name}`])
      for (const told of ['', `${born}${birthYear ?? ''}`, `${placed}${relation ?? ''}`])
        this.#byCard.add(sixteenDigitsOf(mark + told));
  }

  /** By what the person of a row is one of these. */
  knows(person: RowPerson): 'number' | 'card' | null {
    const { nik, kk, name } = person;
    if (name === null) return null;
    if (nik !== null && this.#byNumber.has(sixteenDigitsOf(`${nik} ${name}`))) return 'number';
    if (kk === null) return null;
    const mark = nik === null ? `${kk} ${name}` : `${kk} ${name} ${withoutNik}`;
    return this.#has(mark) && this.#mayBe(mark, person) ? 'card' : null;
  }

  #mayBe(mark: string, { birthYear, relation }: RowPerson): boolean {
    if (birthYear !== null) {
      for (let year = birthYear - generation + 1; year < birthYear + generation; year += 1)
        if (this.#has(`${mark}${born}${year}`)) return true;
      if (!this.#has(mark + born)) return false;
    }
    if (relation === null || this.#has(mark + placed + relation)) return true;
    return this.#has(mark + placed) && (relation === head || !this.#isOfHeads());
  }

  #has(mark: string): boolean {
    return this.#byCard.has(sixteenDigitsOf(mark));
  }
}

const [withoutNik, born, placed, head] = ['-', ' lahir ', ' sebagai ', '1'];
/** Years between two of one name and card who are father and son. */
const generation = 12;
