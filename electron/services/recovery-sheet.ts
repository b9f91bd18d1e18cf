import type { Role } from '../../shared/domain/role.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printRecoverySheet } from '../printing/recovery-sheet.ts';
import { listAccounts } from '../store/accounts.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { insertPrint, insertRun } from '../store/prints.ts';
import { letterheadOf } from './letterhead.ts';
import { paperOf } from './printer.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';
import { checkRecoveryCode } from './setup.ts';

/**
 * Prints the recovery sheet for a code the screen still holds: the office keeps no copy, so the
 * code comes with the request, and one that does not open this register is not put on paper.
 *
 * @throws AppError `recovery_code_wrong`.
 */
export async function printRecoverySheetOf(
  register: Register,
  actor: ServiceActor,
  code: string,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  if (actor.id === null) throw new AppError('not_logged_in');
  await checkRecoveryCode(register, code);
  const printedAt = instant(register.clock);
  const printNo = notePrint(register, { ...actor, id: actor.id }, printedAt);
  const pdf = await printRecoverySheet(
    {
      letterhead: letterheadOf(register),
      frame: { number: 'Lembar pemulihan', printNo, printedAt, training: register.training },
      paper: paperOf(register),
      code,
      place: currentSettings(register).signingPlace,
      lurah: signerOf(register, 'lurah'),
      administrator: signerOf(register, 'administrator'),
    },
    fontFiles(register.resourcesDir),
  );
  return { pdf, fileName: 'lembar-pemulihan.pdf' };
}

/** The first active account of a role; a blank line to sign on where there is none. */
function signerOf(register: Register, role: Role): { name: string; nip: string | null } {
  const account = listAccounts(register.db).find((candidate) => candidate.role === role && candidate.active);
  return { name: account?.name ?? '', nip: account?.nip ?? null };
}

/** That it was printed is told, never what stands on it. */
function notePrint(register: Register, actor: ServiceActor & { id: string }, printedAt: string): number {
  return transaction(register.db, () => {
    const runId = actor.printRun ?? newId();
    insertRun(register.db, { id: runId, title: 'Lembar pemulihan', notedAt: printedAt, notedBy: actor.id });
    const printNo = insertPrint(register.db, {
      id: newId(),
      kind: 'lembar_pemulihan',
      subject: 'kantor',
      caseId: null,
      printedAt,
      printedBy: actor.id,
      runId,
    });
    appendEvent(register.db, {
      at: printedAt,
      actor: { id: actor.id, role: actor.role },
      type: 'lembar_pemulihan_dicetak',
      payload: { keterangan: `Cetakan ke-${printNo}` },
    });
    return printNo;
  });
}
