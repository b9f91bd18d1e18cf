import type { PrintRecap, Recap } from '../../shared/contract/recap.ts';
import { type Period, periodNamed } from '../../shared/domain/period.ts';
import { instant } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printRecap } from '../printing/recap.ts';
import { findAccount, listAccounts } from '../store/accounts.ts';
import { countRecapCells } from '../store/recap.ts';
import { letterheadOf } from './letterhead.ts';
import { knownPeriods } from './periods.ts';
import { notePrint } from './prints.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** Periods that hold a case, and the current one; newest first. */
export function recapPeriods(register: Register): Period[] {
  return knownPeriods(register);
}

export function recapOf(register: Register, periodId: string): Recap {
  const cells = countRecapCells(register.db, periodId);
  const codes = new Set(cells.map((cell) => cell.kelurahan));
  return {
    period: periodNamed(periodId, currentSettings(register).periodMonths),
    cells,
    kelurahan: Object.fromEntries([...codes].map((code) => [code, register.areas.find(code)?.name ?? code])),
  };
}

/** Prints the recap of a period as it stands now; each print is counted and recorded. */
export async function printRecapOf(
  register: Register,
  actor: ServiceActor,
  { periodId }: PrintRecap,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const { period, cells, kelurahan } = recapOf(register, periodId);
  const printedAt = instant(register.clock);
  const title = `Rekapitulasi ${period.name}`;
  const printNo = notePrint(register, actor, {
    kind: 'rekapitulasi',
    subject: periodId,
    caseId: null,
    printedAt,
    title,
  });
  const preparer = actor.id === null ? null : findAccount(register.db, actor.id);
  const lurah = listAccounts(register.db).find((account) => account.role === 'lurah' && account.active);
  const pdf = await printRecap(
    {
      letterhead: letterheadOf(register),
      frame: { number: title, printNo, printedAt, training: register.training },
      paper: currentSettings(register).paper,
      period,
      cells,
      kelurahan: new Map(Object.entries(kelurahan)),
      place: currentSettings(register).signingPlace,
      preparedBy: { role: 'Yang membuat,', name: preparer?.name ?? '', nip: preparer?.nip ?? null },
      head: { role: 'Mengetahui, Lurah', name: lurah?.name ?? '', nip: lurah?.nip ?? null },
    },
    fontFiles(register.resourcesDir),
  );
  return { pdf, fileName: `rekapitulasi-${periodId}.pdf` };
}
