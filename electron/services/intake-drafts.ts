import { AppError } from '../../shared/errors.ts';
import { type DraftRecord, findDraft } from '../store/intake.ts';
import type { Register } from './register.ts';

/** @throws AppError `draft_gone`. */
export function getOpenDraft(register: Register, draftId: string): DraftRecord {
  const draft = findDraft(register.db, draftId);
  if (draft === null || draft.discardedAt !== null || draft.caseId !== null) throw new AppError('draft_gone');
  return draft;
}
