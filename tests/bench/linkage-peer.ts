import type { FilePerson } from './linkage-kelurahan.ts';

/**
 * What an office does with a spreadsheet's lookup today: the row with the very same NIK, else the one
 * with the very same name and birth date; the first that is found. @returns reference by case.
 */
export function linkByLookup(
  cases: readonly FilePerson[],
  references: readonly FilePerson[],
): Map<string, string> {
  const byNumber = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const person of references) {
    const id = person.id ?? '';
    if (person.nik !== null && !byNumber.has(person.nik)) byNumber.set(person.nik, id);
    if (!byName.has(nameKey(person))) byName.set(nameKey(person), id);
  }
  const found = new Map<string, string>();
  for (const person of cases) {
    const reference = byNumber.get(person.nik ?? '') ?? byName.get(nameKey(person));
    if (reference !== undefined) found.set(person.id ?? '', reference);
  }
  return found;
}

function nameKey({ nama, lahir }: FilePerson): string {
  return `${nama?.toUpperCase()} ${lahir}`;
}
