import { headOf } from '../../shared/domain/household.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printReceipt } from '../printing/receipt.ts';
import { findAccount } from '../store/accounts.ts';
import { getCase } from './case-steps.ts';
import { letterheadOf } from './letterhead.ts';
import { notePrint } from './prints.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * Prints the receipt (tanda terima) of a case and notes the print in the ledger and the history.
 *
 * @throws AppError `not_found`.
 */
export async function printReceiptOf(
  register: Register,
  actor: ServiceActor,
  caseId: string,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const current = getCase(register, caseId);
  const head = headOf(current.household);
  if (head === null) throw new AppError('not_found');
  const printedAt = instant(register.clock);
  const printNo = notePrint(register, actor, {
    kind: 'tanda_terima',
    subject: caseId,
    caseId,
    printedAt,
    title: 'Tanda terima',
  });
  const clerk = findAccount(register.db, current.registeredBy);
  const { address, families, members } = current.household;
  const pdf = await printReceipt(
    {
      letterhead: letterheadOf(register),
      frame: { number: current.number, printNo, printedAt, training: register.training },
      paper: currentSettings(register).paper,
      registeredAt: current.registeredAt,
      mode: current.mode,
      head: head.name,
      kk: families.find((family) => family.no === head.familyNo)?.kk ?? null,
      nik: head.nik,
      street: address.street,
      rt: address.rt,
      rw: address.rw,
      kelurahan: register.areas.find(address.kelurahan)?.name ?? '',
      members: members.length,
      place: currentSettings(register).signingPlace,
      clerk: { name: clerk?.name ?? '', nip: clerk?.nip ?? null },
    },
    fontFiles(register.resourcesDir),
  );
  return { pdf, fileName: `tanda-terima-${current.number.replaceAll(/[^\w-]+/g, '-')}.pdf` };
}
