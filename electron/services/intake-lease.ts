import type { DraftLease } from '../../shared/contract/intake.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { setDraftOwner } from '../store/intake.ts';
import { appendEvent } from '../store/journal.ts';
import { deleteLease, findLease, writeLease } from '../store/lease.ts';
import { getOpenDraft } from './intake-drafts.ts';
import type { Register, ServiceActor } from './register.ts';

/** A form that nobody types in and no screen holds open for so long is free again. */
const leaseMinutes = 5;

/** Who types in a draft right now, where it is not the person asking. */
export function leaseOfOther(register: Register, actor: ServiceActor, draftId: string): DraftLease | null {
  const lease = findLease(register.db, draftId);
  if (lease === null || lease.holderId === actor.id) return null;
  const age = register.clock.now().getTime() - Date.parse(lease.renewedAt);
  return age > leaseMinutes * 60_000 ? null : { by: lease.holderName, since: lease.since };
}

/**
 * Takes a draft for typing, or keeps it.
 *
 * @throws AppError `draft_gone`, `draft_leased` while a colleague types in it.
 */
export function holdDraft(register: Register, actor: ServiceActor, draftId: string): void {
  if (actor.id === null) throw new AppError('not_logged_in');
  getOpenDraft(register, draftId);
  refuseLeased(register, actor, draftId);
  writeLease(register.db, draftId, actor.id, instant(register.clock));
}

/** @throws AppError `draft_leased` while a colleague types in it. */
export function refuseLeased(register: Register, actor: ServiceActor, draftId: string): void {
  const other = leaseOfOther(register, actor, draftId);
  if (other !== null) throw new AppError('draft_leased', { by: other.by });
}

/** Leaves a draft to whoever comes next. */
export function releaseDraft(register: Register, actor: ServiceActor, draftId: string): void {
  if (actor.id !== null) deleteLease(register.db, draftId, actor.id);
}

/**
 * Takes a draft over from whoever types in it. What they have not saved yet is saved by their own
 * screen as a branch (`forkDraft`), so nothing they typed is lost; the journal says who took what.
 *
 * @throws AppError `reason_needed`, `draft_gone`.
 */
export function takeOverDraft(
  register: Register,
  actor: ServiceActor,
  { draftId, reason }: { draftId: string; reason: string },
): void {
  if (actor.id === null) throw new AppError('not_logged_in');
  if (reason.trim() === '') throw new AppError('reason_needed');
  const takerId = actor.id;
  transaction(register.db, () => {
    getOpenDraft(register, draftId);
    const before = findLease(register.db, draftId);
    const at = instant(register.clock);
    writeLease(register.db, draftId, takerId, at);
    setDraftOwner(register.db, draftId, takerId);
    appendEvent(register.db, {
      at,
      actor: { id: takerId, role: actor.role },
      type: 'draf_diambil_alih',
      payload: { draf: draftId, dari: before?.holderName ?? null, alasan: reason.trim() },
    });
  });
}
