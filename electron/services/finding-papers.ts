import type { PrintFindings } from '../../shared/contract/finding.ts';
import { findingRules } from '../../shared/domain/finding.ts';
import { instant } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printFindingRecap } from '../printing/finding-recap.ts';
import { findAccount, listAccounts } from '../store/accounts.ts';
import { countFindings, listFindings, totalOfFindings } from '../store/finding.ts';
import { countsOf, toRow } from './finding.ts';
import { scanAll } from './finding-scan.ts';
import { letterheadOf } from './letterhead.ts';
import { notePrint } from './prints.ts';
import { paperOf } from './printer.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

/** On paper so many open findings are told one by one; the counts hold all, and the paper says so. */
const mostOnPaper = 1000;

/** The recap of findings on paper: counts of each kind, then the open ones with their remedy. No NIK on it. */
export async function printFindingsOf(
  register: Register,
  actor: ServiceActor,
  filter: PrintFindings,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  await scanAll(register);
  const printedAt = instant(register.clock);
  const title = titleOfFindings(filter);
  const subject = [filter.kind ?? 'semua', filter.rw ?? 'semua'].join(' ');
  const printNo = notePrint(register, actor, {
    kind: 'rekap_temuan',
    subject,
    caseId: null,
    printedAt,
    title,
  });
  const shown = { ...filter, state: 'terbuka' as const };
  const rows = listFindings(register.db, shown, { offset: 0, limit: mostOnPaper });
  const preparer = actor.id === null ? null : findAccount(register.db, actor.id);
  const lurah = listAccounts(register.db).find((account) => account.role === 'lurah' && account.active);
  const tallies = countFindings(register.db);
  const counts = countsOf(register, tallies, filter.rw).filter(
    ({ kind }) => filter.kind === undefined || kind === filter.kind,
  );
  const pdf = await printFindingRecap(
    {
      letterhead: letterheadOf(register),
      frame: { number: title, printNo, printedAt, training: register.training },
      paper: paperOf(register),
      scope: title,
      counts,
      rows: rows.map((row) => toRow(register, row)),
      left: totalOfFindings(tallies, shown) - rows.length,
      place: currentSettings(register).signingPlace,
      preparedBy: { role: 'Yang membuat,', name: preparer?.name ?? '', nip: preparer?.nip ?? null },
      head: { role: 'Mengetahui, Lurah', name: lurah?.name ?? '', nip: lurah?.nip ?? null },
    },
    fontFiles(register.resourcesDir),
  );
  return { pdf, fileName: 'rekap-temuan.pdf' };
}

export function titleOfFindings({ kind, rw }: PrintFindings): string {
  const what = kind === undefined ? 'Temuan pemadanan' : `Temuan: ${findingRules[kind].label}`;
  return rw === undefined ? what : `${what}, RW ${threeDigits(rw)}`;
}
