import { z } from 'zod';
import type { CaseState } from './case-flow.ts';

const days = (usual: number) => z.int().min(1).max(365).default(usual);

/** After how many days in a state a case is overdue, for the states in which somebody has work with it. */
export const QueueDays = z.object({
  MENUNGGU_LURAH: days(3),
  DIKEMBALIKAN: days(7),
  TERDAFTAR: days(7),
  TERIDENTIFIKASI: days(7),
  DAFTAR_SASARAN: days(30),
  MUSKEL_LAYAK: days(7),
  DITUGASKAN: days(14),
  DICACAH: days(3),
  DIPERIKSA: days(3),
  DITOLAK: days(7),
} satisfies Partial<Record<CaseState, z.ZodType>>);
export type QueueDays = z.infer<typeof QueueDays>;

/** States with a limit, in the order of the way. */
export const queueStates = QueueDays.keyof().options;

/** How long the longest of a queue has waited, in whole days; 0 is today. */
export function daysSince(instant: string, now: string): number {
  return Math.max(0, Math.floor((Date.parse(now) - Date.parse(instant)) / 86_400_000));
}
