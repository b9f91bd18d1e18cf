import { z } from 'zod';

/** What the processes of the sync bench tell each other, as JSON. */
export const SyncOrder = z.object({
  /** Data folder with a register whose outbox is full. */
  folder: z.string(),
  address: z.string(),
  code: z.string(),
  /** Cases to be legalised while the cable is out. */
  later: z.array(z.string()),
});
export type SyncOrder = z.infer<typeof SyncOrder>;

export const SyncMeasured = z.object({
  pushSeconds: z.number(),
  /** Once the records were pushed; once the files were, and both sides compared. */
  peakMb: z.number(),
  filesPeakMb: z.number(),
  filesSeconds: z.number(),
  secondSeconds: z.number(),
  /** From the cable to the first record: where requests failed meanwhile, and where they hung. */
  reconnectSeconds: z.array(z.number()),
  hangingSeconds: z.array(z.number()),
  /** After the first push, and at the end. */
  confirmed: z.tuple([z.number(), z.number()]),
  /** What the comparison of both sides found. */
  proof: z.string().nullable(),
});
export type SyncMeasured = z.infer<typeof SyncMeasured>;

export const OfficesOrder = z.object({
  address: z.string(),
  offices: z.array(z.object({ area: z.string(), code: z.string() })),
  /** Of each office. */
  cases: z.number(),
  /** Bodies as an office with a register makes them, which theirs are made after. */
  samples: z.object({ plain: z.string(), visited: z.string() }),
});
export type OfficesOrder = z.infer<typeof OfficesOrder>;

export const OfficesMeasured = z.object({
  /** Until each record had its receipt; until nothing was left to ask or to send. */
  seconds: z.number(),
  allSeconds: z.number(),
  confirmed: z.number(),
  /** Answers that asked to wait (429). */
  askedToWait: z.number(),
  /** Any other answer than a good one, requests that found nobody, records not taken; by kind. */
  errors: z.record(z.string(), z.number()),
});
export type OfficesMeasured = z.infer<typeof OfficesMeasured>;
