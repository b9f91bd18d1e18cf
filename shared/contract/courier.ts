import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { enrolmentCodeLength, plainCode } from '../provincial/enrolment-code.ts';
import { ProofState } from './proof.ts';
import { Enrolment } from './sync.ts';

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

/** What an enrolment without a line asks for: where the province is, its answer says. */
export const CourierEnrolment = Enrolment.pick({ code: true }).refine(
  ({ code }) => plainCode(code).length >= enrolmentCodeLength,
  {
    path: ['code'],
    message: `Kode dari provinsi terdiri atas ${enrolmentCodeLength} huruf dan angka. Periksa, lalu lengkapi.`,
  },
);

/** The request that a courier has; null where none is waited for. */
export const EnrolmentWaiting = z.object({ askedAt: IsoInstant }).nullable();
export type EnrolmentWaiting = z.infer<typeof EnrolmentWaiting>;

/** Bytes of the answer to it: some kilobytes. */
export const enrolmentLimit = 1024 * 1024;

export const courierContract = { view: { output: CourierView }, enrolment: { output: EnrolmentWaiting } };
