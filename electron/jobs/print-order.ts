import { z } from 'zod';
import type { FontFiles } from '../printing/fonts.ts';
import type { FormBatch } from '../printing/verification-form.ts';

/** A stack of forms to be made in a worker, whole as structured clone carries it. */
export const PrintOrder = z.object({
  batch: z.custom<FormBatch>((value) => typeof value === 'object' && value !== null && 'forms' in value),
  fonts: z.custom<FontFiles>((value) => typeof value === 'object' && value !== null && 'regular' in value),
});
export type PrintOrder = z.infer<typeof PrintOrder>;

/** What the worker answers: the PDF. */
export const PrintOutcome = z.instanceof(Uint8Array);
