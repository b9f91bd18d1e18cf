import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { AttachmentSlot } from './attachments.ts';

/** One inbox for what the province and this office do not agree on, and for what it asks to be done. */

const ofCase = {
  /** Tells it from every other of its kind. */
  id: z.string(),
  caseId: z.string(),
  number: z.string(),
  headName: z.string(),
  /** Since when it waits. */
  since: IsoInstant,
};

export const ClashItem = z.object({
  kind: z.literal('pertentangan'),
  ...ofCase,
  /** The case was taken back here and changed there: choosing decides on the retraction. */
  retraction: z.boolean(),
  fields: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      /** Where a field of the visit stands: its sheet, and the field as its findings name it; null of any other. */
      visit: z.object({ code: z.string(), field: z.string().nullable() }).nullable(),
      /** Values as a person reads them; null where there is nothing. */
      base: z.string().nullable(),
      ours: z.string().nullable(),
      /** Who gave the field this office's value, and when; of a case that was taken back, who did that. */
      oursBy: z.string(),
      oursAt: IsoInstant,
      theirs: z.string().nullable(),
      theirsBy: z.string(),
      theirsAt: IsoInstant,
    }),
  ),
});
export type ClashItem = z.infer<typeof ClashItem>;

/** Where what is to be mended stands: the correction form, the sheet of the visit, or nowhere that a person types. */
export const MendTarget = z.discriminatedUnion('to', [
  /** `field` as the form names it, `members.0.nik`; null where it is no single one. */
  z.object({ to: z.literal('formulir'), field: z.string().nullable() }),
  /** The sheet's code, and the field as its findings name it, `household.lantai`. */
  z.object({ to: z.literal('kunjungan'), code: z.string(), field: z.string().nullable() }),
  z.object({ to: z.literal('berkas') }),
]);
export type MendTarget = z.infer<typeof MendTarget>;

export const MendItem = z.object({
  /** A rejected record, a task of the province, or a correction that the lurah must decide on. */
  kind: z.enum(['ditolak', 'tugas']),
  ...ofCase,
  /** Of the task; null for a rejection. */
  taskId: z.string().nullable(),
  sentence: z.string(),
  from: z.string(),
  /** The field in words; null where it is no single one. */
  fieldLabel: z.string().nullable(),
  target: MendTarget,
});
export type MendItem = z.infer<typeof MendItem>;

/** A record that has waited for long: the province holds it, or what it answered cannot be kept here (`jawaban`). */
export const StuckItem = z.object({ kind: z.enum(['tertahan', 'jawaban']), ...ofCase, sentence: z.string() });
export type StuckItem = z.infer<typeof StuckItem>;

/** A case that was taken back here, went into another or is closed, which the province refused to hear. */
export const RetractionItem = z.object({ kind: z.literal('penarikan'), ...ofCase, sentence: z.string() });
export type RetractionItem = z.infer<typeof RetractionItem>;

/** What a family says of being shown, which the province refused to hear: it is told once more where it is recorded anew. */
export const WordItem = z.object({ kind: z.literal('kabar'), ...ofCase, sentence: z.string() });
export type WordItem = z.infer<typeof WordItem>;

/** The same file is uploaded once more, a backup is restored, or the office tries by itself. */
export const FileRemedy = z.enum(['unggah', 'pulihkan', 'tunggu']);
export type FileRemedy = z.infer<typeof FileRemedy>;

/** Files of a case that do not reach the province by themselves. */
export const FileItem = z.object({
  kind: z.literal('lampiran'),
  ...ofCase,
  files: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      slot: AttachmentSlot,
      sentence: z.string(),
      remedy: FileRemedy,
    }),
  ),
});
export type FileItem = z.infer<typeof FileItem>;

/** The last page that came down does not prove to be the province's own, and was refused whole. */
export const RefusedNews = z.object({ kind: z.literal('berita_ditolak'), id: z.string() });

/** What came down, is kept, and could not be applied by a mistake of this program. */
export const FailedNews = z.object({
  kind: z.literal('berita_gagal'),
  id: z.string(),
  count: z.int(),
  /** Cases that some of it is about, the first of them. */
  cases: z.array(z.object({ caseId: z.string(), number: z.string(), headName: z.string() })),
});
export type FailedNews = z.infer<typeof FailedNews>;

/** What the province says is here, and the register does not take it: the disk is full, or the file or its disk damaged. */
export const HeldNews = z.object({
  kind: z.literal('berita_tertahan'),
  id: z.string(),
  why: z.enum(['penuh', 'rusak']),
});
export type HeldNews = z.infer<typeof HeldNews>;

export const AttentionItem = z.discriminatedUnion('kind', [
  ClashItem,
  MendItem.extend({ kind: z.literal('ditolak') }),
  MendItem.extend({ kind: z.literal('tugas') }),
  RetractionItem,
  StuckItem.extend({ kind: z.literal('tertahan') }),
  StuckItem.extend({ kind: z.literal('jawaban') }),
  WordItem,
  FileItem,
  HeldNews,
  RefusedNews,
  FailedNews,
]);
export type AttentionItem = z.infer<typeof AttentionItem>;

export const ClashChoice = z.enum(['kantor', 'provinsi']);
export type ClashChoice = z.infer<typeof ClashChoice>;

/**
 * When the province is told what was chosen: now; once it has answered what is under way, where that is needed; with the
 * case as it is mended and legalised anew; or never, since it says so itself.
 */
export const ChoiceTold = z.enum(['sekarang', 'nanti', 'perbaikan', 'tidak']);
export type ChoiceTold = z.infer<typeof ChoiceTold>;

export const attentionContract = {
  list: { output: z.array(AttentionItem) },
  /** Decides every field of a case at once. */
  resolve: {
    input: z.object({
      caseId: z.uuid(),
      choices: z.array(z.object({ clashId: z.uuid(), choice: ClashChoice })).min(1),
    }),
    output: z.object({ told: ChoiceTold }),
  },
  /** Tells the province once more that a case is taken back, after it refused to hear it. */
  sendRetractionAgain: { input: z.object({ caseId: z.uuid() }) },
  finishTask: {
    input: z.object({
      taskId: z.uuid(),
      note: z.string().trim().min(1, 'Tulis apa yang sudah dikerjakan.').max(500),
    }),
  },
};
