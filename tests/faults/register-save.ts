import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findCase } from '../../electron/store/cases.ts';
import type { ReadableDb } from '../../electron/store/connection.ts';
import { findDraft } from '../../electron/store/intake.ts';
import { listMergesOfCase } from '../../electron/store/merge.ts';
import { findVisitOfSheet } from '../../electron/store/verification.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';

/** What `register-child.ts` is told. */
export const ChildOrder = z.object({ key: z.string(), accountId: z.string(), from: z.number() });
export type ChildOrder = z.infer<typeof ChildOrder>;

/** A save of which the program said that it is done. */
export const Save = z.object({
  what: z.enum(['draft', 'case', 'visit', 'legalised', 'merged']),
  /** Of the draft, of the sheet that was typed in, or of the case. */
  id: z.string(),
  /** Of a draft or a visit, which goes on being typed; else 1. */
  version: z.number(),
  /** Hash of what was saved. */
  content: z.string(),
});
export type Save = z.infer<typeof Save>;

/** The save as it stands in a register; null where it does not. */
export function findSave(db: ReadableDb, { what, id }: Pick<Save, 'what' | 'id'>): Save | null {
  switch (what) {
    case 'draft': {
      const draft = findDraft(db, id);
      if (draft === null) return null;
      // What was typed lives on in the case that it became, and only there.
      const version = draft.version + (draft.caseId === null ? 0 : 1);
      return { what, id, version, content: hashOf(draft.body) };
    }
    case 'case': {
      const found = findCase(db, id);
      return found && { what, id, version: 1, content: hashOf(found.household) };
    }
    case 'visit': {
      const visit = findVisitOfSheet(db, id);
      if (visit === null) return null;
      // Finishing it is a save of its own, also where it changes no answer.
      const version = 2 * visit.version + (visit.state === 'selesai' ? 1 : 0);
      return { what, id, version, content: hashOf({ state: visit.state, entry: visit.entry }) };
    }
    case 'merged': {
      const merge = listMergesOfCase(db, id).find(({ absorbedId }) => absorbedId === id);
      const state = findCase(db, id)?.state ?? null;
      return merge === undefined
        ? null
        : { what, id, version: 1, content: hashOf({ keptId: merge.keptId, state }) };
    }
    case 'legalised': {
      const item = db.prepare('SELECT body FROM outbox WHERE case_id = ?').pluck().get(id);
      return typeof item === 'string' ? { what, id, version: 1, content: hashOf(JSON.parse(item)) } : null;
    }
  }
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
