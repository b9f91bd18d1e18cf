import { csvSheet } from '../importing/csv-rows.ts';
import { type Cell, textOf } from '../importing/cell.ts';
import { fileSource } from '../importing/source.ts';
import { AppError, describeError } from '../../shared/errors.ts';
import { type ColumnMap, columnsOf } from './column-map.ts';
import { Refusal } from './refusal.ts';

/** What the map calls a column, and what stands there; blank is null. */
export type Field = keyof ColumnMap;

export interface FileRow {
  line: number;
  id: string;
  /** Whether cells are missing at its end. */
  short?: boolean;
  /** The mapped columns of a field, each null where it is blank. */
  of(field: Field): (string | null)[];
}

/** A CSV of persons, its header read. */
export interface PersonFile {
  path: string;
  /** Mapped columns that the file has not. */
  missing: string[];
  rows: AsyncIterable<FileRow>;
}

/** What people and programs write where they know nothing. */
const blanks: ReadonlySet<string> = new Set([
  '-',
  '--',
  '.',
  '?',
  'null',
  'nan',
  'na',
  'n/a',
  'none',
  '\\n',
  '#n/a',
]);

/** Among names these are names: Na, None. */
const names: ReadonlySet<string> = new Set(['na', 'none']);

/** @throws Refusal where it is no CSV, has no header with the mapped id, or no row. */
export async function openPersonFile(path: string, map: ColumnMap): Promise<PersonFile> {
  const wanted = new Set(columnsOf(map));
  const source = await fileSource(path).catch(() => {
    throw new Refusal(`berkas ${path} tidak dapat dibuka.`);
  });
  if (source.size === 0) throw new Refusal(`berkas ${path} kosong.`);
  const sheet = await csvSheet(source, {
    knownColumns: (header) => header.filter((name) => wanted.has(name.trim())).length,
  }).catch((error: unknown) => {
    throw refusalOf(error, path);
  });
  const rows = sheet.rows[Symbol.asyncIterator]();
  const first = await rows.next().catch((error: unknown) => {
    throw refusalOf(error, path);
  });
  if (first.done) throw new Refusal(`berkas ${path} kosong.`);
  const header = first.value.cells.map((cell) => textOf(cell)?.replace(/^\ufeff/, '') ?? '');
  if (header.every((name) => name === '')) throw new Refusal(`berkas ${path}: baris judulnya kosong.`);
  const place = new Map(header.map((name, index): [string, number] => [name, index]));
  const idAt = place.get(map.id);
  if (idAt === undefined)
    throw new Refusal(
      `berkas ${path} tidak mempunyai kolom "${map.id}"; kolomnya: ${header.slice(0, 12).join(', ')}.${header.length > 1 ? '' : ' Pemisah yang dikenal: koma, titik koma, tab, dan |.'}`,
    );
  const twice = [...wanted].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined) throw new Refusal(`berkas ${path} mempunyai kolom "${twice}" lebih dari sekali.`);
  const missing = [...wanted].filter((name) => !place.has(name));
  return { path, missing, rows: rowsOf(rows, path, map, { place, idAt, width: header.length }) };
}

async function* rowsOf(
  rows: AsyncIterator<{ number: number; cells: Cell[] }>,
  path: string,
  map: ColumnMap,
  { place, idAt, width }: { place: ReadonlyMap<string, number>; idAt: number; width: number },
): AsyncGenerator<FileRow> {
  const places = new Map<Field, number[]>();
  for (const [field, columns] of Object.entries(map))
    if (isField(field))
      places.set(
        field,
        [columns].flat().map((name) => place.get(name) ?? -1),
      );
  const seen = new Set<string>();
  for (;;) {
    const next = await rows.next().catch((error: unknown) => {
      throw refusalOf(error, path);
    });
    if (next.done) break;
    const { number: line, cells } = next.value;
    // A spreadsheet saves the empty rows below a list as well: `,,,,`.
    if (cells.every((cell) => textOf(cell) === null)) continue;
    // A delimiter inside a value that has no quotes moves all that follows one column on.
    if (cells.slice(width).some((cell) => textOf(cell) !== null))
      throw new Refusal(
        `berkas ${path}, baris ${line}: berisi ${cells.length} nilai, judulnya ${width} kolom, jadi nilainya bergeser. Beri tanda kutip pada nilai yang memuat pemisah.`,
      );
    const id = textOf(cells[idAt]);
    if (id === null) throw new Refusal(`berkas ${path}, baris ${line}: id kosong.`);
    if (seen.has(id))
      throw new Refusal(`berkas ${path}, baris ${line}: id "${id}" sudah dipakai baris lain.`);
    seen.add(id);
    yield {
      line,
      id,
      short: cells.length < width,
      of: (field) => (places.get(field) ?? []).map((at) => known(textOf(cells[at]), field)),
    };
  }
  if (seen.size === 0) throw new Refusal(`berkas ${path} tidak berisi satu orang pun.`);
}

function isField(name: string): name is Field {
  return ['id', 'name', 'sex', 'dob', 'nik', 'kk', 'address', 'rt', 'rw', 'kelurahan', 'other'].includes(
    name,
  );
}

function known(text: string | null, field: Field): string | null {
  const word = text?.toLowerCase() ?? '';
  return blanks.has(word) && !(field === 'name' && names.has(word)) ? null : text;
}

/** What stopped the reading of a CSV, as a refusal where the catalogue or the system knows it. */
export function refusalOf(error: unknown, path: string): unknown {
  if (error instanceof Error && 'syscall' in error) return new Refusal(`berkas ${path} tidak dapat dibaca.`);
  if (!(error instanceof AppError)) return error;
  if (error.code === 'import_not_workbook') return new Refusal(`berkas ${path} bukan CSV.`);
  return new Refusal(`berkas ${path}: ${describeError(error.code, error.details).message}`);
}
