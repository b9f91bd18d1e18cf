import {
  isFamilyRole,
  type ListMapping,
  type MappedColumn,
  type MappedRole,
  mappingProblem,
} from '../../shared/domain/list-mapping.ts';
import { type ReferenceSource, referenceSourceLabel } from '../../shared/domain/reference.ts';
import { AppError } from '../../shared/errors.ts';
import { readPpks } from './ppks-kinds.ts';
import { headerKey, type Profile, type ProfileColumn } from './profile.ts';

const ppksField = 'jenis_ppks';

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
  const meantBy = ({ header, role }: MappedColumn): ProfileColumn | null => {
    const meant = known.get(headerKey(header));
    return role === 'answer' && meant !== undefined && ['answer', 'padan'].includes(meant.role)
      ? meant
      : null;
  };
  const fields = fieldsOf(mapping.columns, meantBy);
  const columnOf = (mappedColumn: MappedColumn): ProfileColumn | null => {
    const { header, role } = mappedColumn;
    if (role === 'skip') return null;
    const column = { header, field: fields.get(mappedColumn) ?? fieldOf(header), synonyms: [] };
    const meant = meantBy(mappedColumn);
    if (meant !== null) return { ...meant, ...column };
    const scope = isFamilyRole(role) ? 'household' : 'member';
    const kept = keptBeside(own, role);
    if (kept !== null) return { ...column, field: kept, role, scope, alsoAnswer: true };
    return { ...column, role, scope, ...(role === 'ppks' && { convert: readPpks }) };
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
    ...(own?.relationCodes && { relationCodes: true }),
  };
}

/** Under which name the source keeps what stands in the family's column of this role besides reading it. */
function keptBeside(own: Profile | null, role: MappedRole): string | null {
  const column = own?.columns.find(
    (known) => known.role === role && known.scope === 'household' && known.alsoAnswer,
  );
  return column?.field ?? null;
}

/**
 * A field of its own for every column: of two with one the later would be written over the earlier. What has a
 * field of the source, or of the program, has it before others take it.
 */
function fieldsOf(
  columns: readonly MappedColumn[],
  meantBy: (column: MappedColumn) => ProfileColumn | null,
): Map<MappedColumn, string> {
  const named = columns.map((column) => ({
    column,
    field: column.role === 'ppks' ? ppksField : (meantBy(column)?.field ?? null),
  }));
  const taken = new Set<string>();
  const fields = new Map<MappedColumn, string>();
  for (const { column, field: given } of named.toSorted(
    (left, right) => Number(left.field === null) - Number(right.field === null),
  )) {
    if (column.role === 'skip') continue;
    const wanted = given ?? fieldOf(column.header);
    let field = wanted;
    for (let nth = 2; taken.has(field); nth += 1) field = `${wanted}_${nth}`;
    taken.add(field);
    fields.set(column, field);
  }
  return fields;
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
