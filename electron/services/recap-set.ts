import { periodNamed } from '../../shared/domain/period.ts';
import { AppError } from '../../shared/errors.ts';
import { joinPapers } from '../printing/join.ts';
import { listMuskel } from '../store/muskel.ts';
import {
  printAttendanceOf,
  printCoverOf,
  printMinutesOf,
  printMuskelRecapOf,
  printSptjmOf,
} from './muskel-papers.ts';
import { printRecapOf } from './recap.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * All that goes to the kecamatan for a period, as one PDF: the covering letter, then of each meeting
 * that is over its minutes, attendance and SPTJM, then both recaps. Each is issued as it would be
 * alone, with its own number, and counted as printed.
 *
 * @throws AppError `nothing_to_print` while no meeting of the period is over, and what each paper throws.
 */
export async function printRecapSetOf(
  register: Register,
  actor: ServiceActor,
  { periodId }: { periodId: string },
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const over = listMuskel(register.db)
    .filter((muskel) => muskel.periodId === periodId && muskel.state !== 'berlangsung')
    .toSorted((left, right) => left.no - right.no);
  if (over.length === 0) throw new AppError('nothing_to_print');
  const papers: Uint8Array[] = [];
  // One after the other: the SPTJM names the number of the minutes.
  for (const { id: muskelId } of over)
    for (const print of [printMinutesOf, printAttendanceOf, printSptjmOf])
      papers.push((await print(register, actor, { muskelId })).pdf);
  for (const print of [printMuskelRecapOf, printRecapOf])
    papers.push((await print(register, actor, { periodId })).pdf);
  // Last, because it names what was issued; first, because it is read first.
  const cover = await printCoverOf(register, actor, { periodId });
  const { name } = periodNamed(periodId, currentSettings(register).periodMonths);
  return {
    pdf: await joinPapers(`Set rekap ${name}`, [cover.pdf, ...papers]),
    fileName: `set-rekap-${periodId}.pdf`,
  };
}
