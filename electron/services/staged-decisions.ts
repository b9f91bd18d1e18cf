import type { StagedDecision } from '../../shared/contract/difference.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import type { Difference } from '../store/difference.ts';
import { appendEvent } from '../store/journal.ts';
import { findListRecord } from '../store/reference.ts';
import {
  findTurned,
  householdsOf,
  keepDecision,
  listDecisions,
  type TurnedRows,
  turnChanges,
  type Which,
  withdrawDecision,
} from '../store/staged-decisions.ts';
import { getStaged, refuseWhileBusy } from './difference.ts';
import { ownerOf } from './reference.ts';
import type { Register, ServiceActor } from './register.ts';

/** What was decided of a file while it waited; also of the version that came of it. */
export function stagedDecisions({ db }: Register, listId: string): StagedDecision[] {
  return listDecisions(db, listId);
}

/**
 * Accepts or refuses rows, and notes in the journal who did so with which. Answers how many stood otherwise before, and
 * by which decision they are turned back.
 *
 * @throws AppError `not_found`, `difference_busy`.
 */
export function decideStaged(
  register: Register,
  actor: ServiceActor,
  { id, accepted, which }: { id: string; accepted: boolean; which: Which },
): { changed: number; decision: number | null } {
  const difference = getStaged(register, id);
  refuseWhileBusy(register, id);
  const { db } = register;
  const at = instant(register.clock);
  return transaction(db, () => {
    const turned = turnChanges(db, id, accepted, which);
    if (turned.rows.length === 0) return { changed: 0, decision: null };
    const filter = 'filter' in which ? which.filter : null;
    const { rows, counts } = turned;
    const listId = difference.list.id;
    const by = ownerOf(actor);
    const decision = keepDecision(db, { listId, accepted, counts, filter, turned: rows, at, by });
    appendEvent(db, {
      at,
      actor,
      type: accepted ? 'perbedaan_acuan_diterima' : 'perbedaan_acuan_ditolak',
      payload: { ...decidedOf(register, difference, decision, turned), saringan: filter },
    });
    return { changed: rows.length, decision };
  });
}

/**
 * Turns back what a decision turned, where it still stands so. Answers how many rows that were, and what was left since
 * it was decided again: how many rows, by whom.
 *
 * @throws AppError `not_found`, also where it was taken back already; `difference_busy`; `decision_overtaken` where all
 * of it was decided again.
 */
export function takeBackStaged(
  register: Register,
  actor: ServiceActor,
  { id, decision }: { id: string; decision: number },
): { changed: number; left: { rows: number; byNames: string[] } } {
  const difference = getStaged(register, id);
  refuseWhileBusy(register, id);
  const { db } = register;
  const at = instant(register.clock);
  return transaction(db, () => {
    const made = findTurned(db, difference.list.id, decision);
    if (made === null) throw new AppError('not_found');
    const { overtaken } = made;
    if (made.turned.length === 0 && overtaken.rows.length > 0)
      throw new AppError('decision_overtaken', { by: overtaken.byNames.join(', ') });
    const turned = turnChanges(db, id, !made.accepted, { rows: made.turned });
    withdrawDecision(db, { listId: difference.list.id, decision }, { at, by: ownerOf(actor) });
    appendEvent(db, {
      at,
      actor,
      type: 'keputusan_acuan_diurungkan',
      payload: decidedOf(register, difference, decision, turned),
    });
    return { changed: turned.rows.length, left: { rows: overtaken.rows.length, byNames: overtaken.byNames } };
  });
}

/**
 * What the journal says of a decision: of which file beside which list, how many households, and which. It names
 * none by anything of a person's: see `householdsOf`.
 */
function decidedOf(
  { db }: Register,
  { list, baseList }: Difference,
  decision: number,
  turned: TurnedRows,
): Record<string, unknown> {
  const { earlier, added } = householdsOf(db, turned, list.id);
  return {
    keputusan: decision,
    daftar: list.id,
    sumber: list.source,
    nama: list.name,
    tanggal: list.listDate,
    sha256: findListRecord(db, list.id)?.fileHash,
    dibandingkanDengan: baseList.id,
    versi: baseList.version,
    jumlah: turned.counts,
    rumahTanggaLama: earlier,
    urutanBaruDiBerkas: added,
  };
}
