import type { PrintRun } from '../../shared/contract/printing.ts';
import type { PrintState } from '../../shared/domain/printing.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import {
  findRun,
  type FoundRun,
  insertPrint,
  insertRun,
  listUnsettledRuns,
  setRunState,
} from '../store/prints.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

export interface PrintNote {
  kind: string;
  /** What is printed: a case id, a period id, … */
  subject: string;
  caseId: string | null;
  /** ISO instant that also stands at the foot of the paper. */
  printedAt: string;
  /** Name of the paper in the history: "Tanda terima". */
  title: string;
}

/**
 * Counts a print and records it before the paper is made: a print that fails leaves a number
 * unused, never a paper uncounted.
 *
 * @returns the print number of this kind and subject, from 1.
 */
export function notePrint(register: Register, actor: ServiceActor, note: PrintNote): number {
  const { printedAt, caseId, title } = note;
  return transaction(register.db, () => {
    const printNo = countPrint(register, actor, note);
    appendEvent(register.db, {
      at: printedAt,
      actor: { id: actor.id, role: actor.role },
      type: 'dokumen_dicetak',
      caseId,
      payload: { keterangan: `${title}, cetakan ke-${printNo}` },
    });
    return printNo;
  });
}

/** The same without an event of its own, for who writes a better one; within the caller's transaction. */
export function countPrint(register: Register, actor: ServiceActor, note: PrintNote): number {
  const { kind, subject, caseId, printedAt, title } = note;
  const printedBy = accountOf(actor);
  const runId = actor.printRun ?? newId();
  insertRun(register.db, { id: runId, title, notedAt: printedAt, notedBy: printedBy });
  return insertPrint(register.db, { id: newId(), kind, subject, caseId, printedAt, printedBy, runId });
}

/** Days within which somebody may still say what came of a print. */
const askedFor = 7;

/** What this person printed and nobody has said of whether it came out, the newest first. */
export function unsettledRuns(register: Register, actor: ServiceActor): PrintRun[] {
  const since = new Date(register.clock.now().getTime() - askedFor * 86_400_000).toISOString();
  return listUnsettledRuns(register.db, accountOf(actor), since).map(
    ({ id, title, papers, state, notedAt }) => ({ id, title, papers, state, notedAt }),
  );
}

/** The PDF is there, or was not to be had. Answers whether any paper was noted under this run. */
export function markMade(register: Register, actor: ServiceActor, runId: string, made: boolean): boolean {
  const run = findRun(register.db, runId);
  if (run?.state === 'dicatat') moveRun(register, actor, run, made ? 'dibuat' : 'gagal', null);
  return run !== null;
}

/** @throws AppError `not_found`, also for another person's print; `print_settled`. */
export function markSent(register: Register, actor: ServiceActor, runId: string): void {
  moveRun(register, actor, openRun(register, actor, runId), 'dikirim', null);
}

/** @throws AppError `not_found`, also for another person's print; `print_settled`. */
export function settleRun(
  register: Register,
  actor: ServiceActor,
  input: { runId: string; outcome: 'keluar' | 'gagal'; note: string | null },
): void {
  moveRun(register, actor, openRun(register, actor, input.runId), input.outcome, input.note);
}

const eventOfState = {
  dibuat: 'cetakan_jadi',
  dikirim: 'cetakan_dikirim',
  keluar: 'cetakan_keluar',
  gagal: 'cetakan_gagal',
} as const satisfies Record<Exclude<PrintState, 'dicatat'>, string>;

function moveRun(
  register: Register,
  actor: ServiceActor,
  run: FoundRun,
  state: Exclude<PrintState, 'dicatat'>,
  note: string | null,
): void {
  const at = instant(register.clock);
  transaction(register.db, () => {
    setRunState(register.db, run.id, state, state === 'keluar' || state === 'gagal' ? { at, note } : null);
    appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: eventOfState[state],
      // A case's history tells what came of a paper, not each turn on its way.
      caseId: state === 'keluar' || state === 'gagal' ? run.caseId : null,
      payload: {
        keterangan: [run.title, run.papers > 1 ? `${run.papers} formulir` : null, note]
          .filter((part) => part !== null && part !== '')
          .join(', '),
        cetakan: run.id,
      },
    });
  });
}

function openRun(register: Register, actor: ServiceActor, runId: string): FoundRun {
  const run = findRun(register.db, runId);
  if (run === null || run.notedBy !== accountOf(actor)) throw new AppError('not_found');
  if (run.state === 'keluar' || run.state === 'gagal') throw new AppError('print_settled');
  return run;
}

function accountOf(actor: ServiceActor): string {
  if (actor.id === null) throw new AppError('not_logged_in');
  return actor.id;
}
