import { z } from 'zod';
import { IsoDate } from './person.ts';

/** An MPM period: the stretch of time whose cases one recap counts. Months are a setting. */
export const Period = z.object({
  /** `2026-11`: year and month of the period. */
  id: z.string().regex(/^\d{4}-\d{2}$/),
  name: z.string(),
  start: IsoDate,
  /** Last day, inclusive. */
  end: IsoDate,
});
export type Period = z.infer<typeof Period>;

const monthNames = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/**
 * The period a day belongs to. A period named for month M runs from the day after the previous
 * one ended to the last day of M; with the default months 5 and 11: December–May and June–November.
 */
export function periodOf(day: string, months: readonly number[]): Period {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const sorted = [...months].sort((left, right) => left - right);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) throw new Error('At least one period month is needed.');
  const ending = sorted.find((candidate) => candidate >= month);
  const endMonth = ending ?? first;
  const endYear = ending === undefined ? year + 1 : year;
  const previous = sorted.findLast((candidate) => candidate < endMonth);
  const previousMonth = previous ?? last;
  const previousYear = previous === undefined ? endYear - 1 : endYear;
  return {
    id: `${endYear}-${String(endMonth).padStart(2, '0')}`,
    name: `MPM ${monthNames[endMonth - 1]} ${endYear}`,
    start: isoDay(previousYear, previousMonth + 1, 1),
    end: isoDay(endYear, endMonth + 1, 0),
  };
}

/** A period by its id, also one whose month is no longer in the settings. */
export function periodNamed(id: string, months: readonly number[]): Period {
  return periodOf(`${id}-01`, [...new Set([...months, Number(id.slice(5, 7))])]);
}

/** The period that begins the day after this one ends. */
export function periodAfter(period: Period, months: readonly number[]): Period {
  return periodOf(shiftDay(period.end, 1), months);
}

/** `MPM November 2026` → `MPM Nov 2026`, where there is little room. */
export function shortPeriodName(period: Pick<Period, 'id'>): string {
  const name = monthNames[Number(period.id.slice(5, 7)) - 1] ?? '';
  return `MPM ${name === 'Agustus' ? 'Agu' : name.slice(0, 3)} ${period.id.slice(0, 4)}`;
}

/** Days from `day` to the last day of the period, 0 on the last day itself. */
export function daysLeft(period: Period, day: string): number {
  return daysBetween(day, period.end);
}

/** The calendar day in Jakarta (UTC+7, no daylight saving) of an ISO instant: it decides periods, ages and terms. */
export function dayOf(instant: string): string {
  return new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** Days from one ISO date to another; negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The ISO date so many days later, or earlier. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
}

function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
