import type { PrintCover } from '../../shared/contract/ledger.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printCoverList } from '../printing/cover-list.ts';
import { listCoverSheets } from '../store/ledger.ts';
import { letterheadOf } from './letterhead.ts';
import { notePrint } from './prints.ts';
import { paperOf } from './printer.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * The cover of a stack: its sheets in walking order, and for each family a receipt to tear off.
 *
 * @throws AppError `nothing_to_print` where none of the sheets is good.
 */
export async function printCoverOfStack(
  register: Register,
  actor: ServiceActor,
  input: PrintCover,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const sheets = listCoverSheets(register.db, input.sheetIds);
  const [first] = sheets;
  if (first === undefined) throw new AppError('nothing_to_print');
  const { teamName, signingPlace, officePhone } = currentSettings(register);
  const printedAt = instant(register.clock);
  const printNo = notePrint(register, actor, {
    kind: 'daftar_sampul',
    subject: first.enumerator,
    caseId: null,
    printedAt,
    title: `Daftar sampul ${first.enumerator}`,
  });
  const pdf = await printCoverList(
    {
      letterhead: letterheadOf(register),
      frame: { number: 'Daftar sampul', printNo, printedAt, training: register.training },
      paper: paperOf(register),
      enumerator: first.enumerator,
      teamName,
      place: signingPlace,
      officePhone,
      sheets,
    },
    fontFiles(register.resourcesDir),
  );
  return { pdf, fileName: 'daftar-sampul.pdf' };
}
