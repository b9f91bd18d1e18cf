import type { ReferenceSource } from '../../shared/domain/reference.ts';

/** What a column means to the reader; `answer` columns are kept under their field name as they are. */
export type ColumnRole =
  | 'household_id'
  | 'kk'
  | 'street'
  | 'rt'
  | 'rw'
  | 'sls'
  | 'provinsi'
  | 'kabkota'
  | 'kecamatan'
  | 'kelurahan'
  | 'provinsi_code'
  | 'kabkota_code'
  | 'kecamatan_code'
  | 'kelurahan_code'
  | 'percentile'
  | 'person_id'
  | 'order'
  | 'name'
  | 'nik'
  | 'sex'
  | 'birth_place'
  | 'birth_date'
  | 'age'
  | 'relation'
  | 'family_no'
  | 'mother_name'
  | 'answer';

export interface ProfileColumn {
  /** Header text as the source writes it; shown where the column is missed. */
  header: string;
  /** Field name of the instrument (`lantai`, `Sta_kawin`), also a header that some exports use. */
  field: string;
  role: ColumnRole;
  /** Whether the value belongs to the household and repeats on every row of its members. */
  scope: 'household' | 'member';
  /** Codes that the instrument knows; another code is kept and reported. */
  codes?: readonly string[];
  /** Digits to which a code is filled up where a spreadsheet ate its leading zero. */
  digits?: number;
  synonyms: readonly string[];
}

export interface Profile {
  source: ReferenceSource;
  /** "daftar BDT 2015": completes the sentence of `import_wrong_sheet`. */
  title: string;
  columns: readonly ProfileColumn[];
  /** Roles without which the list cannot be read. */
  required: readonly ColumnRole[];
  /** Fields that many files lack; their absence is not worth telling. */
  optional: readonly string[];
}

/** A header without case, blanks, punctuation and a leading number: `19. Lantai` → `lantai`. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/^\s*\d{1,3}[a-z]?[.)]\s*/, '')
    .replace(/[^a-z0-9]/g, '');
}

export interface HeaderMatch {
  /** Index in the row for each column that was found. */
  at: Map<ProfileColumn, number>;
  unknown: string[];
  /** Headers that mean a column which an earlier header already gave. */
  repeated: string[];
}

/** Finds the columns of a profile in a header row; where two headers mean the same, the first counts. */
export function matchHeader(profile: Profile, headers: readonly (string | null)[]): HeaderMatch {
  const known = keysOf(profile);
  const match: HeaderMatch = { at: new Map(), unknown: [], repeated: [] };
  for (const [index, header] of headers.entries()) {
    if (header === null || header === '') continue;
    const column = known.get(headerKey(header)) ?? known.get(headerKey(header.replace(/\([^)]*\)/g, '')));
    if (!column) match.unknown.push(header);
    else if (match.at.has(column)) match.repeated.push(header);
    else match.at.set(column, index);
  }
  return match;
}

export function requiredColumns(profile: Profile): ProfileColumn[] {
  return profile.columns.filter((column) => profile.required.includes(column.role));
}

function keysOf(profile: Profile): Map<string, ProfileColumn> {
  const keys = new Map<string, ProfileColumn>();
  for (const column of profile.columns) {
    for (const name of [column.header, column.field, ...column.synonyms]) keys.set(headerKey(name), column);
  }
  return keys;
}
