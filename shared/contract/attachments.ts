import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';

/** Kinds of file the office keeps as evidence; told by their first bytes, never by their names. */
export const AttachmentType = z.enum(['image/jpeg', 'image/png', 'application/pdf']);
export type AttachmentType = z.infer<typeof AttachmentType>;

/** Largest file accepted as evidence, in bytes: a phone's photo fits, a scanned book does not. */
export const attachmentLimit = 8 * 1024 * 1024;

/** What a file proves. */
export const AttachmentSlot = z.enum(['bukti', 'ktp', 'kk', 'rumah']);
export type AttachmentSlot = z.infer<typeof AttachmentSlot>;

/** A file as it hangs on a draft or case; its content is fetched by `POST /files/document`. */
export const AttachmentInfo = z.object({
  id: z.uuid(),
  name: z.string(),
  slot: AttachmentSlot,
  mediaType: AttachmentType,
  /** Bytes. */
  size: z.int().positive(),
  addedAt: IsoInstant,
  addedBy: z.string(),
});
export type AttachmentInfo = z.infer<typeof AttachmentInfo>;

export const attachmentsContract = {
  /** Takes a file off a draft; evidence of a registered case stays. */
  detach: { input: z.object({ attachmentId: z.uuid() }) },
};
