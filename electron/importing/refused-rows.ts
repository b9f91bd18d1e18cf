import { refusalRemedy } from '../../shared/contract/reference.ts';
import { cleanNumber, isDamagedBySpreadsheet } from '../../shared/domain/nik.ts';
import { textOf, type Cell, type SourceRow } from './cell.ts';
import type { Wrong } from './findings.ts';
import type { FoundHeader } from './list-sheets.ts';
import { isSixteenDigits } from './numbers.ts';
import type { Profile } from './profile.ts';
import { nobody, type RefusedWho, whoIsIn, whoIsInShifted } from './refused-who.ts';
import { RowColumns } from './row-columns.ts';
import { readDate } from './values.ts';

/** A sheet that has refused rows. */
export interface RefusedSheet {
  /** Counted from 0 among those of its list. */
  no: number;
  /** Null for a CSV. */
  name: string | null;
  headers: readonly string[];
  /** Whether a row of it may be refused for the number of its cells (CSV). */
  evenRows: boolean;
}

/** A row that did not come in, for whoever sent the list: to be mended and sent back. */
export interface RefusedSourceRow {
  /** Row number in the sheet, or line number in the CSV. */
  row: number;
  /** Everything that is wrong, in words. */
  wrong: string;
  /** What is to be done about it. */
  remedy: string;
  /** Whether its cells stand under the wrong headers. */
  shifted: boolean;
  /** All its cells as text. */
  cells: readonly (string | null)[];
  /** Nobody of a family's own row: its members have rows of their own. */
  who: RefusedWho;
}

/** Takes refused rows, those of a sheet together. */
export type TakeRefused = (sheet: RefusedSheet, row: RefusedSourceRow) => void;

/** Added where a family's own row was refused: alone on its sheet it would find no members. */
const withMembers = 'Sertakan pula baris semua anggotanya pada lembar anggota.';

export interface SheetBegun {
  name: string | null;
  header: FoundHeader;
  evenRows: boolean;
  from1904: boolean;
  /** Whether its rows are of families, whose members stand on another sheet. */
  ofFamilies: boolean;
}

/** Hands on the rows that are refused, as they were read. */
export class RefusedRows {
  readonly #take: TakeRefused;
  readonly #profile: Profile;
  readonly #today: string;
  #begun: SheetBegun | null = null;
  #sheet: RefusedSheet | null = null;
  #dates: ReadonlySet<number> = new Set();
  #columns: RowColumns | null = null;
  #count = 0;

  constructor(take: TakeRefused, { profile, today }: { profile: Profile; today: string }) {
    this.#take = take;
    this.#profile = profile;
    this.#today = today;
  }

  /** Rows that come from here on are of this sheet. */
  begin(sheet: SheetBegun): void {
    this.#begun = sheet;
    this.#sheet = null;
    this.#columns = new RowColumns(this.#profile, sheet.header.match);
    const columns = [...sheet.header.match.at];
    this.#dates = new Set(columns.flatMap(([{ role }, at]) => (role === 'birth_date' ? [at] : [])));
  }

  /** @param birthDate of whom the row tells, as the rows around it let it be read. */
  add(row: SourceRow, wrongs: readonly Wrong[], birthDate: string | null): void {
    if (this.#begun === null || this.#columns === null)
      throw new Error('A row was refused before its sheet began.');
    const { name, header, evenRows, ofFamilies } = this.#begun;
    const headers = header.headers.map((text) => text ?? '');
    this.#sheet ??= { no: this.#count++, name, headers, evenRows };
    const damaged = new Set(wrongs.flatMap((wrong) => wrong.damaged ?? []));
    const shifted = wrongs.some(({ reason }) => reason === 'row_shifted');
    const who = shifted ? whoIsInShifted(row) : whoIsIn(this.#columns, row, { damaged, birthDate });
    const remedies = new Set(wrongs.map(({ reason }) => refusalRemedy[reason]));
    this.#take(this.#sheet, {
      row: row.number,
      wrong: wrongs.map(({ message }) => message).join(' '),
      remedy: [...remedies, ...(ofFamilies ? [withMembers] : [])].join(' '),
      shifted,
      cells: row.cells.map((cell, at) => (damaged.has(at) ? damagedText(cell) : this.#text(cell, at))),
      who: ofFamilies ? nobody : who,
    });
  }

  /** As text; a birth date that a spreadsheet counts in days is one that can be read. */
  #text(cell: Cell, at: number): string | null {
    const date =
      typeof cell === 'number' && this.#dates.has(at)
        ? readDate(cell, this.#today, this.#begun?.from1904 ?? false)
        : null;
    return date ?? textOf(cell);
  }
}

/**
 * A number that lost digits, so that it can still be seen, and is refused again where nobody mends it: as text of
 * sixteen digits it would pass for a whole one.
 */
function damagedText(cell: Cell): string | null {
  if (typeof cell === 'number') return cell.toExponential();
  const text = textOf(cell);
  if (text === null || isDamagedBySpreadsheet(text)) return text;
  const digits = cleanNumber(text);
  return isSixteenDigits(digits) ? Number(digits).toExponential() : text;
}
