import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { ProofState } from './proof.ts';

/** Bundles on a stick, for an office without a line. */

export const CourierBundle = z.object({
  number: z.int(),
  madeAt: IsoInstant,
  madeByName: z.string(),
  records: z.int(),
  /** Of its records, how many no answer has come for yet. */
  waiting: z.int(),
  answeredAt: IsoInstant.nullable(),
});
export type CourierBundle = z.infer<typeof CourierBundle>;

export const CourierView = z.object({
  /** Whether bundles can be made: the province's key came with the first contact. */
  ready: z.boolean(),
  /** Records that a bundle would carry now. */
  waiting: z.int(),
  /** Recaps of closed periods that it would carry. */
  recaps: z.int(),
  bundles: z.array(CourierBundle),
});
export type CourierView = z.infer<typeof CourierView>;

/** What an answer bundle brought. */
export const CourierOutcome = z.object({
  number: z.int(),
  confirmed: z.int(),
  /** Rejected, or changed there in the same field: for a person. */
  toMend: z.int(),
  /** Still without a final answer; they go into the next bundle. */
  waiting: z.int(),
  /** Items that came down. */
  items: z.int(),
  /** Whether both sides hold the same; null where they were compared over the line since the bundle was made. */
  proof: ProofState.nullable(),
});
export type CourierOutcome = z.infer<typeof CourierOutcome>;

/** Bytes of a bundle that is taken in. */
export const courierLimit = 256 * 1024 * 1024;

export const courierContract = { view: { output: CourierView } };
