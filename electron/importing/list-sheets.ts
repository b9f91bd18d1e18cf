import { lastHeaderRow, type ListMapping } from '../../shared/domain/list-mapping.ts';
import { AppError } from '../../shared/errors.ts';
import { textOf, type SheetRows, type SourceRow } from './cell.ts';
import { csvSheet } from './csv-rows.ts';
import { isFamilyHeader, matchHeader, missingColumns, type HeaderMatch, type Profile } from './profile.ts';
import { readRange, type ByteSource } from './source.ts';
import { workbookSheets } from './workbook-rows.ts';
import type { ZipLimits } from './zip-directory.ts';

export interface SheetOptions {
  signal?: AbortSignal;
  /** Bytes of the file read so far, of how many. */
  onProgress?: (done: number, total: number) => void;
  limits?: ZipLimits;
}

/** Rows that are looked at together before they are read. */
const rowsAtOnce = 1_000;

/** The sheets of a workbook, or the one of a CSV; `knownColumns` decides which delimiter a CSV has. */
export async function* sheetsOf(
  file: ByteSource,
  knownColumns: (headers: readonly string[]) => number,
  options: SheetOptions,
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
  yield await csvSheet(file, {
    knownColumns,
    ...(signal && { signal }),
    ...(onProgress && { onRead: onProgress }),
  });
}

/** A sheet as far as its header. */
export interface SeenSheet {
  /** Null where no header of this list was found. */
  header: FoundHeader | null;
  /** Whether it is to be read: whoever maps a sheet means that one alone, and means it though it is hidden. */
  isMeant: boolean;
  /** Required columns that the header lacks. */
  missing: readonly string[] | null;
  /** What it is read for; null where it is not. */
  holds: 'persons' | 'families' | null;
}

/** Reads a sheet up to its header. */
export async function seeSheet(
  { name, hidden }: Pick<SheetRows, 'name' | 'hidden'>,
  rows: AsyncIterator<SourceRow>,
  profile: Profile,
  mapping: ListMapping | null,
): Promise<SeenSheet> {
  const header = await findHeader(rows, profile, mapping);
  const mapped = mapping?.sheet ?? null;
  const isMeant = mapped === null ? !hidden : mapped === name;
  if (header === null) return { header, isMeant, missing: null, holds: null };
  if (isFamilyHeader(profile, header.match))
    return { header, isMeant, missing: [], holds: isMeant ? 'families' : null };
  const missing = missingColumns(profile, header.match);
  return { header, isMeant, missing, holds: isMeant && missing.length === 0 ? 'persons' : null };
}

export interface FoundHeader {
  match: HeaderMatch;
  headers: (string | null)[];
}

/**
 * The header: the first row that names at least three columns of the profile (or all, where a mapping
 * knows fewer), one of them required or a family's; or exactly the row that a mapping names.
 */
async function findHeader(
  rows: AsyncIterator<SourceRow>,
  profile: Profile,
  mapping: ListMapping | null,
): Promise<FoundHeader | null> {
  const enough = Math.min(3, mapping === null ? 3 : profile.columns.length);
  for (;;) {
    const next = await rows.next();
    if (next.done || next.value.number > lastHeaderRow) return null;
    const row = next.value;
    if (mapping !== null && row.number < mapping.headerRow) continue;
    const headers = row.cells.map((cell) => textOf(cell));
    const match = matchHeader(profile, headers);
    const named = profile.required.some((role) =>
      [...match.at.keys()].some((column) => column.role === role),
    );
    if (match.at.size >= enough && (named || isFamilyHeader(profile, match))) return { match, headers };
  }
}

/** Rows that are still to come. */
export interface Flowing {
  rows: AsyncIterator<SourceRow>;
  signal: AbortSignal | undefined;
}

/** The rows of a sheet below its header, some at a time. */
export async function* rowsTogether(reading: Flowing): AsyncGenerator<SourceRow[]> {
  let rows: SourceRow[] = [];
  for await (const row of dataRows(reading)) {
    rows.push(row);
    if (rows.length < rowsAtOnce) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** The rows below the header that say something. */
async function* dataRows({ rows, signal }: Flowing): AsyncGenerator<SourceRow> {
  let first = true;
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    if (signal?.aborted) throw new AppError('import_cancelled');
    if (isBlank(next.value) || (first && isNumbering(next.value))) continue;
    first = false;
    yield next.value;
  }
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
