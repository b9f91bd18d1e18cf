import { z } from 'zod';
import { type AttachmentInfo, AttachmentSlot, AttachmentType } from '../../shared/contract/attachments.ts';
import type { ImageFacts } from '../../shared/domain/image-facts.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const InfoRow = z.object({
  id: z.string(),
  name: z.string(),
  slot: AttachmentSlot,
  media_type: AttachmentType,
  size: z.number(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  taken_at: z.string().nullable(),
  added_at: z.string(),
  added_by_name: z.string(),
});

const infoColumns = `link.id, link.name, link.slot, attachment.media_type, attachment.size, attachment.latitude, attachment.longitude, attachment.taken_at, link.added_at, account.name AS added_by_name
  FROM attachment_link AS link JOIN attachment ON attachment.hash = link.hash JOIN account ON account.id = link.added_by`;

export interface NewAttachment {
  /** SHA-256 of the content, hex: the same file is kept once. */
  hash: string;
  mediaType: AttachmentType;
  content: Buffer;
  facts: Pick<ImageFacts, 'position' | 'takenAt'> | null;
  createdAt: string;
}

/** A content that is kept already and is not what its hash names any more is replaced by this one. */
export function insertAttachment(db: WritableDb, attachment: NewAttachment): void {
  db.prepare(
    `INSERT INTO attachment (hash, media_type, size, content, latitude, longitude, taken_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET content = excluded.content, size = excluded.size WHERE content <> excluded.content`,
  ).run(
    attachment.hash,
    attachment.mediaType,
    attachment.content.length,
    attachment.content,
    attachment.facts?.position?.latitude ?? null,
    attachment.facts?.position?.longitude ?? null,
    attachment.facts?.takenAt ?? null,
    attachment.createdAt,
  );
}

export interface NewLink {
  id: string;
  hash: string;
  draftId: string | null;
  caseId: string | null;
  slot: AttachmentSlot;
  name: string;
  addedBy: string;
  addedAt: string;
}

export function insertLink(db: WritableDb, link: NewLink): void {
  db.prepare(
    'INSERT INTO attachment_link (id, hash, draft_id, case_id, slot, name, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(link.id, link.hash, link.draftId, link.caseId, link.slot, link.name, link.addedBy, link.addedAt);
}

export function listAttachmentsOfCase(db: ReadableDb, caseId: string): AttachmentInfo[] {
  return db
    .prepare(`SELECT ${infoColumns} WHERE link.case_id = ? ORDER BY link.added_at, link.id`)
    .all(caseId)
    .map(rowToInfo);
}

/** Files added in this draft; those of the case that it corrects hang on the case. */
export function listAttachmentsOfDraft(db: ReadableDb, draftId: string): AttachmentInfo[] {
  return db
    .prepare(
      `SELECT ${infoColumns} WHERE link.draft_id = ? AND link.case_id IS NULL ORDER BY link.added_at, link.id`,
    )
    .all(draftId)
    .map(rowToInfo);
}

/** Files that came with a correction typed in this draft, also once they hang on the case. */
export function listAttachmentsOfCorrection(db: ReadableDb, draftId: string): AttachmentInfo[] {
  return db
    .prepare(`SELECT ${infoColumns} WHERE link.draft_id = ? ORDER BY link.added_at, link.id`)
    .all(draftId)
    .map(rowToInfo);
}

const LinkRow = z.object({
  id: z.string(),
  hash: z.string(),
  draft_id: z.string().nullable(),
  case_id: z.string().nullable(),
  proposed_for: z.string().nullable(),
  proposed_by: z.string().nullable(),
  slot: AttachmentSlot,
  name: z.string(),
});

export interface KeptLink extends Omit<NewLink, 'addedBy' | 'addedAt'> {
  /** The case whose correction it came with, while that waits for the lurah. */
  proposedFor: string | null;
  /** Who proposed that correction. */
  proposedBy: string | null;
}

export function findLink(db: ReadableDb, id: string): KeptLink | null {
  const raw = db
    .prepare(
      `SELECT link.id, hash, draft_id, link.case_id, slot, name,
              CASE WHEN link.case_id IS NULL THEN draft.case_id END AS proposed_for,
              (SELECT proposed_by FROM correction WHERE correction.draft_id = link.draft_id) AS proposed_by
       FROM attachment_link AS link LEFT JOIN draft ON draft.id = link.draft_id WHERE link.id = ?`,
    )
    .get(id);
  if (raw === undefined) return null;
  const row = LinkRow.parse(raw);
  return {
    id: row.id,
    hash: row.hash,
    draftId: row.draft_id,
    caseId: row.case_id,
    slot: row.slot,
    name: row.name,
    proposedFor: row.proposed_for,
    proposedBy: row.proposed_by,
  };
}

const OfCaseRow = LinkRow.pick({ id: true, slot: true });

/** The first link by which a file of this content hangs on a case; null where none does. */
export function findLinkOfCase(
  db: ReadableDb,
  caseId: string,
  hash: string,
): z.infer<typeof OfCaseRow> | null {
  const raw = db
    .prepare(
      'SELECT id, slot FROM attachment_link WHERE case_id = ? AND hash = ? ORDER BY added_at, id LIMIT 1',
    )
    .get(caseId, hash);
  return raw === undefined ? null : OfCaseRow.parse(raw);
}

const ContentRow = z.object({ media_type: AttachmentType, content: z.instanceof(Buffer) });

export function getContent(db: ReadableDb, hash: string): { mediaType: AttachmentType; content: Buffer } {
  const row = ContentRow.parse(
    db.prepare('SELECT media_type, content FROM attachment WHERE hash = ?').get(hash),
  );
  return { mediaType: row.media_type, content: row.content };
}

/** The draft's files now belong to the case that it became. */
export function moveLinksToCase(db: WritableDb, draftId: string, caseId: string): void {
  db.prepare('UPDATE attachment_link SET case_id = ? WHERE draft_id = ? AND case_id IS NULL').run(
    caseId,
    draftId,
  );
}

export function deleteLink(db: WritableDb, id: string): void {
  db.prepare('DELETE FROM attachment_link WHERE id = ?').run(id);
  deleteUnlinked(db);
}

export function deleteLinksOfDraft(db: WritableDb, draftId: string): void {
  db.prepare('DELETE FROM attachment_link WHERE draft_id = ? AND case_id IS NULL').run(draftId);
  deleteUnlinked(db);
}

/**
 * A file that hangs on nothing any more, nor is the image of a sheet, is personal data without a purpose. It may be on its
 * way to the province still, as one that a record names which was taken back without the file; then it goes no further.
 */
function deleteUnlinked(db: WritableDb): void {
  const unlinked = `hash NOT IN (SELECT hash FROM attachment_link)
       AND hash NOT IN (SELECT scan_hash FROM sheet WHERE scan_hash IS NOT NULL)`;
  db.prepare(`DELETE FROM attachment_push WHERE ${unlinked}`).run();
  db.prepare(`DELETE FROM attachment WHERE ${unlinked}`).run();
}

function rowToInfo(raw: unknown): AttachmentInfo {
  const row = InfoRow.parse(raw);
  return {
    id: row.id,
    name: row.name,
    slot: row.slot,
    mediaType: row.media_type,
    size: row.size,
    latitude: row.latitude,
    longitude: row.longitude,
    takenAt: row.taken_at,
    addedAt: row.added_at,
    addedBy: row.added_by_name,
  };
}
