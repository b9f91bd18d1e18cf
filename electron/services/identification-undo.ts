import type { UndoableStroke } from '../../shared/contract/identification.ts';
import { headOf } from '../../shared/domain/household.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { findLastStroke, markUndone, type Stroke } from '../store/identification-undo.ts';
import { undoNotSame } from '../store/not-same.ts';
import { getCase, takeStep } from './case-steps.ts';
import type { Register, ServiceActor } from './register.ts';

/** Ctrl+Z reaches back this far; what is older is revoked with a reason, on the case's own screen. */
const reach = 12 * 3_600_000;

/** What this person decided last and can still take back: nothing further has happened to its cases. */
export function undoableStroke(register: Register, actor: ServiceActor): UndoableStroke | null {
  const last = lastStroke(register, actor);
  if (last === null) return null;
  return {
    stroke: last.stroke,
    decidedAt: last.decidedAt,
    cases: last.caseIds.map((caseId) => ({
      caseId,
      headName: headOf(getCase(register, caseId).household)?.name ?? '',
    })),
  };
}

/**
 * Takes the last decision, or the last batch of them, back: each case returns to TERDAFTAR with an
 * event of its own, and its verdicts are offered again as they were given.
 *
 * @throws AppError `nothing_to_undo` where it is no longer the last, or its cases have gone on, and
 * what `takeStep` throws.
 */
export function undoStroke(register: Register, actor: ServiceActor, stroke: string): { caseIds: string[] } {
  return transaction(register.db, () => {
    if (actor.id === null) throw new AppError('not_logged_in');
    const last = lastStroke(register, actor);
    if (last === null || last.stroke !== stroke) throw new AppError('nothing_to_undo');
    for (const caseId of last.caseIds) {
      takeStep(register, actor, {
        caseId,
        action: 'batalkan_identifikasi',
        reason: 'Diurungkan sesaat sesudah diputuskan.',
        payload: { diurungkan: stroke },
      });
    }
    markUndone(register.db, stroke);
    undoNotSame(register.db, stroke, { accountId: actor.id, at: instant(register.clock) });
    return { caseIds: last.caseIds };
  });
}

function lastStroke(register: Register, actor: ServiceActor): Stroke | null {
  if (actor.id === null) throw new AppError('not_logged_in');
  const since = new Date(register.clock.now().getTime() - reach).toISOString();
  return findLastStroke(register.db, actor.id, since);
}
