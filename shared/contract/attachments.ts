import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';

/** Kinds of file the office keeps as evidence; told by their first bytes, never by their names. */
export const AttachmentType = z.enum(['image/jpeg', 'image/png', 'application/pdf']);
export type AttachmentType = z.infer<typeof AttachmentType>;

/** Largest file accepted as evidence, in bytes: a phone's photo fits, a scanned book does not. */
export const attachmentLimit = 8 * 1024 * 1024;

/** The longest edge of a photo that is kept, in pixels: the small print of a KTP can be read on it. */
export const imageEdgeLimit = 2_048;

/** What a file proves: any evidence, or one of the nine photos that SIKS asks for. */
export const AttachmentSlot = z.enum([
  'bukti',
  'F-KTP',
  'F-KK',
  'F-KRT',
  'F-RUMAH',
  'F-ATAP',
  'F-LANTAI',
  'F-DINDING',
  'F-DAPUR',
  'F-JAMBAN',
]);
export type AttachmentSlot = z.infer<typeof AttachmentSlot>;

export const attachmentSlotLabel: Record<AttachmentSlot, string> = {
  bukti: 'Surat atau bukti lain',
  'F-KTP': 'KTP responden',
  'F-KK': 'Kartu Keluarga',
  'F-KRT': 'Kepala rumah tangga',
  'F-RUMAH': 'Rumah, tampak depan',
  'F-ATAP': 'Atap',
  'F-LANTAI': 'Lantai',
  'F-DINDING': 'Dinding',
  'F-DAPUR': 'Dapur',
  'F-JAMBAN': 'Jamban',
};

/** A file as it hangs on a draft or case; its content is fetched by `POST /files/document`. */
export const AttachmentInfo = z.object({
  id: z.uuid(),
  name: z.string(),
  slot: AttachmentSlot,
  mediaType: AttachmentType,
  /** Bytes. */
  size: z.int().positive(),
  /** Where and when the photo itself says it was taken; null where it does not. */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  takenAt: z.string().nullable(),
  addedAt: IsoInstant,
  addedBy: z.string(),
});
export type AttachmentInfo = z.infer<typeof AttachmentInfo>;

export const attachmentsContract = {
  /** Takes a file off a draft; evidence of a registered case stays. */
  detach: { input: z.object({ attachmentId: z.uuid() }) },
};
