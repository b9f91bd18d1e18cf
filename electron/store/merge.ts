import { z } from 'zod';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { Household } from '../../shared/domain/household.ts';
import { MergePlan } from '../../shared/domain/merge.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { SaidConsent } from './consent.ts';

export interface MergeRecord {
  id: string;
  keptId: string;
  absorbedId: string;
  absorbedState: CaseState;
  eventId: string;
  mergedBy: string;
  mergedByName: string;
  mergedAt: string;
  separatedAt: string | null;
}

/** What the event of a merge remembers: enough to give both cases back. */
export const MergeMemory = z.object({
  rencana: MergePlan,
  /** The kept case before and after; equal where nothing of it changed. */
  sebelum: Household,
  sesudah: Household,
  /** Id in the kept case of each member who joined, and the id where they came from. */
  bergabung: z.array(z.object({ id: z.string(), asal: z.string() })),
  /** The family's consent in the kept case before and after; absent where the merge left it as it was. */
  persetujuan: z.object({ sebelum: SaidConsent.nullable(), sesudah: SaidConsent }).optional(),
});
export type MergeMemory = z.infer<typeof MergeMemory>;

const Row = z.object({
  id: z.string(),
  kept_id: z.string(),
  absorbed_id: z.string(),
  absorbed_state: CaseState,
  event_id: z.string(),
  merged_by: z.string(),
  merged_by_name: z.string(),
  merged_at: z.string(),
  separated_at: z.string().nullable(),
});

export function insertMerge(db: WritableDb, merge: Omit<MergeRecord, 'mergedByName' | 'separatedAt'>): void {
  db.prepare(
    `INSERT INTO case_merge (id, kept_id, absorbed_id, absorbed_state, event_id, merged_by, merged_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    merge.id,
    merge.keptId,
    merge.absorbedId,
    merge.absorbedState,
    merge.eventId,
    merge.mergedBy,
    merge.mergedAt,
  );
}

const select = `
  SELECT case_merge.*, account.name AS merged_by_name
  FROM case_merge JOIN account ON account.id = case_merge.merged_by`;

/** A merge that holds, or null. */
export function findMerge(db: ReadableDb, id: string): MergeRecord | null {
  const raw = db.prepare(`${select} WHERE case_merge.id = ? AND separated_at IS NULL`).get(id);
  return raw === undefined ? null : rowToMerge(raw);
}

/** Merges that hold, into this case or of it into another; latest first. */
export function listMergesOfCase(db: ReadableDb, caseId: string): MergeRecord[] {
  return db
    .prepare(
      `${select} WHERE separated_at IS NULL AND (kept_id = @caseId OR absorbed_id = @caseId)
       ORDER BY merged_at DESC`,
    )
    .all({ caseId })
    .map(rowToMerge);
}

/** Number of the case that this one went into by merges that hold, the last of the chain; null where it went into none. */
export function findNumberItWentInto(db: ReadableDb, caseId: string): string | null {
  const number = db
    .prepare(
      `WITH RECURSIVE chain (id, depth) AS (
         SELECT ?, 0
         UNION ALL
         SELECT kept_id, depth + 1 FROM chain JOIN case_merge ON absorbed_id = chain.id AND separated_at IS NULL
       )
       SELECT number FROM chain JOIN case_file USING (id) WHERE depth > 0 ORDER BY depth DESC LIMIT 1`,
    )
    .pluck()
    .get(caseId);
  return z.string().nullish().parse(number) ?? null;
}

/** Every merge into this case, separated or not, as they were made. */
export function listMergesInto(db: ReadableDb, keptId: string): MergeRecord[] {
  return db
    .prepare(`${select} JOIN event ON event.id = case_merge.event_id WHERE kept_id = ? ORDER BY event.seq`)
    .all(keptId)
    .map(rowToMerge);
}

export function setSeparated(db: WritableDb, id: string, at: string): void {
  db.prepare('UPDATE case_merge SET separated_at = ? WHERE id = ?').run(at, id);
}

/** What the event remembers, or null once it was erased. */
export function findMergeMemory(db: ReadableDb, eventId: string): MergeMemory | null {
  const body = db.prepare('SELECT body FROM event_payload WHERE event_id = ?').pluck().get(eventId);
  return body === undefined ? null : MergeMemory.parse(JSON.parse(z.string().parse(body)));
}

function rowToMerge(raw: unknown): MergeRecord {
  const row = Row.parse(raw);
  return {
    id: row.id,
    keptId: row.kept_id,
    absorbedId: row.absorbed_id,
    absorbedState: row.absorbed_state,
    eventId: row.event_id,
    mergedBy: row.merged_by,
    mergedByName: row.merged_by_name,
    mergedAt: row.merged_at,
    separatedAt: row.separated_at,
  };
}
