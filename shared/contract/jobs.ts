import { z } from 'zod';

export const JobState = z.enum(['menunggu', 'berjalan', 'selesai', 'gagal', 'dihentikan']);
export type JobState = z.infer<typeof JobState>;

/** What went wrong or has to be waited for, in words, and what to do next. */
export const Problem = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string(),
  details: z.record(z.string(), z.string().or(z.number())),
});

/** How far a job is; screens ask again and again until it has ended. */
export const JobProgress = z.object({
  id: z.uuid(),
  state: JobState,
  done: z.number(),
  /** 0 while it is not known. */
  total: z.number(),
  message: z.string(),
  /** Why it ended without a result. */
  problem: Problem.nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

export function isRunning({ state }: Pick<JobProgress, 'state'>): boolean {
  return state === 'menunggu' || state === 'berjalan';
}
