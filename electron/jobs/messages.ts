import { z } from 'zod';
import { errorCatalogue, type ErrorCode } from '../../shared/errors.ts';

/** What a worker tells the pool. Errors travel as code and details; the sentence is made on arrival. */
export const FromWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number(), message: z.string() }),
  /** Something went wrong that the work gets over: it is logged, and the work goes on. */
  z.object({ kind: z.literal('trouble'), name: z.string(), stack: z.string() }),
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({
    kind: z.literal('failed'),
    code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(errorCatalogue, code)),
    details: z.record(z.string(), z.string().or(z.number())),
  }),
]);
export type FromWorker = z.infer<typeof FromWorker>;

/** Work, or a word about the work that goes on; a job in the background pauses while another runs. */
export const ToWorker = z.discriminatedUnion('kind', [
  /** `stays`: the worker waits for more of its kind afterwards, else it ends. */
  z.object({ kind: z.literal('work'), input: z.unknown(), stays: z.boolean() }),
  z.object({ kind: z.enum(['cancel', 'pause', 'resume']) }),
]);
export type ToWorker = z.infer<typeof ToWorker>;
