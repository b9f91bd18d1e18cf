import { z } from 'zod';
import { ApprovalKind, Decision } from '../domain/approval.ts';
import { CaseState } from '../domain/case-flow.ts';
import { FieldChange } from '../domain/household-diff.ts';
import { IsoInstant } from '../domain/person.ts';
import { Case, IdentificationResult, RegistrationMode } from '../domain/registration.ts';
import { AttachmentInfo } from './attachments.ts';
import { StepOutcome } from './cases.ts';
import { NumberedCase } from './verification.ts';

/** A case as it waits in the lurah's inbox. */
export const ApprovalItem = z.object({
  caseId: z.uuid(),
  /** Id of the last event that moved or changed the case: a decision is on what was seen, so it names it. */
  seen: z.string(),
  kind: ApprovalKind,
  number: z.string(),
  state: CaseState,
  mode: RegistrationMode,
  result: IdentificationResult.nullable(),
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  members: z.int(),
  waitingSince: IsoInstant,
  /** The lurah has decided on this case before, so only what changed since is news. */
  seenBefore: z.boolean(),
  /** What is new, in one line: the grounds, what was mended, what the visit found. */
  news: z.string(),
  /** The person asking typed in this case and so may not approve it. */
  enteredByMe: z.boolean(),
});
export type ApprovalItem = z.infer<typeof ApprovalItem>;

/** What the visit found, as the lurah reads it. */
export const VisitFindings = z.object({
  resultLabel: z.string(),
  visitedOn: z.string().nullable(),
  enumerator: z.string().nullable(),
  note: z.string().nullable(),
  enteredBy: z.string(),
  /** The other case that the visit found to be the same family. */
  duplicateOf: NumberedCase.nullable(),
  /** Photos that the visit did not bring, in words. */
  missingPhotos: z.array(z.string()),
  /** What the visit corrected of the household itself: as registered, and as it stands now. */
  corrections: z.array(FieldChange),
  /** What comparing the corrected family with the lists again came to; null where it was not. */
  identifiedAgain: z.string().nullable(),
  /** A reference list knows this family, so there is something to compare with. */
  compared: z.boolean(),
  /** Where the visit found other than what was known before. */
  differences: z.array(FieldChange),
  /** What is other than at the visit before, which was sent back; null for a first visit. */
  changes: z.array(FieldChange).nullable(),
  answers: z.array(z.object({ group: z.string(), no: z.string(), label: z.string(), answer: z.string() })),
});
export type VisitFindings = z.infer<typeof VisitFindings>;

export const ApprovalDetail = z.object({
  item: ApprovalItem,
  case: Case,
  registeredByName: z.string(),
  kelurahanName: z.string(),
  /** What was changed since the lurah's last decision; null where the lurah has not seen the case yet. */
  changes: z.array(FieldChange).nullable(),
  lastDecision: z
    .object({ label: z.string(), at: IsoInstant, by: z.string().nullable(), reason: z.string().nullable() })
    .nullable(),
  /** What the clerk wrote when sending it in again. */
  answer: z.string().nullable(),
  attachments: z.array(AttachmentInfo.extend({ isNew: z.boolean() })),
  visit: VisitFindings.nullable(),
});
export type ApprovalDetail = z.infer<typeof ApprovalDetail>;

/** A case of a batch that the office drew to be opened before all are approved. */
export const Sampled = z.object({ caseId: z.uuid(), number: z.string(), opened: z.boolean() });
export type Sampled = z.infer<typeof Sampled>;

const Deciding = z.object({ caseId: z.uuid(), seen: z.string() });

/** One page of the inbox, and how many wait of each kind. */
export const ApprovalInbox = z.object({
  kind: ApprovalKind,
  totals: z.record(ApprovalKind, z.int()),
  rows: z.array(ApprovalItem),
});
export type ApprovalInbox = z.infer<typeof ApprovalInbox>;

export const approvalContract = {
  inbox: {
    input: z.object({
      /** Null: the first of which something waits. */
      kind: ApprovalKind.nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(100),
    }),
    output: ApprovalInbox,
  },
  detail: { input: z.object({ caseId: z.uuid() }), output: ApprovalDetail },
  decide: {
    input: Deciding.extend({ decision: Decision, reason: z.string().trim().max(500).nullable() }),
    output: z.object({ state: CaseState }),
  },
  /** Which of a batch the office drew to be opened first, and which of those are still unopened. */
  sample: {
    input: z.object({ items: z.array(Deciding).min(1).max(500) }),
    output: z.array(Sampled),
  },
  /** Approves each in a transaction of its own: what could not be done says why, the rest is done. */
  approveAll: { input: z.object({ items: z.array(Deciding).min(1).max(500) }), output: z.array(StepOutcome) },
};
