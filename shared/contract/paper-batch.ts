import { z } from 'zod';
import { IsoDate } from '../domain/person.ts';
import { KelurahanCode } from '../domain/wilayah.ts';

const text = (message: string, max: number) => z.string().trim().min(1, message).max(max);

/** What all forms of a stack of paper have in common; it is typed once. */
export const PaperBatchHead = z.object({
  /** When the forms were filled in. */
  dated: IsoDate,
  rt: z.int().min(1).max(999),
  rw: z.int().min(1).max(999),
  kelurahan: KelurahanCode,
  /** What kind of paper it is, and who filled it in. */
  source: text('Tulis asal formulirnya.', 80),
  officer: text('Tulis siapa yang mengisi formulirnya.', 120),
});
export type PaperBatchHead = z.infer<typeof PaperBatchHead>;

/** A stack that is being typed in. */
export const PaperBatch = z.object({
  id: z.uuid(),
  head: PaperBatchHead,
  openedByName: z.string(),
  mine: z.boolean(),
  /** How many of its forms are registered. */
  count: z.int().min(0),
  /** The last ones, newest first; each may be corrected. */
  recent: z.array(
    z.object({ caseId: z.uuid(), position: z.int(), headName: z.string(), editable: z.boolean() }),
  ),
});
export type PaperBatch = z.infer<typeof PaperBatch>;

const BatchRef = z.object({ batchId: z.uuid() });

export const paperBatchContract = {
  /** Stacks that are not finished, one's own first. */
  list: { output: z.array(PaperBatch) },
  open: { input: PaperBatchHead, output: z.object({ batchId: z.uuid() }) },
  /** The form to type next: the one begun, or a new one with the stack's RT and RW. */
  next: { input: BatchRef, output: z.object({ draftId: z.uuid() }) },
  /** The correction of one of its forms, which leads back to the stack. */
  amend: { input: BatchRef.extend({ caseId: z.uuid() }), output: z.object({ draftId: z.uuid() }) },
  finish: { input: BatchRef, output: z.object({ count: z.int() }) },
};
