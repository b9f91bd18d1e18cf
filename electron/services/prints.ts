import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { insertPrint } from '../store/prints.ts';
import { AppError } from '../../shared/errors.ts';
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
  const printedBy = actor.id;
  if (printedBy === null) throw new AppError('not_logged_in');
  const { kind, subject, caseId, printedAt, title } = note;
  return transaction(register.db, () => {
    const printNo = insertPrint(register.db, { id: newId(), kind, subject, caseId, printedAt, printedBy });
    appendEvent(register.db, {
      at: printedAt,
      actor: { id: printedBy, role: actor.role },
      type: 'dokumen_dicetak',
      caseId,
      payload: { keterangan: `${title}, cetakan ke-${printNo}` },
    });
    return printNo;
  });
}
