import { textOf, type SourceRow } from './cell.ts';
import { plainRow } from './cleared-cells.ts';
import { digitsOf, isFiller, isSixteenDigits, readIdentity, readSixteenDigits } from './numbers.ts';
import type { ColumnRole } from './profile.ts';
import type { RowColumns } from './row-columns.ts';
import { readDate } from './values.ts';

/** Whom a row that did not come in tells of, as far as it can be read. */
export interface RefusedWho {
  /** Numbers of which one may be the person's NIK. */
  niks: string[];
  /** What their household may be called: No KK, or an ID of its own. */
  households: string[];
  name: string | null;
  /** ISO date. */
  birthDate: string | null;
}

export interface ReadHow {
  /** ISO date; no birth date lies after it. */
  today: string;
  from1904: boolean;
}

/** @param damaged places of numbers that lost digits: they tell nobody. */
export function whoIsIn(
  columns: RowColumns,
  raw: SourceRow,
  { today, from1904, damaged }: ReadHow & { damaged: ReadonlySet<number> },
): RefusedWho {
  const { row } = plainRow(raw);
  const cell = (role: ColumnRole) => {
    const place = columns.placeOf(row, role);
    return place === undefined || damaged.has(place) ? undefined : row.cells[place];
  };
  const kk = readSixteenDigits(cell('kk'), '');
  const ids = (['household_id', 'person_id'] as const).map((role) => readIdentity(cell(role)));
  return {
    niks: [digitsOf(readSixteenDigits(cell('nik'), ''))].filter((nik) => nik !== null),
    households: [
      ...(kk.kind === 'odd' ? [kk.text] : [digitsOf(kk)].filter((digits) => digits !== null)),
      ...ids.flatMap((id) => (id.kind === 'whole' ? id.text : [])),
    ],
    name: textOf(cell('name')),
    birthDate: readDate(cell('birth_date'), today, from1904),
  };
}

/** Of a row whose cells stand under the wrong headers: any number of sixteen digits may be a NIK or a No KK. */
export function whoIsInShifted({ cells }: SourceRow): RefusedWho {
  const numbers = cells.flatMap((cell) => {
    const text = textOf(cell) ?? '';
    return isSixteenDigits(text) && !isFiller(text) ? text : [];
  });
  return { niks: numbers, households: numbers, name: null, birthDate: null };
}
