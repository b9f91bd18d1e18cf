import { z } from 'zod';
import { DuplicateKind } from '../../shared/contract/duplicates.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface DuplicateVerdict {
  id: string;
  /** Where it was said: of a draft while it was typed, or of a case. */
  draftId: string | null;
  caseId: string | null;
  otherKind: DuplicateKind;
  /** Id of the case or draft; of a list `findHouseholdKey`. */
  otherId: string;
  /** What it was called when it was said. */
  otherLabel: string;
  reason: string;
  decidedBy: string;
  decidedByName: string;
  decidedAt: string;
}

const VerdictRow = z.object({
  id: z.string(),
  draft_id: z.string().nullable(),
  case_id: z.string().nullable(),
  other_kind: DuplicateKind,
  other_id: z.string(),
  other_label: z.string(),
  reason: z.string(),
  decided_by: z.string(),
  decided_by_name: z.string(),
  decided_at: z.string(),
});

export function insertVerdict(db: WritableDb, verdict: Omit<DuplicateVerdict, 'decidedByName'>): void {
  db.prepare(
    `INSERT INTO duplicate_verdict (id, draft_id, case_id, other_kind, other_id, other_label, reason, decided_by, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    verdict.id,
    verdict.draftId,
    verdict.caseId,
    verdict.otherKind,
    verdict.otherId,
    verdict.otherLabel,
    verdict.reason,
    verdict.decidedBy,
    verdict.decidedAt,
  );
}

export function deleteVerdict(db: WritableDb, draftId: string, verdictId: string): boolean {
  return (
    db.prepare('DELETE FROM duplicate_verdict WHERE id = ? AND draft_id = ?').run(verdictId, draftId)
      .changes === 1
  );
}

export function listVerdictsOfDraft(db: ReadableDb, draftId: string): DuplicateVerdict[] {
  return db.prepare(`${select} WHERE draft_id = ? ORDER BY decided_at`).all(draftId).map(rowToVerdict);
}

/** What was said of the case, or while it was still a draft. */
export function listVerdictsOfCase(db: ReadableDb, caseId: string): DuplicateVerdict[] {
  return db.prepare(selectOfCase).all({ caseId }).map(rowToVerdict);
}

/** What was said of two cases, whichever of them it was said of. */
export function listVerdictsOnCase(db: ReadableDb, caseId: string): DuplicateVerdict[] {
  return db
    .prepare(`${select} WHERE other_kind = 'berkas' AND other_id = ? ORDER BY decided_at`)
    .all(caseId)
    .map(rowToVerdict);
}

/** The case that a verdict was said of, also where it was said of its draft; null for an open draft. */
export function findCaseOfVerdict(db: ReadableDb, verdict: DuplicateVerdict): string | null {
  if (verdict.caseId !== null) return verdict.caseId;
  return z
    .string()
    .nullable()
    .parse(db.prepare('SELECT case_id FROM draft WHERE id = ?').pluck().get(verdict.draftId) ?? null);
}

export function deleteCaseVerdict(db: WritableDb, verdictId: string): boolean {
  return db.prepare('DELETE FROM duplicate_verdict WHERE id = ?').run(verdictId).changes === 1;
}

const select = `
  SELECT duplicate_verdict.*, account.name AS decided_by_name
  FROM duplicate_verdict JOIN account ON account.id = duplicate_verdict.decided_by`;

// Put together once, as it is asked for with every family.
const selectOfCase = `${select} WHERE duplicate_verdict.case_id = @caseId
  OR draft_id IN (SELECT id FROM draft WHERE case_id = @caseId) ORDER BY decided_at`;

function rowToVerdict(raw: unknown): DuplicateVerdict {
  const row = VerdictRow.parse(raw);
  return {
    id: row.id,
    draftId: row.draft_id,
    caseId: row.case_id,
    otherKind: row.other_kind,
    otherId: row.other_id,
    otherLabel: row.other_label,
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedByName: row.decided_by_name,
    decidedAt: row.decided_at,
  };
}
