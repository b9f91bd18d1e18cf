import type { PaperBatch } from '../../shared/contract/paper-batch.ts';
import { addToBatch, findBatch, isBatchOpen } from '../store/paper-batch.ts';
import type { Register, ServiceActor } from './register.ts';

/** The stack that a draft belongs to, as the form shows it; null where it belongs to none. */
export function batchOfDraft(
  register: Register,
  actor: ServiceActor,
  batchId: string | null,
): PaperBatch | null {
  return batchId === null || !isBatchOpen(register.db, batchId)
    ? null
    : findBatch(register.db, batchId, actor.id ?? '');
}

/**
 * Puts a case that was just registered into its stack, in the caller's transaction.
 *
 * @returns facts for the event's payload.
 */
export function recordInBatch(
  register: Register,
  batchId: string | null,
  caseId: string,
): Record<string, unknown> {
  const batch = batchId === null ? null : findBatch(register.db, batchId, '');
  if (batch === null) return {};
  const position = addToBatch(register.db, batch.id, caseId);
  const { dated, source, officer } = batch.head;
  return {
    tumpukan: { id: batch.id, formulir: position, ...batch.head },
    keterangan: `Formulir kertas ke-${position}: ${source}, ${officer}, ${dated.split('-').toReversed().join('-')}`,
  };
}
