import { longestMappedHeader } from '../../shared/domain/list-mapping.ts';
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
  | 'desil'
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
  | 'ppks'
  | 'padan'
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
  /** Reads words as codes (`Pengemis` → `12`); null where it knows none, and the text is kept and told. */
  convert?: (text: string) => string | null;
  /** Kept under its field name as well, where its role alone would not show what the file said. */
  alsoAnswer?: boolean;
  synonyms: readonly string[];
}

export interface Profile {
  source: ReferenceSource;
  /** "daftar BDT 2015": completes the sentence of `import_wrong_sheet`. */
  title: string;
  columns: readonly ProfileColumn[];
  /**
   * What somebody said each column of this one file means, in place of whatever the headers may: null where it is
   * to be left out. A place holds where the header stands there.
   */
  mapped?: readonly { header: string; key: string; at: number | null; column: ProfileColumn | null }[];
  /** Roles without which the list cannot be read; several columns may have one role, any of them will do. */
  required: readonly ColumnRole[];
  /** A list of persons: who has neither No KK nor an ID is told apart by NIK, else by row. */
  ofPersons?: boolean;
  /** Families may stand on a sheet of their own, before the sheet of their members. */
  familySheet?: boolean;
  /** The list numbers relations as BDT does; of others a number says nothing sure. */
  relationCodes?: boolean;
  /** Further answers that follow from a row's own. */
  derive?: (answers: Readonly<Record<string, string>>) => Record<string, string>;
  /** Said about every list that has one of these fields. */
  notice?: { code: string; message: string; fields: readonly string[] };
  /** Fields that many files lack; their absence is not worth telling. */
  optional: readonly string[];
}

/** Whether a column's value is kept under its field name. */
export function isAnswer(column: ProfileColumn): boolean {
  return ['answer', 'ppks', 'padan'].includes(column.role) || column.alsoAnswer === true;
}

/** Before the columns of a workbook of refused rows: what is said of each row. They are no columns of a list. */
export const noteHeaders = {
  row: 'Baris di berkas asal',
  wrong: 'Yang salah',
  remedy: 'Yang perlu dilakukan',
  /** All cells of a row that stood under the wrong headers. */
  shifted: 'Isi baris asal',
} as const;

function isNote(header: string): boolean {
  return Object.values<string>(noteHeaders).includes(header);
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

/**
 * Finds the columns of a profile in a header row, by the exact header first: what stands in parentheses is
 * passed over only for a column that is still unfound. Where two headers mean the same, the first counts.
 */
export function matchHeader(profile: Profile, headers: readonly (string | null)[]): HeaderMatch {
  if (profile.mapped !== undefined) return matchMapped(profile.mapped, headers);
  const known = keysOf(profile);
  const match: HeaderMatch = { at: new Map(), unknown: [], repeated: [] };
  const named = headers.flatMap((header, index) =>
    header === null || header === '' || isNote(header) ? [] : [{ header, index }],
  );
  const exact = new Set<ProfileColumn>();
  const rest: typeof named = [];
  for (const { header, index } of named) {
    const column = known.get(headerKey(header));
    if (column === undefined) rest.push({ header, index });
    else if (exact.has(column)) match.repeated.push(header);
    else {
      exact.add(column);
      match.at.set(column, index);
    }
  }
  for (const { header, index } of rest) {
    const column = known.get(headerKey(header.replace(/\([^)]*\)/g, '')));
    if (column === undefined || exact.has(column)) match.unknown.push(header);
    else if (match.at.has(column)) match.repeated.push(header);
    else match.at.set(column, index);
  }
  return match;
}

/** Finds the columns that somebody mapped: where they said, else by the same header, in the order of both. */
function matchMapped(
  mapped: NonNullable<Profile['mapped']>,
  headers: readonly (string | null)[],
): HeaderMatch {
  const texts = headers.map((header) => header?.slice(0, longestMappedHeader) ?? '');
  const keys = texts.map(headerKey);
  const places = mapped.map(({ header, at }) => (at !== null && texts[at] === header ? at : null));
  const taken = new Set(places);
  const alike = [
    ({ header }: (typeof mapped)[number], index: number) => texts[index] === header,
    ({ key }: (typeof mapped)[number], index: number) => keys[index] === key && key !== '',
  ];
  for (const isAlike of alike)
    for (const [no, column] of mapped.entries()) {
      if (places[no] !== null) continue;
      const index = texts.findIndex((_, at) => !taken.has(at) && isAlike(column, at));
      if (index < 0) continue;
      places[no] = index;
      taken.add(index);
    }
  const match: HeaderMatch = { at: new Map(), unknown: [], repeated: [] };
  for (const [no, { column }] of mapped.entries()) {
    const index = places[no] ?? null;
    if (column !== null && index !== null) match.at.set(column, index);
  }
  match.unknown.push(
    ...headers.flatMap((header, at) =>
      header === null || header === '' || isNote(header) || taken.has(at) ? [] : [header],
    ),
  );
  return match;
}

/** Headers of the required columns that a header row lacks; of several that will do, the first. */
export function missingColumns(profile: Profile, match: HeaderMatch): string[] {
  const found = new Set([...match.at.keys()].map((column) => column.role));
  return profile.required.flatMap((role) =>
    found.has(role) ? [] : (profile.columns.find((column) => column.role === role)?.header ?? role),
  );
}

/** Whether a header row is one of families, to be joined with their members on another sheet. */
export function isFamilyHeader(profile: Profile, match: HeaderMatch): boolean {
  const roles = new Set([...match.at.keys()].map((column) => column.role));
  return (
    profile.familySheet === true &&
    !roles.has('name') &&
    (roles.has('household_id') || roles.has('kk')) &&
    match.at.size >= 3
  );
}

function keysOf(profile: Profile): Map<string, ProfileColumn> {
  const keys = new Map<string, ProfileColumn>();
  for (const column of profile.columns) {
    for (const name of [column.header, column.field, ...column.synonyms]) keys.set(headerKey(name), column);
  }
  return keys;
}
