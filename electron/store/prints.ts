import { z } from 'zod';
import { PrintState } from '../../shared/domain/printing.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface PrintRecord {
  id: string;
  kind: string;
  /** What was printed: a case id, a period id, … */
  subject: string;
  caseId: string | null;
  printedAt: string;
  printedBy: string;
  runId: string;
}

/** One press of the print key; several papers where a stack was printed. */
export interface PrintRunRecord {
  id: string;
  title: string;
  notedAt: string;
  notedBy: string;
}

/** Notes a run once; its further papers find it there. */
export function insertRun(db: WritableDb, run: PrintRunRecord): void {
  db.prepare(
    `INSERT INTO print_run (id, title, state, noted_at, noted_by) VALUES (?, ?, 'dicatat', ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  ).run(run.id, run.title, run.notedAt, run.notedBy);
}

export function setRunState(
  db: WritableDb,
  id: string,
  state: PrintState,
  settled: { at: string; note: string | null } | null = null,
): void {
  db.prepare('UPDATE print_run SET state = ?, settled_at = ?, note = ? WHERE id = ?').run(
    state,
    settled?.at ?? null,
    settled?.note ?? null,
    id,
  );
}

const RunRow = z.object({
  id: z.string(),
  title: z.string(),
  state: PrintState,
  noted_at: z.string(),
  noted_by: z.string(),
  papers: z.number(),
  case_id: z.string().nullable(),
});

export interface FoundRun extends PrintRunRecord {
  state: PrintState;
  /** How many papers it printed. */
  papers: number;
  /** The case it is about, where it is one alone. */
  caseId: string | null;
}

const selectRun = `
  SELECT print_run.*, count(print.id) AS papers, CASE count(print.id) WHEN 1 THEN max(print.case_id) END AS case_id
  FROM print_run LEFT JOIN print ON print.run_id = print_run.id`;

export function findRun(db: ReadableDb, id: string): FoundRun | null {
  const raw = db.prepare(`${selectRun} WHERE print_run.id = ? GROUP BY print_run.id`).get(id);
  return raw === undefined ? null : rowToRun(raw);
}

/** What a person printed since a moment and nobody has said of whether it came out, the newest first. */
export function listUnsettledRuns(db: ReadableDb, accountId: string, since: string): FoundRun[] {
  return db
    .prepare(
      `${selectRun} WHERE noted_by = ? AND noted_at >= ? AND state NOT IN ('keluar', 'gagal')
       GROUP BY print_run.id ORDER BY noted_at DESC`,
    )
    .all(accountId, since)
    .map(rowToRun);
}

function rowToRun(raw: unknown): FoundRun {
  const row = RunRow.parse(raw);
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    notedAt: row.noted_at,
    notedBy: row.noted_by,
    papers: row.papers,
    caseId: row.case_id,
  };
}

/** Notes a print and returns its number for this kind and subject, from 1. */
export function insertPrint(db: WritableDb, print: PrintRecord): number {
  const row = db
    .prepare('SELECT coalesce(max(print_no), 0) + 1 AS n FROM print WHERE kind = ? AND subject = ?')
    .get(print.kind, print.subject);
  const printNo = z.object({ n: z.number() }).parse(row).n;
  db.prepare(
    'INSERT INTO print (id, kind, subject, print_no, case_id, printed_at, printed_by, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    print.id,
    print.kind,
    print.subject,
    printNo,
    print.caseId,
    print.printedAt,
    print.printedBy,
    print.runId,
  );
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
