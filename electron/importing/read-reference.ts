import type { ImportReport } from '../../shared/contract/reference.ts';
import {
  type AreaCodeSystem,
  type ReferenceHousehold,
  type ReferencePerson,
  type ReferenceSource,
  referenceSourceLabel,
} from '../../shared/domain/reference.ts';
import { AppError } from '../../shared/errors.ts';
import { areaFinder, type AreaData } from './areas.ts';
import { bdt2015 } from './bdt-2015.ts';
import { textOf, type SheetRows, type SourceRow } from './cell.ts';
import { csvSheet } from './csv-rows.ts';
import { dtks } from './dtks.ts';
import { Findings } from './findings.ts';
import { ListBuilder } from './list-builder.ts';
import { matchHeader, requiredColumns, type HeaderMatch, type Profile } from './profile.ts';
import { readRange, type ByteSource } from './source.ts';
import { workbookSheets } from './workbook-rows.ts';
import type { ZipLimits } from './zip-directory.ts';

export interface ReadOptions {
  source: ReferenceSource;
  /** Which system numbers the list's areas; must be stated where the list has codes. */
  areaCodes: AreaCodeSystem | null;
  areas: AreaData;
  /** ISO date; no birth date lies after it. */
  today: string;
  signal?: AbortSignal;
  /** Bytes of the file read so far, of how many. */
  onProgress?: (done: number, total: number) => void;
  limits?: ZipLimits;
}

/** Takes what is read, row by row; a household comes once, before its persons. */
export interface ReferenceSink {
  household(key: string, household: ReferenceHousehold): void;
  person(key: string, person: ReferencePerson): void;
}

export const profiles: Record<ReferenceSource, Profile> = { BDT2015: bdt2015, DTKS: dtks };

/** Title rows that may stand above the header. */
const headerWithin = 30;

/**
 * Reads a reference list (.xlsx or CSV, told by its bytes, never by its name) and hands it to `sink`.
 *
 * Errors: `import_not_workbook`, `import_zip_bomb`, `import_wrong_sheet`, `import_other_list`, `import_missing_columns`,
 * `import_no_rows`, `import_open_quote`, `import_broken_csv`, `import_area_code_system`,
 * `import_cancelled`. Single rows are refused in the report.
 */
export async function readReference(
  file: ByteSource,
  options: ReadOptions,
  sink: ReferenceSink,
): Promise<ImportReport> {
  const profile = profiles[options.source];
  let closest: FoundHeader | null = null;
  for await (const sheet of sheetsOf(file, profile, options)) {
    const rows = sheet.rows[Symbol.asyncIterator]();
    const header = await findHeader(rows, profile);
    if (header && missingColumns(profile, header.match).length === 0) {
      // Awaited here: returning the promise would close the file before its rows are read.
      return await readRows(sheet, rows, header, profile, options, sink);
    }
    if (header && header.match.at.size > (closest?.match.at.size ?? 0)) closest = header;
    // The rest of a sheet that is not ours must flow past before the next can be read.
    while (!(await rows.next()).done);
  }
  if (options.signal?.aborted) throw new AppError('import_cancelled');
  throw unfit(profile, closest);
}

/** Why no sheet could be read: not there, another list, or columns missing. */
function unfit(profile: Profile, closest: FoundHeader | null): AppError {
  if (closest === null) return new AppError('import_wrong_sheet', { profile: profile.title });
  const other = Object.values(profiles).find(
    (candidate) =>
      candidate !== profile &&
      missingColumns(candidate, matchHeader(candidate, closest.headers)).length === 0,
  );
  if (other) {
    const [found, chosen] = [referenceSourceLabel[other.source], referenceSourceLabel[profile.source]];
    return new AppError('import_other_list', { found, chosen });
  }
  const columns = missingColumns(profile, closest.match).join(', ');
  return new AppError('import_missing_columns', { columns });
}

async function* sheetsOf(
  file: ByteSource,
  profile: Profile,
  options: ReadOptions,
): AsyncGenerator<SheetRows> {
  const { signal, onProgress, limits } = options;
  const start = await readRange(file, 0, 8);
  if (start.length === 0) throw new AppError('import_no_rows');
  if (start.subarray(0, 2).toString('latin1') === 'PK') {
    yield* workbookSheets(file, {
      ...(signal && { signal }),
      ...(onProgress && { onRead: onProgress }),
      ...(limits && { limits }),
    });
    return;
  }
  // An old .xls, and every workbook locked with a password, is an OLE container.
  if (start.toString('hex').startsWith('d0cf11e0')) throw new AppError('import_not_workbook');
  const knownColumns = (headers: readonly string[]): number => matchHeader(profile, headers).at.size;
  yield await csvSheet(file, {
    knownColumns,
    ...(signal && { signal }),
    ...(onProgress && { onRead: onProgress }),
  });
}

interface FoundHeader {
  match: HeaderMatch;
  headers: (string | null)[];
}

/** The first row that names at least three columns of the profile, one of them required. */
async function findHeader(rows: AsyncIterator<SourceRow>, profile: Profile): Promise<FoundHeader | null> {
  for (let seen = 0; seen < headerWithin; seen += 1) {
    const next = await rows.next();
    if (next.done) return null;
    const headers = next.value.cells.map((cell) => textOf(cell));
    const match = matchHeader(profile, headers);
    const required = requiredColumns(profile).some((column) => match.at.has(column));
    if (required && match.at.size >= 3) return { match, headers };
  }
  return null;
}

function missingColumns(profile: Profile, match: HeaderMatch): string[] {
  return requiredColumns(profile)
    .filter((column) => !match.at.has(column))
    .map((column) => column.header);
}

async function readRows(
  sheet: SheetRows,
  rows: AsyncIterator<SourceRow>,
  { match, headers }: FoundHeader,
  profile: Profile,
  options: ReadOptions,
  sink: ReferenceSink,
): Promise<ImportReport> {
  const findings = new Findings();
  const builder = new ListBuilder(
    {
      match,
      findArea: areaFinder(options.areas),
      areaCodes: options.areaCodes,
      today: options.today,
      findings,
    },
    sink,
  );
  for (const header of match.repeated)
    findings.warn('column_repeated', 1, `Kolom "${header}" ada dua kali; yang pertama yang dibaca.`, header);
  if ('encoding' in sheet && sheet.encoding === 'windows-1252') {
    findings.warn(
      'encoding_old',
      1,
      'Berkas ini bukan UTF-8 dan dibaca sebagai Windows-1252. Periksa huruf yang tidak biasa pada nama.',
    );
  }
  let count = 0;
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    if (options.signal?.aborted) throw new AppError('import_cancelled');
    const row = next.value;
    if (isBlank(row) || (count === 0 && isNumbering(row))) continue;
    count += 1;
    if (sheet.evenRows && isShifted(row, headers.length))
      findings.refuse(
        row.number,
        'row_shifted',
        `Baris ini punya ${row.cells.length} kolom, judulnya ${headers.length}; nilainya bergeser.`,
        [],
      );
    else builder.add(row);
  }
  if (count === 0) throw new AppError('import_no_rows');
  const absent = profile.columns.filter(
    (column) => !match.at.has(column) && !profile.optional.includes(column.field),
  );
  return {
    sheet: sheet.name,
    rows: count,
    ...builder.report(),
    unknownColumns: match.unknown,
    absentColumns: absent.map((column) => column.header),
  };
}

/** Too few values, or too many of which one says something: something slid. */
function isShifted(row: SourceRow, width: number): boolean {
  return row.cells.length < width || row.cells.slice(width).some((cell) => textOf(cell) !== null);
}

function isBlank(row: SourceRow): boolean {
  return row.cells.every((cell) => textOf(cell) === null);
}

/** The row below the header that numbers the columns: `1 2 3 …`, or `KOLOM 1 2 …`. */
function isNumbering(row: SourceRow): boolean {
  const texts = row.cells.map((cell) => textOf(cell)?.replace(/[()]/g, '') ?? null);
  if (texts[0]?.toUpperCase() === 'KOLOM') return true;
  const filled = texts.flatMap((text, index) => (text === null ? [] : [{ text, index }]));
  return filled.length >= 5 && filled.every(({ text, index }) => text === String(index + 1));
}
