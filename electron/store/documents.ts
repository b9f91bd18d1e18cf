import { z } from 'zod';
import type { IssuedDocument, Letter } from '../../shared/contract/documents.ts';
import { DocumentKind, LetterKind } from '../../shared/domain/document.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface DocumentRecord {
  id: string;
  kind: DocumentKind;
  subject: string;
  version: number;
  periodId: string;
  caseId: string | null;
  number: string;
  title: string;
  fileName: string;
  /** JSON of what stood on the paper. */
  body: string;
  bodyHash: string;
  createdAt: string;
  createdBy: string;
}

const Row = z.object({
  id: z.string(),
  kind: DocumentKind,
  subject: z.string(),
  version: z.number(),
  period_id: z.string(),
  case_id: z.string().nullable(),
  number: z.string(),
  title: z.string(),
  file_name: z.string(),
  body: z.string(),
  body_hash: z.string(),
  created_at: z.string(),
  created_by: z.string(),
});

export function insertDocument(db: WritableDb, document: DocumentRecord): void {
  db.prepare(
    `INSERT INTO document (id, kind, subject, version, period_id, case_id, number, title, file_name, body, body_hash, created_at, created_by)
     VALUES (@id, @kind, @subject, @version, @periodId, @caseId, @number, @title, @fileName, @body, @bodyHash, @createdAt, @createdBy)`,
  ).run(document);
}

export function findDocument(db: ReadableDb, id: string): DocumentRecord | null {
  const row = db.prepare('SELECT * FROM document WHERE id = ?').get(id);
  return row === undefined ? null : rowToDocument(row);
}

/** What was issued last of this paper. */
export function findLastDocument(db: ReadableDb, kind: DocumentKind, subject: string): DocumentRecord | null {
  const row = db
    .prepare('SELECT * FROM document WHERE kind = ? AND subject = ? ORDER BY version DESC LIMIT 1')
    .get(kind, subject);
  return row === undefined ? null : rowToDocument(row);
}

function rowToDocument(raw: unknown): DocumentRecord {
  const row = Row.parse(raw);
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    version: row.version,
    periodId: row.period_id,
    caseId: row.case_id,
    number: row.number,
    title: row.title,
    fileName: row.file_name,
    body: row.body,
    bodyHash: row.body_hash,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

const IssuedRow = z.object({
  id: z.string(),
  kind: DocumentKind,
  number: z.string(),
  title: z.string(),
  version: z.number(),
  newest: z.number(),
  prints: z.number(),
  created_at: z.string(),
  name: z.string(),
});

/** The archive of a period: every paper in every state it was issued in, newest first; papers of cases left out. */
export function listDocuments(db: ReadableDb, periodId: string): IssuedDocument[] {
  return db
    .prepare(
      `SELECT document.id, document.kind, document.number, document.title, document.version, document.created_at, account.name,
              NOT EXISTS (SELECT 1 FROM document AS later WHERE later.kind = document.kind
                          AND later.subject = document.subject AND later.version > document.version) AS newest,
              (SELECT count(*) FROM print WHERE print.kind = document.kind AND print.subject = document.subject) AS prints
       FROM document JOIN account ON account.id = document.created_by
       WHERE document.period_id = ? AND document.case_id IS NULL
       ORDER BY document.created_at DESC, document.id DESC`,
    )
    .all(periodId)
    .map((raw) => {
      const row = IssuedRow.parse(raw);
      return {
        id: row.id,
        kind: row.kind,
        number: row.number,
        title: row.title,
        version: row.version,
        newest: row.newest === 1,
        prints: row.prints,
        issuedAt: row.created_at,
        issuedByName: row.name,
      };
    });
}

// Letters -----------------------------------------------------------------------------------------

const LetterRow = z.object({
  id: z.string(),
  serial: z.number().nullable(),
  number: z.string(),
  kind: LetterKind,
  title: z.string(),
  dated: z.string(),
  period_id: z.string(),
  created_at: z.string(),
  name: z.string(),
});

export function insertLetter(
  db: WritableDb,
  letter: Omit<Letter, 'createdByName'> & { year: number; subject: string; createdBy: string },
): void {
  db.prepare(
    `INSERT INTO letter (id, year, serial, number, kind, subject, title, dated, period_id, created_at, created_by)
     VALUES (@id, @year, @serial, @number, @kind, @subject, @title, @dated, @periodId, @createdAt, @createdBy)`,
  ).run(letter);
}

export interface LetterMark {
  number: string;
  dated: string;
}

export function findLetterMark(db: ReadableDb, kind: LetterKind, subject: string): LetterMark | null {
  const row = db
    .prepare('SELECT number, dated FROM letter WHERE kind = ? AND subject = ?')
    .get(kind, subject);
  return row === undefined ? null : z.object({ number: z.string(), dated: z.string() }).parse(row);
}

export function isLetterNumberTaken(db: ReadableDb, number: string): boolean {
  return db.prepare('SELECT 1 FROM letter WHERE number = ?').get(number) !== undefined;
}

/** The register of letters of a year, newest first. */
export function listLetters(db: ReadableDb, year: number): Letter[] {
  return db
    .prepare(
      'SELECT letter.*, account.name FROM letter JOIN account ON account.id = letter.created_by WHERE year = ? ORDER BY dated DESC, letter.created_at DESC, letter.id DESC',
    )
    .all(year)
    .map((raw) => {
      const row = LetterRow.parse(raw);
      return {
        id: row.id,
        serial: row.serial,
        number: row.number,
        kind: row.kind,
        title: row.title,
        dated: row.dated,
        periodId: row.period_id,
        createdAt: row.created_at,
        createdByName: row.name,
      };
    });
}

export function listLetterYears(db: ReadableDb): number[] {
  return z
    .array(z.object({ year: z.number() }))
    .parse(db.prepare('SELECT DISTINCT year FROM letter ORDER BY year DESC').all())
    .map(({ year }) => year);
}
