import type { PreviewSheet } from '../../shared/contract/reference.ts';
import { lastHeaderRow, longestMappedHeader } from '../../shared/domain/list-mapping.ts';
import { textOf, type SourceRow } from './cell.ts';
import { headerKey } from './profile.ts';
import { type SheetOptions, sheetsOf } from './list-sheets.ts';
import { type Learned, roleOf, suggestRoles } from './suggest-roles.ts';
import type { ByteSource } from './source.ts';

/** Rows that are looked at: for a header, and for values below it. */
const lookedAt = lastHeaderRow + 10;
const shownSamples = 3;
const mostColumns = 500;

/**
 * Looks into a file of unknown columns: for each sheet its header row, and what each column may mean. Hidden
 * sheets are shown only where there are no others.
 *
 * @param headerRow row of the headers where somebody said so; else the row that names most.
 * @throws AppError as `readReference` for files that cannot be read.
 */
export async function previewList(
  file: ByteSource,
  headerRow: number | null,
  learned: Learned,
  options: SheetOptions,
): Promise<PreviewSheet[]> {
  const sheets: PreviewSheet[] = [];
  const hidden: PreviewSheet[] = [];
  // A delimiter that makes more columns is the likelier one, where no header is known.
  const known = (headers: readonly string[]): number =>
    headers.filter((header) => roleOf(header, learned) !== null).length +
    Math.min(headers.length, 900) / 1000;
  for await (const sheet of sheetsOf(file, known, options)) {
    const rows: SourceRow[] = [];
    for await (const row of sheet.rows) {
      rows.push(row);
      // A workbook's sheet must flow past before the next is asked for; a CSV has no next.
      if (rows.length >= lookedAt && sheet.name === null) break;
      if (rows.length > lookedAt) rows.pop();
    }
    const above = rows.filter(({ number }) => number <= lastHeaderRow);
    const header = findHeaderRow(above, headerRow, learned);
    if (header !== null) (sheet.hidden ? hidden : sheets).push(describe(sheet.name, rows, header, learned));
  }
  return sheets.length > 0 ? sheets : hidden;
}

/** The row that names most columns we know; where none names any, the one with most words. */
function findHeaderRow(
  rows: readonly SourceRow[],
  stated: number | null,
  learned: Learned,
): SourceRow | null {
  if (stated !== null) return rows.find((row) => row.number === stated) ?? null;
  let best: { row: SourceRow; score: number } | null = null;
  for (const row of rows) {
    const texts = row.cells.map((cell) => textOf(cell)).filter((text) => text !== null);
    const words = texts.filter((text) => /\p{L}/u.test(text)).length;
    if (words < 2) continue;
    const score = texts.filter((text) => roleOf(text, learned) !== null).length + Math.min(words, 900) / 1000;
    if (best === null || score > best.score) best = { row, score };
  }
  return best?.row ?? null;
}

function describe(
  name: string | null,
  rows: readonly SourceRow[],
  header: SourceRow,
  learned: Learned,
): PreviewSheet {
  const below = rows.filter((row) => row.number > header.number);
  const headers = header.cells
    .map((cell, index) => ({ header: textOf(cell) ?? '', index }))
    .filter(({ header: text }) => headerKey(text) !== '')
    .slice(0, mostColumns);
  const roles = suggestRoles(
    headers.map((column) => column.header),
    learned,
  );
  return {
    name,
    headerRow: header.number,
    columns: headers.map((column, at) => ({
      header: column.header.slice(0, longestMappedHeader),
      at: column.index,
      role: roles[at] ?? 'answer',
      samples: below
        .map((row) => textOf(row.cells[column.index]))
        .filter((text) => text !== null)
        .slice(0, shownSamples)
        .map((text) => text.slice(0, 60)),
    })),
  };
}
