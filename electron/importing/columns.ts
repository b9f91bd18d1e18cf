import type { ColumnRole, ProfileColumn } from './profile.ts';

/** Short ways to write a profile's columns: header, field, and other headers that mean the same. */

export function identity(
  header: string,
  field: string,
  role: ColumnRole,
  ...synonyms: string[]
): ProfileColumn {
  return { header, field, role, scope: 'household', synonyms };
}

export function household(header: string, field: string, ...synonyms: string[]): ProfileColumn {
  return { header, field, role: 'answer', scope: 'household', synonyms };
}

export function coded(header: string, field: string, codes: string[], ...synonyms: string[]): ProfileColumn {
  return { header, field, role: 'answer', scope: 'household', codes, synonyms };
}

export function yesNo(header: string, field: string, ...synonyms: string[]): ProfileColumn {
  return coded(header, field, ['1', '2'], ...synonyms);
}

export function yesNo34(header: string, field: string, ...synonyms: string[]): ProfileColumn {
  return coded(header, field, ['3', '4'], ...synonyms);
}

export function member(
  header: string,
  field: string,
  role: ColumnRole,
  ...synonyms: string[]
): ProfileColumn {
  return { header, field, role, scope: 'member', synonyms };
}

export function answer(
  header: string,
  field: string,
  codes: string[] | null,
  ...synonyms: string[]
): ProfileColumn {
  return { header, field, role: 'answer', scope: 'member', synonyms, ...(codes && { codes }) };
}

export function upTo(last: number): string[] {
  return from(1, last);
}

export function from(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

export function twoDigits(code: string): string {
  return code.padStart(2, '0');
}
