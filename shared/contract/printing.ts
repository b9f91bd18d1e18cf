import { z } from 'zod';
import { PrintState } from '../domain/printing.ts';
import { IsoInstant } from '../domain/person.ts';
import { JobProgress } from './jobs.ts';

/** One press of the print key, as its owner sees it. */
export const PrintRun = z.object({
  id: z.string(),
  title: z.string(),
  papers: z.int(),
  state: PrintState,
  notedAt: IsoInstant,
});
export type PrintRun = z.infer<typeof PrintRun>;

const OneRun = z.object({ runId: z.string() });
const OneJob = z.object({ jobId: z.uuid() });

export const printingContract = {
  /** What the asker printed lately and has not said of whether it came out. */
  unsettled: { output: z.array(PrintRun) },
  /** It went to the printer. */
  sent: { input: OneRun },
  /** It came out, or did not; a note says why. */
  settle: {
    input: OneRun.extend({
      outcome: z.enum(['keluar', 'gagal']),
      note: z.string().trim().max(200).nullable(),
    }),
  },
  /** How far a stack of forms is. */
  progress: { input: OneJob, output: JobProgress },
  cancel: { input: OneJob },
};

/** Header of a printed document that names its run. */
export const printRunHeader = 'x-print-run';
