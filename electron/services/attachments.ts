import {
  type AttachmentInfo,
  attachmentLimit,
  type AttachmentSlot,
  attachmentSlotLabel,
  type AttachmentType,
  imageEdgeLimit,
} from '../../shared/contract/attachments.ts';
import { may } from '../../shared/domain/access.ts';
import { closedForFiles } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { type ImageFacts, readImageFacts } from '../../shared/domain/image-facts.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import {
  deleteLink,
  findLink,
  findLinkOfCase,
  getContent,
  insertAttachment,
  insertLink,
  listAttachmentsOfCase,
  listAttachmentsOfDraft,
} from '../store/attachments.ts';
import { listDamaged, setMended } from '../store/attachment-push.ts';
import { isUnreadable, transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { getCase } from './case-steps.ts';
import { noteOpening } from './document-opening.ts';
import { hashOfContent } from './failing-files.ts';
import { getOpenDraft } from './intake-drafts.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

export interface NewFile {
  slot: AttachmentSlot;
  name: string;
  content: Buffer;
}

/**
 * Hangs a file on a draft. It is kept inside the encrypted register, under the hash of its content,
 * so the same photo added twice is stored once. Its kind is told by its first bytes, never its name;
 * what a photo says of where and when it was taken is kept beside it.
 *
 * @throws AppError `draft_gone`, and what `readFile` throws.
 */
export function attachToDraft(
  register: Register,
  actor: ServiceActor,
  file: NewFile & { draftId: string },
): AttachmentInfo {
  const read = readFile(file);
  return transaction(register.db, () => {
    const draft = getOpenDraft(register, file.draftId);
    const id = keep(register, actor, file, read, { draftId: draft.id, caseId: null });
    return infoOf(listAttachmentsOfDraft(register.db, draft.id), id);
  });
}

/**
 * Hangs a file on a registered case, such as the photos of a visit; the journal names it.
 *
 * @throws AppError `not_found`, `case_legalised` once the lurah legalised it, and what `readFile` throws.
 */
export function attachToCase(
  register: Register,
  actor: ServiceActor,
  file: NewFile & { caseId: string },
): AttachmentInfo {
  const read = readFile(file);
  return transaction(register.db, () => {
    const current = getCase(register, file.caseId);
    if (closedForFiles.includes(current.state))
      throw new AppError('case_legalised', { state: caseStateLabel[current.state] });
    const id = keep(register, actor, file, read, { draftId: null, caseId: current.id });
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'lampiran_ditambah',
      caseId: current.id,
      payload: { lampiran: [id], keterangan: attachmentSlotLabel[file.slot] },
    });
    return infoOf(listAttachmentsOfCase(register.db, current.id), id);
  });
}

/**
 * Takes in once more a file of a case that is damaged here, whatever the case's state: which one it is, its content says.
 *
 * @throws AppError `not_found`, `other_file` where none that is damaged had this content, and what `readFile` throws.
 */
export function mendAttachment(
  register: Register,
  actor: ServiceActor,
  file: Pick<NewFile, 'content'> & { caseId: string },
): void {
  const read = readFile(file);
  transaction(register.db, () => {
    const { id: caseId } = getCase(register, file.caseId);
    const hash = hashOfContent(file.content);
    const link = listDamaged(register.db).includes(hash) ? findLinkOfCase(register.db, caseId, hash) : null;
    if (link === null) throw new AppError('other_file');
    keepContent(register, file.content, read);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'lampiran_dipulihkan',
      caseId,
      payload: { lampiran: [link.id], keterangan: attachmentSlotLabel[link.slot] },
    });
  });
}

export interface ReadFile {
  mediaType: AttachmentType;
  facts: ImageFacts | null;
}

/** What an image or PDF is, told by its bytes. @throws AppError `file_empty`, `file_too_large`, `file_not_accepted`, `image_broken`, `image_too_detailed`. */
export function readFile({ content }: Pick<NewFile, 'content'>): ReadFile {
  if (content.length === 0) throw new AppError('file_empty');
  if (content.length > attachmentLimit)
    throw new AppError('file_too_large', {
      size: megabytes(content.length),
      limit: megabytes(attachmentLimit),
    });
  const mediaType = tellType(content);
  if (mediaType === null) throw new AppError('file_not_accepted');
  if (mediaType === 'application/pdf') return { mediaType, facts: null };
  const facts = readImageFacts(content);
  if (facts === null || facts.width === 0 || facts.height === 0) throw new AppError('image_broken');
  if (Math.max(facts.width, facts.height) > imageEdgeLimit)
    throw new AppError('image_too_detailed', {
      size: `${facts.width} × ${facts.height}`,
      limit: imageEdgeLimit,
    });
  return { mediaType, facts };
}

/**
 * Keeps a content once, and returns its hash. Where the one that was kept under it is damaged, this one takes its place,
 * and goes to the province where that waited for it.
 *
 * @throws AppError `content_unreadable` where the register can neither read nor replace what it keeps under the hash.
 */
export function keepContent(register: Register, content: Buffer, { mediaType, facts }: ReadFile): string {
  const { db, clock, push } = register;
  const hash = hashOfContent(content);
  const at = instant(clock);
  try {
    insertAttachment(db, { hash, mediaType, content, facts, createdAt: at });
  } catch (cause) {
    throw isUnreadable(cause) ? new AppError('content_unreadable') : cause;
  }
  if (setMended(db, hash, at)) push?.wake();
  return hash;
}

function keep(
  register: Register,
  actor: ServiceActor,
  file: NewFile,
  read: ReadFile,
  owner: { draftId: string | null; caseId: string | null },
): string {
  if (actor.id === null) throw new AppError('not_logged_in');
  const at = instant(register.clock);
  const hash = keepContent(register, file.content, read);
  const id = newId();
  insertLink(register.db, {
    id,
    hash,
    ...owner,
    slot: file.slot,
    name: plainName(file.name),
    addedBy: actor.id,
    addedAt: at,
  });
  return id;
}

function infoOf(files: readonly AttachmentInfo[], id: string): AttachmentInfo {
  const added = files.find((info) => info.id === id);
  if (added === undefined) throw new AppError('upload_gone');
  return added;
}

/**
 * Takes a file off a draft; once registered, evidence stays with its case.
 *
 * @throws AppError `upload_gone`, `draft_gone`.
 */
export function detachFromDraft(register: Register, linkId: string): void {
  transaction(register.db, () => {
    const link = findLink(register.db, linkId);
    if (link === null || link.caseId !== null || link.draftId === null) throw new AppError('upload_gone');
    getOpenDraft(register, link.draftId);
    deleteLink(register.db, link.id);
  });
}

/**
 * A file to be looked at. Of a case, the journal notes who opened it, once it is read; of a draft nothing is
 * noted, as of all that is only typed yet.
 *
 * @throws AppError `not_found`, also for a draft's file asked for by who may not type, and for that of a correction that
 * waits asked for by who neither types, nor decides on it, nor proposed it: it may be another family's, and be erased.
 */
export function openAttachment(
  register: Register,
  actor: ServiceActor,
  linkId: string,
): { mediaType: AttachmentType; content: Buffer } {
  const link = findLink(register.db, linkId);
  if (link === null) throw new AppError('not_found');
  const { id, slot, name, hash } = link;
  const isProposers = actor.id !== null && actor.id === link.proposedBy;
  if (link.caseId === null && !maySeeUndecided(actor, { isProposed: link.proposedFor !== null, isProposers }))
    throw new AppError('not_found');
  const caseId = link.caseId ?? link.proposedFor;
  const file = getContent(register.db, hash);
  if (caseId !== null)
    noteOpening(register, actor, { caseId, id, title: `${attachmentSlotLabel[slot]} (${name})` });
  return file;
}

/** Who may see a file that hangs on no case yet: of a draft, or of a correction that waits, `isProposed`. */
export function maySeeUndecided(
  { role }: ServiceActor,
  { isProposed, isProposers }: { isProposed: boolean; isProposers: boolean },
): boolean {
  if (role === 'sistem') return false;
  return may(role, 'intake:write') || (isProposed && (may(role, 'correction:decide') || isProposers));
}

/** By the signature each kind begins with; null for everything else. */
function tellType(content: Buffer): AttachmentType | null {
  if (content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (content.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return 'image/png';
  if (content.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf';
  return null;
}

/** The name as the clerk knows it, without folders and control characters; it is shown, never opened. */
export function plainName(name: string, otherwise = 'Lampiran'): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = [...last]
    .filter((character) => character >= ' ' && character !== '\u007f')
    .join('')
    .trim();
  return clean === '' ? otherwise : clean.slice(0, 120);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toLocaleString('id-ID', { maximumFractionDigits: 1 })} MB`;
}
