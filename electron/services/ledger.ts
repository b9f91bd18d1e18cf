import { type LedgerEntry, sheetStateLabel } from '../../shared/contract/ledger.ts';
import type { SheetState } from '../../shared/contract/verification.ts';
import { displaySheetCode } from '../../shared/domain/sheet-code.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { getContent } from '../store/attachments.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import {
  countLedger,
  findScan,
  getLedgerEntry,
  handOutSheet,
  listLedger,
  moveSheet,
  setScan,
} from '../store/ledger.ts';
import { findSheet, type SheetRecord } from '../store/verification.ts';
import { keepContent, readFile } from './attachments.ts';
import { noteOpening } from './document-opening.ts';
import type { Register, ServiceActor } from './register.ts';

/**
 * The ledger of sheets: printed → out, with whom → returned → typed in → image kept. Each turn is an
 * event of the case; a sheet that was printed again is void and goes no further.
 */
export function ledgerOf(
  register: Register,
  page: { state: SheetState | null; offset: number; limit: number },
): { total: number; rows: LedgerEntry[] } {
  return listLedger(register.db, page);
}

export function ledgerCounts(register: Register): Record<SheetState, number> {
  return countLedger(register.db);
}

/**
 * Notes who takes sheets out. All of them or none.
 *
 * @throws AppError `sheet_unknown`, `sheet_not_here` where one is out, typed in or void.
 */
export function handOut(
  register: Register,
  actor: ServiceActor,
  input: { sheetIds: readonly string[]; enumerator: string },
): void {
  transaction(register.db, () => {
    for (const sheetId of new Set(input.sheetIds)) {
      const sheet = getSheet(register, sheetId);
      if (sheet.state !== 'dicetak' && sheet.state !== 'kembali')
        throw new AppError('sheet_not_here', {
          code: displaySheetCode(sheet.code),
          state: sheetStateLabel[sheet.state].toLowerCase(),
        });
      handOutSheet(register.db, sheet.id, input.enumerator, instant(register.clock));
      note(register, actor, sheet, 'lembar_keluar', `dibawa ${input.enumerator}`);
    }
  });
}

/**
 * Notes that a sheet came back; one that was never noted as out may come back too.
 *
 * @throws AppError `sheet_back_already`.
 */
export function takeBack(register: Register, actor: ServiceActor, sheet: SheetRecord): LedgerEntry {
  if (sheet.state !== 'dicetak' && sheet.state !== 'keluar')
    throw new AppError('sheet_back_already', { code: displaySheetCode(sheet.code) });
  transaction(register.db, () => noteReturn(register, actor, sheet));
  return getLedgerEntry(register.db, sheet.id);
}

/** The same within the caller's transaction, for who has the sheet in hand already. */
export function noteReturn(register: Register, actor: ServiceActor, sheet: SheetRecord): void {
  moveSheet(register.db, sheet.id, 'kembali', instant(register.clock));
  note(register, actor, sheet, 'lembar_kembali', `dari ${sheet.enumerator}`);
}

/**
 * Keeps the image of a sheet that was typed in, encrypted in the register.
 *
 * @throws AppError `sheet_unknown`, `sheet_not_entered`, and what `readFile` throws.
 */
export function attachScan(
  register: Register,
  actor: ServiceActor,
  input: { sheetId: string; content: Buffer },
): LedgerEntry {
  const sheet = getSheet(register, input.sheetId);
  if (sheet.state !== 'dientri' && sheet.state !== 'dipindai')
    throw new AppError('sheet_not_entered', { code: displaySheetCode(sheet.code) });
  const { content } = input;
  const read = readFile(input);
  const at = instant(register.clock);
  transaction(register.db, () => {
    const hash = keepContent(register, content, read);
    setScan(register.db, sheet.id, hash, at);
    note(register, actor, sheet, 'lembar_dipindai', 'gambar disimpan');
  });
  return getLedgerEntry(register.db, sheet.id);
}

/** The image of a sheet; the journal notes who opened it, once it is read. @throws AppError `not_found` where none was kept. */
export function openScan(
  register: Register,
  actor: ServiceActor,
  sheetId: string,
): { mediaType: string; content: Buffer } {
  const hash = findScan(register.db, sheetId);
  if (hash === null) throw new AppError('not_found');
  const { id, caseId, code } = getSheet(register, sheetId);
  const file = getContent(register.db, hash);
  noteOpening(register, actor, { caseId, id, title: `Lembar ${displaySheetCode(code)}` });
  return file;
}

function getSheet(register: Register, sheetId: string): SheetRecord {
  const sheet = findSheet(register.db, sheetId);
  if (sheet === null) throw new AppError('sheet_unknown', { code: sheetId });
  return sheet;
}

function note(
  register: Register,
  actor: ServiceActor,
  sheet: SheetRecord,
  type: 'lembar_keluar' | 'lembar_kembali' | 'lembar_dipindai',
  what: string,
): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type,
    caseId: sheet.caseId,
    payload: {
      keterangan: `Lembar ${displaySheetCode(sheet.code)}, ${what}`,
      lembar: sheet.id,
    },
  });
}
