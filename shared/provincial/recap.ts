import { z } from 'zod';
import { CaseState } from '../domain/case-flow.ts';
import { IsoInstant } from '../domain/person.ts';
import { IdentificationResult, RegistrationMode } from '../domain/registration.ts';
import { KelurahanCode } from '../domain/wilayah.ts';
import { RecordHash } from './record.ts';

/**
 * The numbers of a period that an office has closed, under the office's signature. A closed period
 * never changes, so it is told once, and the province keeps the signature beside it.
 */

export const PeriodRecap = z.looseObject({
  periodId: z.string().regex(/^\d{4}-\d{2}$/),
  closedAt: IsoInstant,
  /** How many cases stand alike; every number of the recap is a sum of these. */
  cells: z.array(
    z.looseObject({
      kelurahan: KelurahanCode,
      rw: z.int().positive(),
      rt: z.int().positive(),
      mode: RegistrationMode,
      state: CaseState,
      result: IdentificationResult.nullable(),
      count: z.int().positive(),
    }),
  ),
  /** Cases that were not finished, and the period they went to. */
  carried: z.int().min(0),
  carriedTo: z.string().regex(/^\d{4}-\d{2}$/),
});
export type PeriodRecap = z.infer<typeof PeriodRecap>;

export const RecapRequest = z.looseObject({
  wire: z.int().positive(),
  officeId: z.uuid(),
  /** Of the canonical JSON of `recap`. */
  hash: RecordHash,
  recap: PeriodRecap,
});
export type RecapRequest = z.infer<typeof RecapRequest>;

/** Payload of the signed receipt (`typ` `mutakhir-recap`). */
export const RecapReceipt = z.looseObject({
  wire: z.int().positive(),
  officeId: z.uuid(),
  periodId: z.string(),
  hash: RecordHash,
  serverTime: IsoInstant,
});
export type RecapReceipt = z.infer<typeof RecapReceipt>;

export const RecapResponse = z.looseObject({
  wire: z.int().positive(),
  receipt: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
});
export type RecapResponse = z.infer<typeof RecapResponse>;
