import {
  isFamilyRole,
  type ListMapping,
  type MappedColumn,
  mappingProblem,
} from '../../shared/domain/list-mapping.ts';
import { type ReferenceSource, referenceSourceLabel } from '../../shared/domain/reference.ts';
import { AppError } from '../../shared/errors.ts';
import { readPpks } from './ppks-kinds.ts';
import { headerKey, type Profile, type ProfileColumn } from './profile.ts';

/**
 * A profile out of what somebody said the columns mean. Where the source has columns of its own, a
 * further column that it knows keeps its field and codes.
 *
 * @throws AppError `import_mapping_wrong`.
 */
export function mappedProfile(source: ReferenceSource, mapping: ListMapping, own: Profile | null): Profile {
  const problem = mappingProblem(mapping.columns);
  if (problem !== null) throw new AppError('import_mapping_wrong', { problem });
  const known = new Map(
    (own?.columns ?? []).flatMap((column) =>
      [column.header, column.field, ...column.synonyms].map((name) => [headerKey(name), column] as const),
    ),
  );
  const fields = new Map<string, number>();
  const columnOf = ({ header, role }: MappedColumn): ProfileColumn | null => {
    if (role === 'skip') return null;
    const meant = known.get(headerKey(header));
    if (role === 'answer' && meant?.role === 'answer') return { ...meant, header, synonyms: [] };
    const scope = isFamilyRole(role) ? 'household' : 'member';
    const field = fieldOf(header);
    const nth = (fields.get(field) ?? 0) + 1;
    fields.set(field, nth);
    const column = {
      header,
      field: nth === 1 ? field : `${field}_${nth}`,
      role,
      scope,
      synonyms: [],
    } as const;
    return role === 'ppks' ? { ...column, field: 'jenis_ppks', convert: readPpks } : column;
  };
  const mapped = mapping.columns.map((column) => ({
    header: column.header,
    key: headerKey(column.header),
    at: column.at ?? null,
    column: columnOf(column),
  }));
  const columns = mapped.flatMap(({ column }) => column ?? []);
  return {
    source,
    title: `daftar ${referenceSourceLabel[source]} dengan kolom yang Anda petakan`,
    required: ['name'],
    optional: columns.map((column) => column.field),
    ofPersons: true,
    columns,
    mapped,
    ...(own?.notice && { notice: own.notice }),
  };
}

/** `Tgl. Lahir (KTP)` → `tgl_lahir_ktp`. */
function fieldOf(header: string): string {
  return (
    header
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'kolom'
  );
}
