import { z } from 'zod';
import { CaseState } from '../domain/case-flow.ts';
import { DraftHousehold } from '../domain/draft.ts';
import { IsoInstant } from '../domain/person.ts';
import { RegistrationMode } from '../domain/registration.ts';
import { NoNikReason } from '../domain/without-nik.ts';
import { AttachmentInfo } from './attachments.ts';
import { PaperBatch } from './paper-batch.ts';

/** A colleague who types in a draft right now. */
export const DraftLease = z.object({ by: z.string(), since: IsoInstant });
export type DraftLease = z.infer<typeof DraftLease>;

/** A draft opened for typing. */
export const Draft = z.object({
  id: z.uuid(),
  version: z.int().positive(),
  body: DraftHousehold,
  ownerName: z.string(),
  /** Who saved it last. */
  savedBy: z.string(),
  updatedAt: IsoInstant,
  attachments: z.array(AttachmentInfo),
  /** Set while somebody else types in it. */
  lease: DraftLease.nullable(),
  /** The stack of paper that its form lies in, while that is typed in. */
  paperBatch: PaperBatch.nullable(),
  /** The case under correction; null for a new registration. */
  correction: z
    .object({
      caseId: z.uuid(),
      number: z.string(),
      state: CaseState,
      /** Why the lurah sent it back, or null where nobody did. */
      returnedWith: z.string().nullable(),
      /** Evidence that already hangs on the case. */
      attachments: z.array(AttachmentInfo),
    })
    .nullable(),
});
export type Draft = z.infer<typeof Draft>;

/** A line in the list of drafts. */
export const DraftSummary = z.object({
  id: z.uuid(),
  version: z.int().positive(),
  /** Name of the head, or null while there is none. */
  title: z.string().nullable(),
  mode: RegistrationMode,
  street: z.string(),
  rt: z.string(),
  rw: z.string(),
  members: z.int(),
  ownerName: z.string(),
  mine: z.boolean(),
  /** Unsent work of somebody whose draft was taken over. */
  fork: z.boolean(),
  lease: DraftLease.nullable(),
  updatedAt: IsoInstant,
  /** Number of the case that it corrects. */
  corrects: z.string().nullable(),
});
export type DraftSummary = z.infer<typeof DraftSummary>;

export const Registered = z.object({
  caseId: z.uuid(),
  number: z.string(),
  state: CaseState,
  mode: RegistrationMode,
  /** A correction of a case that was there before, not a new registration. */
  corrected: z.boolean(),
  /** The stack of paper that goes on with its next form. */
  paperBatchId: z.uuid().nullable(),
});
export type Registered = z.infer<typeof Registered>;

export const LastAddress = z.object({
  street: z.string(),
  rt: z.string(),
  rw: z.string(),
  kelurahan: z.string(),
});
export type LastAddress = z.infer<typeof LastAddress>;

/** What the form needs to know of the office to say at once what the office would say. */
export const IntakeOptions = z.object({
  passiveReasons: z.array(z.string()),
  /** Kelurahan that a family may live in: one for a kelurahan office, several for a kecamatan office. */
  kelurahan: z.array(z.object({ code: z.string(), name: z.string() })).min(1),
  /** Six-digit kecamatan codes of NIKs and what they are called: `317101` → `Gambir, Jakarta Pusat`. */
  nikAreas: z.record(z.string(), z.string()),
});
export type IntakeOptions = z.infer<typeof IntakeOptions>;

/** A person for whom a NIK is still to be got. */
export const PersonWithoutNik = z.object({
  caseId: z.uuid(),
  number: z.string(),
  memberId: z.string(),
  name: z.string(),
  birthDate: z.string().nullable(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  /** The provisional identity, where the clerk asked for one. */
  code: z.string().nullable(),
  reason: NoNikReason.nullable(),
  registeredAt: IsoInstant,
});
export type PersonWithoutNik = z.infer<typeof PersonWithoutNik>;

const DraftRef = z.object({ draftId: z.uuid() });

export const intakeContract = {
  options: { output: IntakeOptions },
  drafts: { output: z.array(DraftSummary) },
  create: { input: z.object({ mode: RegistrationMode }), output: Draft },
  open: { input: DraftRef, output: Draft },
  save: {
    input: z.object({ draftId: z.uuid(), version: z.int().positive(), body: DraftHousehold }),
    output: z.object({ version: z.int().positive(), savedAt: IsoInstant }),
  },
  /** Takes a free draft for typing, or keeps it; the screen repeats it while the form is open. */
  hold: { input: DraftRef },
  release: { input: DraftRef },
  /** From whoever types in it; their unsent work becomes a branch. */
  takeOver: { input: z.object({ draftId: z.uuid(), reason: z.string().trim().min(1).max(300) }) },
  /**
   * Saves what could not be saved into a draft as a branch of it. Under the same `branchId`, made before the first try,
   * a call that comes again because its answer was lost finds the branch, and changes nothing.
   */
  fork: { input: z.object({ branchId: z.uuid(), draftId: z.uuid(), body: DraftHousehold }), output: Draft },
  discard: { input: DraftRef },
  /** Takes a discarded draft back; possible for a week. */
  restore: { input: DraftRef },
  lastAddress: { input: DraftRef, output: LastAddress.nullable() },
  /** A new registration with the address and members of a case, without their numbers. */
  duplicate: { input: z.object({ caseId: z.uuid() }), output: Draft },
  /** Everyone in an open case who has no NIK, longest waiting first. */
  withoutNik: {
    input: z.object({ offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    output: z.object({ total: z.int(), rows: z.array(PersonWithoutNik) }),
  },
  register: { input: z.object({ draftId: z.uuid(), version: z.int().positive() }), output: Registered },
  /** Opens the correction of a registered case, or the one that somebody has already begun. */
  correct: { input: z.object({ caseId: z.uuid() }), output: Draft },
};
