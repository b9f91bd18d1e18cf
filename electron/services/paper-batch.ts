import type { PaperBatch, PaperBatchHead } from '../../shared/contract/paper-batch.ts';
import { emptyDraft } from '../../shared/domain/draft.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { findDraft, updateDraft } from '../store/intake.ts';
import { appendEvent } from '../store/journal.ts';
import { getOffice } from '../store/office.ts';
import {
  findBatch,
  findDraftOfBatch,
  insertBatch,
  isBatchOpen,
  listOpenBatches,
  setBatchFinished,
} from '../store/paper-batch.ts';
import { correctCase, insertNewDraft } from './intake.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/** Stacks of paper that somebody is typing in, one's own first. */
export function openBatches(register: Register, actor: ServiceActor): PaperBatch[] {
  return listOpenBatches(register.db, actor.id ?? '');
}

/**
 * Begins a stack: what its forms have in common is typed once, and stands with each of their cases.
 *
 * @throws AppError `outside_area`, `batch_undated` where its date has not come yet.
 */
export function openBatch(
  register: Register,
  actor: ServiceActor,
  head: PaperBatchHead,
): { batchId: string } {
  const openedBy = actor.id;
  if (openedBy === null) throw new AppError('not_logged_in');
  if (!liesIn(head.kelurahan, getOffice(register.db).area)) throw new AppError('outside_area');
  if (head.dated > today(register.clock)) throw new AppError('batch_undated');
  const id = newId();
  const openedAt = instant(register.clock);
  transaction(register.db, () => {
    insertBatch(register.db, { ...head, id, openedBy, openedAt });
    appendEvent(register.db, {
      at: openedAt,
      actor: { id: openedBy, role: actor.role },
      type: 'tumpukan_dibuka',
      payload: { tumpukan: id, ...head },
    });
  });
  return { batchId: id };
}

/**
 * The form to type next: the one that was begun, else a new one in the stack's RT and RW.
 *
 * @throws AppError `batch_finished`.
 */
export function nextOfBatch(register: Register, actor: ServiceActor, batchId: string): { draftId: string } {
  const owner = actor.id;
  if (owner === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const { head } = getOpenBatch(register, actor, batchId);
    const begun = findDraftOfBatch(register.db, batchId, owner);
    if (begun !== null) return { draftId: begun };
    const empty = emptyDraft(newId(), head.kelurahan);
    const draft = insertNewDraft(register, actor, {
      ...empty,
      address: { ...empty.address, rt: String(head.rt), rw: String(head.rw) },
      paperBatchId: batchId,
    });
    return { draftId: draft.id };
  });
}

/**
 * Opens the correction of a form typed before, so that it leads back to the stack.
 *
 * @throws AppError `batch_finished`, and what `correctCase` throws.
 */
export function amendInBatch(
  register: Register,
  actor: ServiceActor,
  { batchId, caseId }: { batchId: string; caseId: string },
): { draftId: string } {
  return transaction(register.db, () => {
    getOpenBatch(register, actor, batchId);
    const { id } = correctCase(register, actor, caseId);
    const draft = findDraft(register.db, id);
    if (draft !== null && draft.body.paperBatchId !== batchId)
      updateDraft(register.db, {
        id,
        version: draft.version,
        body: { ...draft.body, paperBatchId: batchId },
        updatedAt: draft.updatedAt,
      });
    return { draftId: id };
  });
}

/** @throws AppError `batch_finished`. */
export function finishBatch(register: Register, actor: ServiceActor, batchId: string): { count: number } {
  return transaction(register.db, () => {
    const { count } = getOpenBatch(register, actor, batchId);
    const at = instant(register.clock);
    setBatchFinished(register.db, batchId, at);
    appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: 'tumpukan_selesai',
      payload: { tumpukan: batchId, formulir: count },
    });
    return { count };
  });
}

function getOpenBatch(register: Register, actor: ServiceActor, batchId: string): PaperBatch {
  const batch = findBatch(register.db, batchId, actor.id ?? '');
  if (batch === null) throw new AppError('not_found');
  if (!isBatchOpen(register.db, batchId)) throw new AppError('batch_finished');
  return batch;
}
