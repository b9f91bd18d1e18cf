import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface PrintRecord {
  id: string;
  kind: string;
  /** What was printed: a case id, a period id, … */
  subject: string;
  caseId: string | null;
  printedAt: string;
  printedBy: string;
}

/** Notes a print and returns its number for this kind and subject, from 1. */
export function insertPrint(db: WritableDb, print: PrintRecord): number {
  const row = db
    .prepare('SELECT coalesce(max(print_no), 0) + 1 AS n FROM print WHERE kind = ? AND subject = ?')
    .get(print.kind, print.subject);
  const printNo = z.object({ n: z.number() }).parse(row).n;
  db.prepare(
    'INSERT INTO print (id, kind, subject, print_no, case_id, printed_at, printed_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(print.id, print.kind, print.subject, printNo, print.caseId, print.printedAt, print.printedBy);
  return printNo;
}

const PrintRow = z.object({
  id: z.string(),
  kind: z.string(),
  print_no: z.number(),
  printed_at: z.string(),
  name: z.string(),
});

export function listPrintsOfCase(
  db: ReadableDb,
  caseId: string,
): { id: string; kind: string; printNo: number; printedAt: string; printedByName: string }[] {
  return db
    .prepare(
      'SELECT print.id, kind, print_no, printed_at, account.name FROM print JOIN account ON account.id = print.printed_by WHERE case_id = ? ORDER BY printed_at',
    )
    .all(caseId)
    .map((raw) => {
      const row = PrintRow.parse(raw);
      return {
        id: row.id,
        kind: row.kind,
        printNo: row.print_no,
        printedAt: row.printed_at,
        printedByName: row.name,
      };
    });
}
