import { z } from 'zod';
import type { LedgerEntry } from '../../shared/contract/ledger.ts';
import { SheetState } from '../../shared/contract/verification.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** When each state was reached stands in a column of its own; a sheet sent back keeps the last time. */
const timeOf = {
  keluar: 'out_at',
  kembali: 'returned_at',
  dientri: 'entered_at',
  dipindai: 'scanned_at',
} as const satisfies Partial<Record<SheetState, string>>;

export function moveSheet(db: WritableDb, sheetId: string, state: keyof typeof timeOf, at: string): void {
  db.prepare(`UPDATE sheet SET state = ?, ${timeOf[state]} = ? WHERE id = ?`).run(state, at, sheetId);
}

export function handOutSheet(db: WritableDb, sheetId: string, enumerator: string, at: string): void {
  db.prepare(`UPDATE sheet SET state = 'keluar', out_at = ?, enumerator = ? WHERE id = ?`).run(
    at,
    enumerator,
    sheetId,
  );
}

export function setScan(db: WritableDb, sheetId: string, hash: string, at: string): void {
  db.prepare(`UPDATE sheet SET state = 'dipindai', scan_hash = ?, scanned_at = ? WHERE id = ?`).run(
    hash,
    at,
    sheetId,
  );
}

/** Hash of the image that was kept of a sheet; null where none was. */
export function findScan(db: ReadableDb, sheetId: string): string | null {
  const raw = db.prepare('SELECT scan_hash FROM sheet WHERE id = ?').get(sheetId);
  return raw === undefined ? null : z.object({ scan_hash: z.string().nullable() }).parse(raw).scan_hash;
}

const Row = z.object({
  id: z.string(),
  code: z.string(),
  print_no: z.number(),
  case_id: z.string(),
  number: z.string(),
  head_name: z.string(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  enumerator: z.string(),
  state: SheetState,
  printed_at: z.string(),
  out_at: z.string().nullable(),
  returned_at: z.string().nullable(),
  entered_at: z.string().nullable(),
  scanned_at: z.string().nullable(),
});

const columns = `
  sheet.*, number, head.name AS head_name, street, rt, rw`;
const beside = `
  JOIN case_file ON case_file.id = sheet.case_id
  JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'`;

/**
 * One page of the sheets in a state, or of all of them: by officer, then as they were noted. Ids follow
 * the time, and the sheets of one printing are noted in walking order.
 */
export function listLedger(
  db: ReadableDb,
  { state, offset, limit }: { state: SheetState | null; offset: number; limit: number },
): { total: number; rows: LedgerEntry[] } {
  const [index, where] =
    state === null ? ['sheet_enumerator', ''] : ['sheet_ledger', 'WHERE sheet.state = @state'];
  const from = `FROM sheet INDEXED BY ${index} ${where}`;
  const values = state === null ? {} : { state };
  const total = z.number().parse(db.prepare(`SELECT count(*) ${from}`).pluck().get(values));
  const rows = db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT sheet.id ${from} ORDER BY enumerator, sheet.id LIMIT @limit OFFSET @offset)
       SELECT ${columns} FROM page CROSS JOIN sheet ON sheet.id = page.id ${beside} ORDER BY sheet.enumerator, sheet.id`,
    )
    .all({ ...values, offset, limit })
    .map(rowToEntry);
  return { total, rows };
}

export function getLedgerEntry(db: ReadableDb, sheetId: string): LedgerEntry {
  return rowToEntry(db.prepare(`SELECT ${columns} FROM sheet ${beside} WHERE sheet.id = ?`).get(sheetId));
}

export function countLedger(db: ReadableDb): Record<SheetState, number> {
  const rows = z
    .array(z.object({ state: SheetState, n: z.number() }))
    .parse(db.prepare('SELECT state, count(*) AS n FROM sheet GROUP BY state').all());
  const countOf = (state: SheetState) => rows.find((row) => row.state === state)?.n ?? 0;
  return {
    dicetak: countOf('dicetak'),
    keluar: countOf('keluar'),
    kembali: countOf('kembali'),
    dientri: countOf('dientri'),
    dipindai: countOf('dipindai'),
    batal: countOf('batal'),
  };
}

function rowToEntry(raw: unknown): LedgerEntry {
  const row = Row.parse(raw);
  return {
    sheetId: row.id,
    code: row.code,
    printNo: row.print_no,
    caseId: row.case_id,
    number: row.number,
    headName: row.head_name,
    street: row.street,
    rt: row.rt,
    rw: row.rw,
    enumerator: row.enumerator,
    state: row.state,
    printedAt: row.printed_at,
    outAt: row.out_at,
    returnedAt: row.returned_at,
    enteredAt: row.entered_at,
    scannedAt: row.scanned_at,
  };
}

const CoverRow = z.object({
  code: z.string(),
  number: z.string(),
  head: z.string(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  members: z.number(),
  enumerator: z.string(),
});

/** Of these sheets those that are good, in walking order: kelurahan, RW, RT, street. */
export function listCoverSheets(db: ReadableDb, sheetIds: readonly string[]): z.infer<typeof CoverRow>[] {
  return z.array(CoverRow).parse(
    db
      .prepare(
        `SELECT sheet.code, number, head.name AS head, street, rt, rw, sheet.enumerator,
                (SELECT count(*) FROM member WHERE member.case_id = case_file.id) AS members
         FROM sheet JOIN case_file ON case_file.id = sheet.case_id
         JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'
         WHERE sheet.id IN (SELECT value FROM json_each(?)) AND sheet.state <> 'batal'
         ORDER BY kelurahan, rw, rt, street, case_file.serial`,
      )
      .all(JSON.stringify(sheetIds)),
  );
}
