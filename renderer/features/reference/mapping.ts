import type { PreviewSheet, SavedMapping } from '../../../shared/contract/reference.ts';
import type { ListMapping, MappedColumn, MappedRole } from '../../../shared/domain/list-mapping.ts';

/** The meanings to begin with: those already chosen for the same headers, else what is suggested. */
export function rolesOf(sheet: PreviewSheet, chosen: ListMapping | null): MappedRole[] {
  const before = inTurn(chosen?.columns ?? [], (header) => header);
  return sheet.columns.map(({ header, role }) => before(header) ?? role);
}

/** The meanings of a saved mapping where it knows a header; the others stay as they are. */
export function withSaved(
  sheet: PreviewSheet,
  roles: readonly MappedRole[],
  { columns }: Pick<SavedMapping, 'columns'>,
): MappedRole[] {
  const saved = inTurn(columns, plain);
  return sheet.columns.map(({ header }, index) => saved(header) ?? roles[index] ?? 'answer');
}

/** Answers what each header means; of headers that are alike one after the other, the last for all that follow. */
function inTurn(
  columns: readonly MappedColumn[],
  keyOf: (header: string) => string,
): (header: string) => MappedRole | undefined {
  const roles = Map.groupBy(columns, ({ header }) => keyOf(header));
  const asked = new Map<string, number>();
  return (header) => {
    const key = keyOf(header);
    const nth = asked.get(key) ?? 0;
    asked.set(key, nth + 1);
    const alike = roles.get(key);
    return (alike?.[nth] ?? alike?.at(-1))?.role;
  };
}

/** How many headers of a sheet a saved mapping knows. */
export function fitOf(sheet: PreviewSheet, { columns }: Pick<SavedMapping, 'columns'>): number {
  const saved = new Set(columns.map(({ header }) => plain(header)));
  return sheet.columns.filter(({ header }) => saved.has(plain(header))).length;
}

function plain(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}
