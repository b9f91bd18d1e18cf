import { createHash } from 'node:crypto';
import type { IssuedDocument, Letter, Reprint } from '../../shared/contract/documents.ts';
import { formatLetterNumber, type LetterKind } from '../../shared/domain/document.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import type { PaperKind } from '../printing/paper-kind.ts';
import { drawPaper } from '../printing/papers-kept.ts';
import { transaction } from '../store/connection.ts';
import {
  type DocumentRecord,
  findDocument,
  findLastDocument,
  findLetterMark,
  insertDocument,
  insertLetter,
  isLetterNumberTaken,
  type LetterMark,
  listDocuments,
  listLetters,
  listLetterYears,
} from '../store/documents.ts';
import { nextNumber, peekNumber } from '../store/office.ts';
import { isPeriodClosed } from '../store/periods.ts';
import { notePrint } from './prints.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

export interface Issue<Body> {
  paper: PaperKind<Body>;
  /** What the paper is about; with its kind it names one paper: a case id, a session, a member and period. */
  subject: string;
  periodId: string;
  caseId?: string;
  title: string;
  fileName: string;
  /** A number of its own, or one from the register of letters, taken when the paper is first printed. */
  number: string | { letter: LetterKind; dated: string; byHand?: string | undefined };
  /** Given the day that the paper bears: that of its number, which does not move when it is printed again. */
  compose: (dated: string) => Body;
}

/**
 * Prints a paper and keeps what stands on it. In an open period it says what is true now, and each
 * new state is kept; once its period is closed it is printed as it was issued last.
 *
 * @throws AppError `letter_number_taken`, `letter_numbered`, `not_logged_in`.
 */
export async function issueDocument<Body>(
  register: Register,
  actor: ServiceActor,
  issue: Issue<Body>,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const createdBy = actor.id;
  if (createdBy === null) throw new AppError('not_logged_in');
  const { document, frame } = transaction(register.db, () => {
    const last = findLastDocument(register.db, issue.paper.kind, issue.subject);
    const kept =
      last !== null && isPeriodClosed(register.db, issue.periodId)
        ? last
        : keep(register, createdBy, issue, last);
    return { document: kept, frame: noteIssue(register, actor, kept) };
  });
  return render(register, document, frame);
}

/**
 * Prints a paper of the archive, in the state that was kept.
 *
 * @throws AppError `not_found`.
 */
export async function reprintDocument(
  register: Register,
  actor: ServiceActor,
  { documentId }: Reprint,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const document = findDocument(register.db, documentId);
  if (document === null) throw new AppError('not_found');
  return render(register, document, noteIssue(register, actor, document));
}

export function archiveOf(register: Register, periodId: string): IssuedDocument[] {
  return listDocuments(register.db, periodId);
}

export function lettersOf(register: Register, year: number): { years: number[]; letters: Letter[] } {
  return { years: listLetterYears(register.db), letters: listLetters(register.db, year) };
}

function keep<Body>(
  register: Register,
  createdBy: string,
  issue: Issue<Body>,
  last: DocumentRecord | null,
): DocumentRecord {
  const { number, dated } = markOf(register, createdBy, issue);
  const body = JSON.stringify(issue.paper.check(issue.compose(dated)));
  const bodyHash = createHash('sha256').update(body).digest('hex');
  if (last !== null && last.bodyHash === bodyHash && last.number === number) return last;
  const document: DocumentRecord = {
    id: newId(),
    kind: issue.paper.kind,
    subject: issue.subject,
    version: (last?.version ?? 0) + 1,
    periodId: issue.periodId,
    caseId: issue.caseId ?? null,
    number,
    title: issue.title,
    fileName: issue.fileName,
    body,
    bodyHash,
    createdAt: instant(register.clock),
    createdBy,
  };
  insertDocument(register.db, document);
  return document;
}

function markOf<Body>(register: Register, createdBy: string, issue: Issue<Body>): LetterMark {
  if (typeof issue.number === 'string') return { number: issue.number, dated: today(register.clock) };
  const { letter: kind, dated, byHand } = issue.number;
  const known = findLetterMark(register.db, kind, issue.subject);
  if (known !== null) {
    if (byHand !== undefined && byHand !== known.number)
      throw new AppError('letter_numbered', { number: known.number });
    return known;
  }
  const { serial, number } =
    byHand === undefined ? nextLetterNumber(register, kind, dated) : { serial: null, number: byHand };
  if (isLetterNumberTaken(register.db, number)) throw new AppError('letter_number_taken', { number });
  insertLetter(register.db, {
    id: newId(),
    year: Number(dated.slice(0, 4)),
    serial,
    number,
    kind,
    subject: issue.subject,
    title: issue.title,
    dated,
    periodId: issue.periodId,
    createdAt: instant(register.clock),
    createdBy,
  });
  return { number, dated };
}

/** The next number of the year; one that was given by hand, or by a format without the year, is passed over. */
function nextLetterNumber(
  register: Register,
  kind: LetterKind,
  dated: string,
): { serial: number; number: string } {
  const counter = `surat/${dated.slice(0, 4)}`;
  for (;;) {
    const serial = nextNumber(register.db, counter);
    const number = numberOfSerial(register, kind, dated, serial);
    if (!isLetterNumberTaken(register.db, number)) return { serial, number };
  }
}

function numberOfSerial(register: Register, kind: LetterKind, dated: string, serial: number): string {
  const { letterNumberFormat, letterCodes } = currentSettings(register);
  return formatLetterNumber(letterNumberFormat, { serial, code: letterCodes[kind], dated });
}

/** What number a letter bears, and which it would be given were it printed now. */
export function letterNumberOf(
  register: Register,
  { kind, subject }: { kind: LetterKind; subject: string },
): { number: string | null; next: string } {
  const dated = today(register.clock);
  let serial = peekNumber(register.db, `surat/${dated.slice(0, 4)}`);
  while (isLetterNumberTaken(register.db, numberOfSerial(register, kind, dated, serial))) serial += 1;
  return {
    number: findLetterMark(register.db, kind, subject)?.number ?? null,
    next: numberOfSerial(register, kind, dated, serial),
  };
}

function noteIssue(register: Register, actor: ServiceActor, document: DocumentRecord) {
  const printedAt = instant(register.clock);
  const printNo = notePrint(register, actor, {
    kind: document.kind,
    subject: document.subject,
    caseId: document.caseId,
    printedAt,
    title: document.title,
  });
  return { number: document.number, printNo, printedAt, training: register.training };
}

async function render(
  register: Register,
  document: DocumentRecord,
  frame: ReturnType<typeof noteIssue>,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const kept: unknown = JSON.parse(document.body);
  const pdf = await drawPaper(document.kind, kept, frame, fontFiles(register.resourcesDir));
  return { pdf, fileName: document.fileName };
}
