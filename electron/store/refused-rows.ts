import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { RefusedSheet, RefusedSourceRow } from '../importing/refused-rows.ts';
import type { RefusedWho } from '../importing/refused-who.ts';
import { type ReadableDb, transaction, type WritableDb } from './connection.ts';
import type { ListRows } from './list-rows.ts';

/** Rows taken out in one transaction. */
const rowsAtOnce = 2_000;

/** Writes the refused rows of a list that moves in; who calls it holds the transaction. */
export class RefusedRowsOf {
  readonly #listId: string;
  readonly #insert: Record<'sheet' | 'row', Database.Statement<unknown[]>>;
  readonly #sheets: (number | bigint)[] = [];

  constructor(db: WritableDb, listId: string) {
    this.#listId = listId;
    this.#insert = {
      sheet: db.prepare(
        'INSERT INTO reference_refused_sheet (list_id, no, name, even_rows, headers) VALUES (?, ?, ?, ?, ?)',
      ),
      row: db.prepare(
        'INSERT INTO reference_refused_row (sheet_id, row, wrong, remedy, shifted, cells, who) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
    };
  }

  write({ sheets, rows }: NonNullable<ListRows['refused']>): void {
    for (const sheet of sheets) this.sheet(sheet);
    for (const [no, row] of rows) this.row(no, row);
  }

  sheet({ no, name, evenRows, headers }: RefusedSheet): void {
    const written = this.#insert.sheet.run(this.#listId, no, name, Number(evenRows), JSON.stringify(headers));
    this.#sheets[no] = written.lastInsertRowid;
  }

  row(sheet: number, { row, wrong, remedy, shifted, cells, who }: RefusedSourceRow): void {
    this.#insert.row.run(
      this.#sheets[sheet],
      row,
      wrong,
      remedy,
      Number(shifted),
      JSON.stringify(cells),
      JSON.stringify(who),
    );
  }
}

const SheetRow = z.object({
  id: z.number(),
  no: z.number(),
  name: z.string().nullable(),
  even_rows: z.number(),
  headers: z.string(),
});

const RefusedRow = z.object({
  row: z.number(),
  wrong: z.string(),
  remedy: z.string(),
  shifted: z.number(),
  cells: z.string(),
});

const Cells = z.array(z.string().nullable());

/** The refused rows of a list, sheet after sheet, as they stand in the file. */
export function* eachRefused(
  db: ReadableDb,
  listId: string,
): Generator<[sheet: RefusedSheet, row: Omit<RefusedSourceRow, 'who'>]> {
  const sheets = db
    .prepare('SELECT * FROM reference_refused_sheet WHERE list_id = ? ORDER BY no')
    .all(listId);
  const rows = db.prepare('SELECT * FROM reference_refused_row WHERE sheet_id = ? ORDER BY row');
  for (const raw of sheets) {
    const { id, even_rows: evenRows, headers, ...sheet } = SheetRow.parse(raw);
    const told = {
      ...sheet,
      evenRows: evenRows === 1,
      headers: z.array(z.string()).parse(JSON.parse(headers)),
    };
    for (const line of rows.iterate(id)) {
      const { shifted, cells, ...row } = RefusedRow.parse(line);
      yield [told, { ...row, shifted: shifted === 1, cells: Cells.parse(JSON.parse(cells)) }];
    }
  }
}

const WhoRow = z.object({ row: z.number(), who: z.string().nullable() });

const Who = z.object({
  niks: z.array(z.string()),
  households: z.array(z.string()),
  name: z.string().nullable(),
  birthDate: z.string().nullable(),
});

/** Whom the refused rows of a list tell of; nobody where an older program kept the rows. The register may be written meanwhile. */
export function* eachRefusedWho(db: ReadableDb, listId: string): Generator<RefusedWho> {
  const some = db.prepare(
    `SELECT row, who FROM reference_refused_row WHERE sheet_id = ? AND row > ? ORDER BY row LIMIT ${rowsAtOnce}`,
  );
  const sheets = db.prepare('SELECT id FROM reference_refused_sheet WHERE list_id = ?').pluck().all(listId);
  for (const sheet of sheets) {
    for (let after = 0; ;) {
      const rows = z.array(WhoRow).parse(some.all(sheet, after));
      for (const { who } of rows) if (who !== null) yield Who.parse(JSON.parse(who));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.row;
    }
  }
}

/** Whether the refused rows of a list are kept: those of lists that came in under an older program are not. */
export function hasRefused(db: ReadableDb, listId: string): boolean {
  return db.prepare('SELECT 1 FROM reference_refused_sheet WHERE list_id = ?').get(listId) !== undefined;
}

/** What a file lacked goes on with the list that came of it. */
export function moveRefused(db: WritableDb, from: string, to: string): void {
  db.prepare('UPDATE reference_refused_sheet SET list_id = ? WHERE list_id = ?').run(to, from);
}

/** Whether it is kept of whom the refused rows of a list tell: older programs did not, and wrote all rows of a list alike. */
export function hasRefusedWho(db: ReadableDb, listId: string): boolean {
  const some = db.prepare(
    `SELECT who IS NOT NULL FROM reference_refused_row
     WHERE sheet_id IN (SELECT id FROM reference_refused_sheet WHERE list_id = ?) LIMIT 1`,
  );
  return some.pluck().get(listId) === 1;
}

/** Takes the refused rows of a list out, by short transactions. */
export function* dropRefusedSteps(db: WritableDb, listId: string): Generator<void> {
  const some = db.prepare(
    `DELETE FROM reference_refused_row WHERE (sheet_id, row) IN (
       SELECT sheet_id, row FROM reference_refused_row
       WHERE sheet_id IN (SELECT id FROM reference_refused_sheet WHERE list_id = ?) LIMIT ${rowsAtOnce})`,
  );
  while (transaction(db, () => some.run(listId).changes) > 0) yield;
  transaction(db, () => db.prepare('DELETE FROM reference_refused_sheet WHERE list_id = ?').run(listId));
}
