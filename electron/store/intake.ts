import { z } from 'zod';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { deleteDraftKeys, writeDraftKeys } from './matching.ts';

export interface DraftRecord {
  id: string;
  ownerId: string;
  ownerName: string;
  body: DraftHousehold;
  version: number;
  createdAt: string;
  updatedAt: string;
  discardedAt: string | null;
  /** The case it became, or the case that it corrected. */
  caseId: string | null;
}

const DraftRow = z.object({
  id: z.string(),
  owner_id: z.string(),
  owner_name: z.string(),
  body: z.string(),
  version: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
  discarded_at: z.string().nullable(),
  case_id: z.string().nullable(),
});

const columns = 'draft.*, account.name AS owner_name FROM draft JOIN account ON account.id = draft.owner_id';
const open = 'discarded_at IS NULL AND case_id IS NULL';
/** Somebody typed in it, or hung a file on it; an opened form alone is nothing to come back to. */
const touched = `(draft.version > 1 OR body ->> '$.forkOf' IS NOT NULL OR EXISTS (SELECT 1 FROM attachment_link WHERE attachment_link.draft_id = draft.id))`;

export function insertDraft(
  db: WritableDb,
  draft: Omit<DraftRecord, 'ownerName' | 'discardedAt' | 'caseId'>,
): void {
  db.prepare(
    'INSERT INTO draft (id, owner_id, body, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(draft.id, draft.ownerId, JSON.stringify(draft.body), draft.version, draft.createdAt, draft.updatedAt);
  writeDraftKeys(db, draft.id, draft.body);
}

export function findDraft(db: ReadableDb, id: string): DraftRecord | null {
  const row = db.prepare(`SELECT ${columns} WHERE draft.id = ?`).get(id);
  return row === undefined ? null : rowToDraft(row);
}

/** Drafts that are still being typed, last touched first. */
export function listOpenDrafts(db: ReadableDb): DraftRecord[] {
  return db
    .prepare(`SELECT ${columns} WHERE ${open} AND ${touched} ORDER BY updated_at DESC, draft.id`)
    .all()
    .map(rowToDraft);
}

/** What is typed in drafts that are open: some after this one, in the order of their ids. */
export function listOpenDraftBodies(
  db: ReadableDb,
  after: string,
  most: number,
): Pick<DraftRecord, 'id' | 'body'>[] {
  return db
    .prepare(`SELECT ${columns} WHERE ${open} AND draft.id > ? ORDER BY draft.id LIMIT ?`)
    .all(after, most)
    .map(rowToDraft);
}

export function countDrafts(db: ReadableDb): number {
  return z
    .object({ n: z.number() })
    .parse(db.prepare(`SELECT count(*) AS n FROM draft WHERE ${open} AND ${touched}`).get()).n;
}

/** Since when the longest waiting draft waits. */
export function oldestDraft(db: ReadableDb): string | null {
  return z
    .string()
    .nullable()
    .parse(db.prepare(`SELECT min(created_at) FROM draft WHERE ${open} AND ${touched}`).pluck().get());
}

/** The correction of this case that somebody has begun, if any. */
export function findOpenCorrection(db: ReadableDb, caseId: string): DraftRecord | null {
  const row = db
    .prepare(
      `SELECT ${columns} WHERE ${open} AND body ->> '$.corrects.caseId' = ? AND body ->> '$.forkOf' IS NULL LIMIT 1`,
    )
    .get(caseId);
  return row === undefined ? null : rowToDraft(row);
}

/** Forms that were opened before `before` and never typed in. */
export function deleteUntouchedDrafts(db: WritableDb, before: string): void {
  const rows = db
    .prepare(
      `SELECT id FROM draft WHERE ${open} AND NOT ${touched} AND updated_at < ?
         AND NOT EXISTS (SELECT 1 FROM duplicate_verdict WHERE duplicate_verdict.draft_id = draft.id)`,
    )
    .all(before);
  for (const { id } of z.array(z.object({ id: z.string() })).parse(rows)) {
    deleteDraftKeys(db, id);
    db.prepare('DELETE FROM draft WHERE id = ?').run(id);
  }
}

/** Replaces the body if nobody else saved since `version`; says whether it did. */
export function updateDraft(
  db: WritableDb,
  draft: { id: string; version: number; body: DraftHousehold; updatedAt: string },
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE draft SET body = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ? AND ${open}`,
    )
    .run(JSON.stringify(draft.body), draft.updatedAt, draft.id, draft.version);
  if (changes === 1) writeDraftKeys(db, draft.id, draft.body);
  return changes === 1;
}

/** A draft that was handed over stands among the new owner's. */
export function setDraftOwner(db: WritableDb, id: string, ownerId: string): void {
  db.prepare('UPDATE draft SET owner_id = ? WHERE id = ?').run(ownerId, id);
}

export function setDraftDiscarded(db: WritableDb, id: string, discardedAt: string | null): void {
  db.prepare('UPDATE draft SET discarded_at = ? WHERE id = ? AND case_id IS NULL').run(discardedAt, id);
  const draft = findDraft(db, id);
  if (discardedAt === null && draft !== null) writeDraftKeys(db, id, draft.body);
  else deleteDraftKeys(db, id);
}

/** The draft has become a case: what was typed lives on there, and only there. */
export function setDraftRegistered(db: WritableDb, id: string, caseId: string, at: string): void {
  db.prepare(`UPDATE draft SET case_id = ?, body = '{}', updated_at = ? WHERE id = ?`).run(caseId, at, id);
  deleteDraftKeys(db, id);
}

/** Empties drafts that were thrown away before `before`; their undo is over. Returns their ids. */
export function emptyDiscardedDrafts(db: WritableDb, before: string): string[] {
  const rows = db
    .prepare(`UPDATE draft SET body = '{}' WHERE discarded_at < ? AND body <> '{}' RETURNING id`)
    .all(before);
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

/** Of a correction, the grounds of a passive registration; the household goes by `replaceHousehold`. */
export function replacePassiveGrounds(db: WritableDb, caseId: string, passive: unknown): void {
  db.prepare(`UPDATE case_file SET passive = ? WHERE id = ? AND mode = 'pasif'`).run(
    JSON.stringify(passive),
    caseId,
  );
}

const AddressRow = z.object({
  street: z.string(),
  rt: z.coerce.string(),
  rw: z.coerce.string(),
  kelurahan: z.string(),
});

/** The address this account typed last, in a case or in another draft. */
export function findLastAddress(
  db: ReadableDb,
  accountId: string,
  exceptDraft: string,
): z.infer<typeof AddressRow> | null {
  const row = db
    .prepare(
      `SELECT street, rt, rw, kelurahan FROM (
         SELECT street, rt, rw, kelurahan, registered_at AS at FROM case_file WHERE registered_by = @accountId
         UNION ALL
         SELECT body ->> '$.address.street', body ->> '$.address.rt', body ->> '$.address.rw', body ->> '$.address.kelurahan', updated_at
         FROM draft WHERE owner_id = @accountId AND id <> @exceptDraft AND ${open}
       ) WHERE street <> '' ORDER BY at DESC LIMIT 1`,
    )
    .get({ accountId, exceptDraft });
  return row === undefined ? null : AddressRow.parse(row);
}

function rowToDraft(raw: unknown): DraftRecord {
  const row = DraftRow.parse(raw);
  return {
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    body: DraftHousehold.parse(JSON.parse(row.body)),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    discardedAt: row.discarded_at,
    caseId: row.case_id,
  };
}
