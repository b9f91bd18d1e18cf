import { z } from 'zod';
import { Deadline, FixedDeadlines } from '../domain/calendar.ts';
import { CaseState } from '../domain/case-flow.ts';
import { Period } from '../domain/period.ts';
import { LifeEventKind } from '../domain/life-event.ts';
import { IsoInstant } from '../domain/person.ts';
import { RecapCell } from '../domain/recap.ts';
import { AttachmentInfo } from './attachments.ts';

export const PeriodRef = z.object({ periodId: Period.shape.id });

/** What a closed period keeps: its numbers of that moment. */
export const Closing = z.object({
  cells: z.array(RecapCell),
  /** Cases that were not finished, and where they went. */
  carried: z.int().min(0),
  carriedTo: Period.shape.id,
});
export type Closing = z.infer<typeof Closing>;

export const PeriodInfo = z.object({
  period: Period,
  /** Today's: new registrations belong to it. */
  running: z.boolean(),
  deadlines: z.array(Deadline),
  cases: z.int(),
  closed: z
    .object({
      at: IsoInstant,
      byName: z.string(),
      carried: z.int(),
      carriedTo: Period.shape.id,
      /** When the province gave its receipt for the numbers; null before. */
      reportedAt: IsoInstant.nullable(),
      /** Why the province refused the numbers, in its words; null where it did not. */
      recapRefusal: z.string().nullable(),
    })
    .nullable(),
});
export type PeriodInfo = z.infer<typeof PeriodInfo>;

/** What closing a period would do, and what stands in its way. */
export const ClosingPlan = z.object({
  period: Period,
  next: Period,
  settled: z.int(),
  /** Unfinished cases by state; they are carried on into `next`. */
  carried: z.array(z.object({ state: CaseState, count: z.int() })),
  /** Sentences; while there is one the period cannot be closed. */
  obstacles: z.array(z.string()),
});
export type ClosingPlan = z.infer<typeof ClosingPlan>;

export const Correction = z.object({
  id: z.string(),
  caseId: z.string(),
  number: z.string(),
  headName: z.string(),
  /** What happened to the family; null for a correction of what was wrong. */
  lifeEvent: LifeEventKind.nullable(),
  subject: z.string(),
  /** Empty where there was nothing before, as `after` where nothing is left. */
  before: z.string(),
  after: z.string(),
  reason: z.string(),
  /** Files that came with it: they hang on the case once it is approved, and nowhere once it is declined. */
  attachments: z.array(AttachmentInfo),
  /** How many more wait with it that whoever asks may not open: they may be another family's. */
  closedAttachments: z.int().nonnegative(),
  /**
   * Why what waits cannot be carried out where the case stands, only declined: it went into another (of this number), is
   * closed, is taken back, is not legalised again since it was opened anew, or stands where a life event has no place.
   * Null where it can, and of a note in words, which changes nothing.
   */
  ended: z
    .discriminatedUnion('why', [
      z.object({ why: z.literal('digabung'), into: z.string() }),
      z.object({ why: z.literal('ditutup') }),
      z.object({ why: z.literal('ditarik') }),
      z.object({ why: z.literal('belum_sah'), state: CaseState }),
      z.object({ why: z.literal('tahap'), state: CaseState }),
    ])
    .nullable(),
  /** The case is closed by it, and the lurah may take that back. */
  closesCase: z.boolean(),
  state: z.enum(['diajukan', 'disetujui', 'ditolak']),
  answer: z.string().nullable(),
  proposedByName: z.string(),
  proposedByMe: z.boolean(),
  proposedAt: IsoInstant,
  decidedByName: z.string().nullable(),
  decidedAt: IsoInstant.nullable(),
});
export type Correction = z.infer<typeof Correction>;

const text = (message: string, max: number) => z.string().trim().min(1, message).max(max);

export const NewCorrection = z.object({
  caseId: z.uuid(),
  subject: text('Pilih yang diperbaiki.', 80),
  before: text('Tulis yang tercatat sekarang.', 500),
  after: text('Tulis yang benar.', 500),
  reason: text('Alasan wajib diisi. Tulis dengan singkat.', 500),
});
export type NewCorrection = z.infer<typeof NewCorrection>;

export const CorrectionDecision = z.object({
  correctionId: z.uuid(),
  approve: z.boolean(),
  answer: z.string().trim().max(500),
});
export type CorrectionDecision = z.infer<typeof CorrectionDecision>;

export const periodContract = {
  /** The running period and those that hold a case, newest first. */
  list: { output: z.array(PeriodInfo) },
  setDeadlines: { input: PeriodRef.extend({ deadlines: FixedDeadlines }), output: PeriodInfo },
  closingPlan: { input: PeriodRef, output: ClosingPlan },
  close: { input: PeriodRef, output: PeriodInfo },
  /** Corrections of one case, or those that wait for the lurah. */
  corrections: {
    input: z.object({ caseId: z.uuid().nullable() }),
    output: z.array(Correction),
  },
  propose: { input: NewCorrection, output: z.object({ id: z.string() }) },
  decide: { input: CorrectionDecision, output: z.object({ id: z.string() }) },
};

/** What a correction record may be about. */
export const correctionSubjects = [
  'Nama',
  'NIK',
  'No KK',
  'Tanggal lahir',
  'Alamat, RT, atau RW',
  'Susunan anggota',
  'Hasil identifikasi',
  'Putusan muskel',
  'Hasil kunjungan',
  'Lainnya',
] as const;
