import { z } from 'zod';
import { Period } from '../domain/period.ts';
import { RecapCell } from '../domain/recap.ts';

const PeriodRef = z.object({ periodId: Period.shape.id });

/** Input of the printed document `rekapitulasi`. */
export const PrintRecap = PeriodRef;
export type PrintRecap = z.infer<typeof PrintRecap>;

export const Recap = z.object({
  period: Period,
  /** What the one counting query found; every number on screen and paper is a sum of these. */
  cells: z.array(RecapCell),
  /** Names of the kelurahan in the cells. */
  kelurahan: z.record(z.string(), z.string()),
});
export type Recap = z.infer<typeof Recap>;

export const recapContract = {
  /** Periods that hold a case, and the current one; newest first. */
  periods: { output: z.array(Period) },
  read: { input: PeriodRef, output: Recap },
};
