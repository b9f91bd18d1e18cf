import { z } from 'zod';

/** What the processes of the sync bench tell each other, as JSON. */
export const SyncOrder = z.object({
  /** Data folder with a register whose outbox is full. */
  folder: z.string(),
  key: z.string(),
  address: z.string(),
  code: z.string(),
  /** Cases to be legalised while the cable is out. */
  later: z.array(z.string()),
});
export type SyncOrder = z.infer<typeof SyncOrder>;

export const SyncMeasured = z.object({
  pushSeconds: z.number(),
  peakMb: z.number(),
  secondSeconds: z.number(),
  reconnectSeconds: z.array(z.number()),
  confirmed: z.number(),
});
export type SyncMeasured = z.infer<typeof SyncMeasured>;

export const OfficesOrder = z.object({
  address: z.string(),
  offices: z.array(z.object({ area: z.string(), code: z.string() })),
  /** Of each office. */
  cases: z.number(),
});
export type OfficesOrder = z.infer<typeof OfficesOrder>;

export const OfficesMeasured = z.object({
  seconds: z.number(),
  confirmed: z.number(),
  /** Answers that asked to wait (429). */
  askedToWait: z.number(),
  /** Any other answer than a good one, requests that found nobody, records not taken; by kind. */
  errors: z.record(z.string(), z.number()),
});
export type OfficesMeasured = z.infer<typeof OfficesMeasured>;
