import { mostNames, strokeAtOnce, type UndoableStroke } from '../../shared/contract/identification.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { reading, transaction } from '../store/connection.ts';
import { findLastStroke, listStroke, markUndone, type Stroke } from '../store/identification-undo.ts';
import { undoSaid } from '../store/pair-verdict.ts';
import { takeStep } from './case-steps.ts';
import { lookAgainAt } from './not-same.ts';
import type { Register, ServiceActor } from './register.ts';

/** Ctrl+Z reaches back this far; what is older is revoked with a reason, on the case's own screen. */
const reach = 12 * 3_600_000;

/** What this person decided last and can still take back: nothing further has happened to its cases. */
export function undoableStroke(register: Register, actor: ServiceActor): UndoableStroke | null {
  return reading(register.db, () => {
    const last = lastStroke(register, actor);
    if (last === null) return null;
    const { count, decisions } = listStroke(register.db, { ...last, limit: mostNames });
    return {
      stroke: last.stroke,
      decidedAt: last.decidedAt,
      count,
      cases: decisions.map(({ caseId, number, headName }) => ({ caseId, number, headName })),
    };
  });
}

/**
 * Takes the last decision, or the last batch of them, back: each case returns to TERDAFTAR with an
 * event of its own, and its verdicts are offered again as they were given. One call takes back no more
 * than `strokeAtOnce`, so that nobody else waits long; `left` says how many are still to be taken back.
 *
 * @throws AppError `nothing_to_undo` where it is no longer the last, or its cases have gone on, and
 * what `takeStep` throws.
 */
export function undoStroke(
  register: Register,
  actor: ServiceActor,
  stroke: string,
): { caseIds: string[]; left: number } {
  return transaction(register.db, () => {
    const last = lastStroke(register, actor);
    if (last === null || last.stroke !== stroke) throw new AppError('nothing_to_undo');
    const { count, decisions } = listStroke(register.db, { ...last, limit: strokeAtOnce });
    for (const { caseId } of decisions) {
      takeStep(register, actor, {
        caseId,
        action: 'batalkan_identifikasi',
        reason: 'Diurungkan sesaat sesudah diputuskan.',
        payload: { diurungkan: stroke },
      });
    }
    markUndone(
      register.db,
      decisions.map(({ id }) => id),
    );
    // What a stroke of many confirms is sure: it neither says nor withdraws a "bukan".
    const fallen = undoSaid(register.db, stroke, { accountId: last.by, at: instant(register.clock) });
    lookAgainAt(register, fallen);
    return { caseIds: decisions.map(({ caseId }) => caseId), left: count - decisions.length };
  });
}

function lastStroke(register: Register, actor: ServiceActor): (Stroke & { by: string }) | null {
  if (actor.id === null) throw new AppError('not_logged_in');
  const since = new Date(register.clock.now().getTime() - reach).toISOString();
  const last = findLastStroke(register.db, actor.id, since);
  return last === null ? null : { ...last, by: actor.id };
}
