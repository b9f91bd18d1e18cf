import { today } from '../../electron/clock.ts';
import { decideIdentification } from '../../electron/services/identification.ts';
import type { Register, ServiceActor } from '../../electron/services/register.ts';
import { finishVisit, openSheet, saveVisit } from '../../electron/services/verification.ts';
import { noteSheets } from '../../electron/services/verification-print.ts';
import { findCaseVersion } from '../../electron/store/cases.ts';
import { findNewestSheet } from '../../electron/store/verification.ts';
import { fullEntry } from '../integration/visits.ts';

/** The officer finds the family in no list, and says why that is the result. */
export function identify(register: Register, officer: ServiceActor, caseId: string): void {
  decideIdentification(register, officer, {
    caseId,
    version: findCaseVersion(register.db, caseId) ?? 0,
    pairs: [],
    result: 'baru',
    overrideReason: 'Belum ada daftar acuan',
  });
}

/**
 * The form of a case in the target list is printed, comes back and is typed in, with an answer to every question.
 *
 * @param saved called with the sheet's id after each save
 */
export function visitFamily(
  register: Register,
  officer: ServiceActor,
  caseId: string,
  saved: (sheetId: string) => void = () => {},
): void {
  noteSheets(register, officer, { caseIds: [caseId], enumerator: 'Rina', paper: 'F4' });
  const sheet = openSheet(register, findNewestSheet(register.db, caseId)?.code ?? '');
  const { sheetId } = sheet;
  const entry = fullEntry(sheet, today(register.clock));
  const { version } = saveVisit(register, officer, { sheetId, version: sheet.version, entry });
  saved(sheetId);
  finishVisit(register, officer, { sheetId, version });
  saved(sheetId);
}
