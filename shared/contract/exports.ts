import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { CaseFilter } from './cases.ts';
import { ChangeFilter } from './difference.ts';
import { PrintFindings } from './finding.ts';
import { JobProgress } from './jobs.ts';
import { CheckInput } from './reference.ts';

/** Fewest characters of the password that locks an export. */
export const shortestPassword = 12;

/** Whose rows were refused: those of a list that came in, or of a file that is only being checked. */
export const RefusedOf = z.union([z.object({ listId: z.uuid() }), CheckInput]);
export type RefusedOf = z.infer<typeof RefusedOf>;

/** What leaves the program: a snapshot whole, or the part of a difference, of the cases, of the findings, of the visits that is shown. */
export const ExportSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acuan'), listId: z.uuid() }),
  z.object({ kind: z.literal('perbedaan'), differenceId: z.uuid(), filter: ChangeFilter }),
  z.object({ kind: z.literal('berkas'), filter: CaseFilter, text: z.string().max(120).optional() }),
  z.object({ kind: z.literal('temuan'), filter: PrintFindings }),
  /** The answers of finished visits of such cases, in the columns and codes of a questionnaire. */
  z.object({
    kind: z.literal('kunjungan'),
    filter: CaseFilter,
    text: z.string().max(120).optional(),
    instrument: z.string().max(40),
  }),
  /** Rows that did not come in, for whoever sent the list. */
  z.object({ kind: z.literal('ditolak'), of: RefusedOf }),
]);
export type ExportSubject = z.infer<typeof ExportSubject>;

export const ExportKind = z.enum([
  'acuan',
  'perbedaan',
  'berkas',
  'temuan',
  'kunjungan',
  'ditolak',
] satisfies ExportSubject['kind'][]);

export const NewExport = z.object({
  subject: ExportSubject,
  purpose: z.string().trim().min(5, 'Tulis untuk apa data ini dipakai.').max(300),
  recipient: z.string().trim().min(3, 'Tulis siapa yang menerimanya.').max(120),
  /** Number of the hand-over (BAST), letter or rule it rests on. */
  basis: z.string().trim().max(120).nullable(),
  password: z.string().min(shortestPassword, `Paling sedikit ${shortestPassword} huruf atau angka.`).max(200),
});
export type NewExport = z.infer<typeof NewExport>;

export const ExportProgress = JobProgress.extend({
  file: z.object({ exportId: z.uuid(), fileName: z.string(), rows: z.int(), sha256: z.string() }).nullable(),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

/** An export as the office keeps it on record. */
export const ExportEntry = z.object({
  id: z.uuid(),
  kind: ExportKind,
  title: z.string(),
  purpose: z.string(),
  recipient: z.string(),
  basis: z.string().nullable(),
  fileName: z.string(),
  fileHash: z.string(),
  rows: z.int(),
  madeAt: IsoInstant,
  madeByName: z.string(),
});
export type ExportEntry = z.infer<typeof ExportEntry>;

const JobInput = z.object({ jobId: z.uuid() });

export const exportsContract = {
  begin: { input: NewExport, output: JobInput },
  progress: { input: JobInput, output: ExportProgress },
  cancel: { input: JobInput },
  log: { output: z.array(ExportEntry) },
  /** Questionnaires under which visits were finished. */
  instruments: { output: z.array(z.object({ id: z.string(), title: z.string() })) },
};
