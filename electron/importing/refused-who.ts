import { textOf, type SourceRow } from './cell.ts';
import { plainRow } from './cleared-cells.ts';
import { digitsOf, readIdentity, readSixteenDigits } from './numbers.ts';
import type { ColumnRole } from './profile.ts';
import type { RowColumns } from './row-columns.ts';

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

export const nobody: RefusedWho = { niks: [], households: [], name: null, birthDate: null };

/** Fewer are a house number or an age. */
const digitsOfAnId = 6;

/**
 * @param damaged places of numbers that lost digits: they tell nobody.
 * @param birthDate ISO date, as the rows around it let it be read.
 */
export function whoIsIn(
  columns: RowColumns,
  raw: SourceRow,
  { damaged, birthDate }: { damaged: ReadonlySet<number>; birthDate: string | null },
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
    birthDate,
  };
}

/**
 * Of a row whose cells stand under the wrong headers: any whole number of sixteen digits may be a NIK or a No KK, and
 * whatever has digits enough the ID of the household. An ID is looked up as it stands, so what is none finds nobody.
 */
export function whoIsInShifted({ cells }: SourceRow): RefusedWho {
  const numbers = cells.map((cell) => readSixteenDigits(cell, ''));
  const niks = numbers.map(digitsOf).filter((digits) => digits !== null);
  const ids = cells.flatMap((cell, at) => {
    const id = readIdentity(cell);
    const isId = id.kind === 'whole' && id.text.replace(/\D/g, '').length >= digitsOfAnId;
    return isId && numbers[at]?.kind !== 'blank' ? id.text : [];
  });
  return { niks, households: [...new Set([...niks, ...ids])], name: null, birthDate: null };
}
