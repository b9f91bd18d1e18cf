import { noteHeaders } from '../importing/profile.ts';
import type { RefusedSheet, RefusedSourceRow } from '../importing/refused-rows.ts';
import type { WorkbookFile } from './protected-workbook.ts';

/** What a CSV becomes a sheet under. */
const nameless = 'Baris ditolak';

/**
 * Writes refused rows under the headers of their own sheets, so that the workbook is read as their list was once they
 * are mended. Before them stands what is wrong and what to do.
 */
export class RefusedBook {
  readonly #book: WorkbookFile;
  #sheet: number | null = null;
  count = 0;

  constructor(book: WorkbookFile) {
    this.#book = book;
  }

  add(sheet: RefusedSheet, { row, wrong, remedy, shifted, cells }: Omit<RefusedSourceRow, 'who'>): void {
    if (this.#sheet !== sheet.no) {
      this.#sheet = sheet.no;
      const { shifted: ofShifted, ...notes } = noteHeaders;
      this.#book.begin(sheet.name ?? nameless, [
        ...Object.values(notes),
        ...(sheet.evenRows ? [ofShifted] : []),
        ...sheet.headers,
      ]);
    }
    this.count += 1;
    // Under its headers a shifted row would come in as it stands: in a workbook nothing shows that it slid.
    const asRead = shifted ? cells.map((cell) => cell ?? '').join(' | ') : null;
    this.#book.row([
      String(row),
      wrong,
      remedy,
      ...(sheet.evenRows ? [asRead] : []),
      ...(shifted ? [] : cells),
    ]);
  }
}
