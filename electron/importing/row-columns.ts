import { textOf, type Cell, type SourceRow } from './cell.ts';
import { type ColumnRole, type HeaderMatch, isAnswer, type Profile, type ProfileColumn } from './profile.ts';

interface LocatedColumn {
  column: ProfileColumn;
  index: number;
}

/** Roles of which a household is made, whatever else its columns answer. */
const householdRoles: ReadonlySet<ColumnRole> = new Set([
  'street',
  'sls',
  'rt',
  'rw',
  'percentile',
  'desil',
  'kabkota',
  'kecamatan',
  'kelurahan',
  'provinsi_code',
  'kabkota_code',
  'kecamatan_code',
  'kelurahan_code',
]);

/** Under which name the SLS of a household is kept among its answers. */
export const slsAnswer = 'nama_sls';

/** Where the columns of a profile stand in the rows of one sheet. */
export class RowColumns {
  /** The columns of each role, in the order of the profile: the first that says something counts. */
  readonly #byRole: ReadonlyMap<ColumnRole, readonly LocatedColumn[]>;
  readonly answers: readonly LocatedColumn[];
  /** Where a row repeats what the others of its household say. */
  readonly householdCells: readonly number[];

  constructor(profile: Profile, match: HeaderMatch) {
    const columns = profile.columns.flatMap((column) => {
      const index = match.at.get(column);
      return index === undefined ? [] : [{ column, index }];
    });
    this.#byRole = Map.groupBy(columns, ({ column }) => column.role);
    this.answers = columns
      .filter(({ column }) => isAnswer(column))
      .toSorted((left, right) => left.index - right.index);
    this.householdCells = columns
      .filter(({ column: { role, scope } }) => scope === 'household' || householdRoles.has(role))
      .map(({ index }) => index);
  }

  has(role: ColumnRole): boolean {
    return this.#byRole.has(role);
  }

  cell(row: SourceRow, role: ColumnRole): Cell | undefined {
    const place = this.placeOf(row, role);
    return place === undefined ? undefined : row.cells[place];
  }

  /** Where a row says what a role asks. */
  placeOf(row: SourceRow, role: ColumnRole): number | undefined {
    const columns = this.#byRole.get(role);
    const [first] = columns ?? [];
    if (columns === undefined || first === undefined) return undefined;
    if (columns.length === 1) return first.index;
    return (columns.find(({ index }) => textOf(row.cells[index]) !== null) ?? first).index;
  }

  text(row: SourceRow, role: ColumnRole): string | null {
    return textOf(this.cell(row, role));
  }

  /** As the file writes the headers of these roles, those that it has. */
  headersOf(roles: readonly ColumnRole[]): string[] {
    return roles.flatMap((role) => this.#byRole.get(role)?.[0]?.column.header ?? []);
  }

  /** As the file writes the header of a place; null where nothing is read from it. */
  headerAt(place: number): string | null {
    const found = [...this.#byRole.values()].flat().find(({ index }) => index === place);
    return found?.column.header ?? null;
  }

  /** What stands at some places of a row, of the household or of its member: roles, and names of answers. */
  fieldsAt(places: ReadonlySet<number>, scope: ProfileColumn['scope']): string[] {
    return [...this.#byRole.values()]
      .flat()
      .filter(({ column, index }) => column.scope === scope && places.has(index))
      .flatMap(({ column }) => [
        ...(column.role === 'answer' ? [] : [column.role]),
        ...(isAnswer(column) ? [column.field] : []),
        ...(column.role === 'sls' ? [slsAnswer] : []),
      ]);
  }
}
