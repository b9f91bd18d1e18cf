import type { PrintRecap, Recap } from '../../shared/contract/recap.ts';
import { type Period, periodNamed } from '../../shared/domain/period.ts';
import { rekapitulasi } from '../printing/kept-recap.ts';
import { findAccount } from '../store/accounts.ts';
import { findPeriod } from '../store/periods.ts';
import { countRecapCells } from '../store/recap.ts';
import { issueDocument } from './documents.ts';
import { lurahSigner, paperBaseOf } from './letterhead.ts';
import { knownPeriods } from './periods.ts';
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

/** Prints the recap of a period: as it stands now, or as it was closed. */
export async function printRecapOf(
  register: Register,
  actor: ServiceActor,
  { periodId }: PrintRecap,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const { period, cells, kelurahan } = recapOf(register, periodId);
  const title = `Rekapitulasi ${period.name}`;
  const preparer = actor.id === null ? null : findAccount(register.db, actor.id);
  const lurah = lurahSigner(register);
  return issueDocument(register, actor, {
    paper: rekapitulasi,
    subject: periodId,
    periodId,
    title,
    fileName: `rekapitulasi-${periodId}.pdf`,
    number: title,
    compose: () => ({
      ...paperBaseOf(register),
      period,
      cells: findPeriod(register.db, periodId)?.closed?.closing.cells ?? cells,
      kelurahan,
      preparedBy: { role: 'Yang membuat,', name: preparer?.name ?? null, nip: preparer?.nip ?? null },
      head: { ...lurah, role: `Mengetahui, ${lurah.role}` },
    }),
  });
}
