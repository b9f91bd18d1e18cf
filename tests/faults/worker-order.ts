import { z } from 'zod';

/** What a worker of `npm run faults` is told first; the seeds follow, one after the other. */
export const WorkerOrder = z.object({
  /** Connection string of the PostgreSQL that all workers share. */
  url: z.string(),
  /** Data folder of the office that every run begins with. */
  folder: z.string(),
  /** Of its register, as hex. */
  key: z.string(),
  caseIds: z.array(z.string()),
  damage: z.boolean(),
  /** Runs that it plays at once. */
  lanes: z.number(),
});
export type WorkerOrder = z.infer<typeof WorkerOrder>;
