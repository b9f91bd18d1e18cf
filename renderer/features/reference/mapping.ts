import type { PreviewSheet, SavedMapping } from '../../../shared/contract/reference.ts';
import type { ListMapping, MappedRole } from '../../../shared/domain/list-mapping.ts';

/** The meanings to begin with: those already chosen for the same headers, else what is suggested. */
export function rolesOf(sheet: PreviewSheet, chosen: ListMapping | null): MappedRole[] {
  const before = new Map((chosen?.columns ?? []).map(({ header, role }) => [header, role]));
  return sheet.columns.map(({ header, role }) => before.get(header) ?? role);
}

/** The meanings of a saved mapping where it knows a header; the others stay as they are. */
export function withSaved(
  sheet: PreviewSheet,
  roles: readonly MappedRole[],
  { columns }: Pick<SavedMapping, 'columns'>,
): MappedRole[] {
  const saved = new Map(columns.map(({ header, role }) => [plain(header), role]));
  return sheet.columns.map(({ header }, index) => saved.get(plain(header)) ?? roles[index] ?? 'answer');
}

/** How many headers of a sheet a saved mapping knows. */
export function fitOf(sheet: PreviewSheet, { columns }: Pick<SavedMapping, 'columns'>): number {
  const saved = new Set(columns.map(({ header }) => plain(header)));
  return sheet.columns.filter(({ header }) => saved.has(plain(header))).length;
}

function plain(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}
