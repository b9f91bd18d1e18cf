import { z } from 'zod';
import { daysBetween, type Period, shiftDay } from './period.ts';
import { IsoDate } from './person.ts';

/** The stages of a period that have a last day of their own, in their order. */
export const PeriodStage = z.enum(['pendaftaran', 'muskel', 'verifikasi', 'pengesahan', 'pengiriman']);
export type PeriodStage = z.infer<typeof PeriodStage>;

export const periodStageLabel: Record<PeriodStage, string> = {
  pendaftaran: 'Pendaftaran',
  muskel: 'Musyawarah kelurahan',
  verifikasi: 'Verifikasi lapangan',
  pengesahan: 'Pengesahan',
  pengiriman: 'Pengiriman ke provinsi',
};

const days = z.int().min(0).max(365);

/**
 * How many days before the last day of the period each stage ends. No public text fixes these for
 * Jakarta; the defaults follow the order and the weeks that were seen in practice.
 */
export const Calendar = z.object({
  pendaftaran: days.default(45),
  muskel: days.default(30),
  verifikasi: days.default(14),
  pengesahan: days.default(5),
  pengiriman: days.default(0),
});
export type Calendar = z.infer<typeof Calendar>;

/** Last days that were set for one period, in place of what the calendar would say. */
export const FixedDeadlines = z.partialRecord(PeriodStage, IsoDate);
export type FixedDeadlines = z.infer<typeof FixedDeadlines>;

export const Deadline = z.object({
  stage: PeriodStage,
  date: IsoDate,
  /** Set for this period, not worked out from the calendar. */
  fixed: z.boolean(),
});
export type Deadline = z.infer<typeof Deadline>;

export function deadlinesOf(period: Period, calendar: Calendar, fixed: FixedDeadlines): Deadline[] {
  return PeriodStage.options.map((stage) => ({
    stage,
    date: fixed[stage] ?? latest(period.start, shiftDay(period.end, -calendar[stage])),
    fixed: fixed[stage] !== undefined,
  }));
}

/** The deadline that comes next, on its own day included; null once all are past. */
export function nextDeadline(
  deadlines: readonly Deadline[],
  day: string,
): (Deadline & { daysLeft: number }) | null {
  const next = deadlines
    .filter(({ date }) => date >= day)
    .toSorted((left, right) => left.date.localeCompare(right.date))[0];
  return next === undefined ? null : { ...next, daysLeft: daysBetween(day, next.date) };
}

export interface DeadlineFinding {
  stage: PeriodStage;
  message: string;
}

/** Dates that cannot be: outside the period, or before the stage that comes first. */
export function inspectDeadlines(period: Period, deadlines: readonly Deadline[]): DeadlineFinding[] {
  return deadlines.flatMap((deadline, index): DeadlineFinding[] => {
    const label = periodStageLabel[deadline.stage];
    if (deadline.date < period.start || deadline.date > period.end)
      return [{ stage: deadline.stage, message: `Batas ${label} di luar periode ${period.name}.` }];
    const before = deadlines[index - 1];
    if (before === undefined || before.date <= deadline.date) return [];
    return [
      {
        stage: deadline.stage,
        message: `Batas ${label} mendahului batas ${periodStageLabel[before.stage]}.`,
      },
    ];
  });
}

function latest(left: string, right: string): string {
  return left > right ? left : right;
}
