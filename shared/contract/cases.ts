import { z } from 'zod';
import { AttachmentInfo } from './attachments.ts';
import { CaseAction, CaseState } from '../domain/case-flow.ts';
import { Consent } from '../domain/consent.ts';
import { Case, IdentificationResult, RegistrationMode } from '../domain/registration.ts';
import { SixteenDigits } from '../domain/person.ts';
import { Role } from '../domain/role.ts';
import { NoNikReason } from '../domain/without-nik.ts';

/** Filters of the case list; they stand in the address, so none of them names a person. */
export const CaseFilter = z.object({
  states: z.array(CaseState).optional(),
  mode: RegistrationMode.optional(),
  result: IdentificationResult.or(z.literal('belum')).optional(),
  rw: z.int().optional(),
  rt: z.int().optional(),
  kelurahan: z.string().optional(),
  periodId: z.string().optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

/** A filter that somebody saved for themselves, under a name of their own. */
export const SavedFilter = z.object({
  name: z.string().trim().min(1, 'Beri nama.').max(60),
  filter: CaseFilter,
});
export type SavedFilter = z.infer<typeof SavedFilter>;

export const CaseRow = z.object({
  id: z.string(),
  serial: z.int(),
  number: z.string(),
  state: CaseState,
  mode: RegistrationMode,
  result: IdentificationResult.nullable(),
  headName: z.string(),
  headNik: z.string().nullable(),
  kk: z.string().nullable(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  members: z.int(),
  version: z.int(),
  registeredAt: z.string(),
  updatedAt: z.string(),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const HistoryEntry = z.object({
  id: z.string(),
  at: z.string(),
  actorName: z.string().nullable(),
  actorRole: Role.or(z.literal('sistem')),
  /** A case action or an event of the office, with the words the screen shows. */
  type: z.string(),
  label: z.string(),
  fromState: CaseState.nullable(),
  toState: CaseState.nullable(),
  reason: z.string().nullable(),
  /** Further facts in plain words, e.g. "Cetakan ke-2, petugas Budi". */
  detail: z.string().nullable(),
  /** Whether the content was erased on request; who and when stay. */
  erased: z.boolean(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const CaseDetail = z.object({
  case: Case,
  registeredByName: z.string(),
  history: z.array(HistoryEntry),
  /** Whether the person asking entered something of this case (and so may not approve it). */
  enteredByMe: z.boolean(),
  /** How the family agreed; null where nobody recorded it. */
  consent: Consent.nullable(),
  /** Stand-ins for the NIK of members who have none. */
  provisional: z.array(z.object({ memberId: z.string(), code: z.string(), reason: NoNikReason })),
  attachments: z.array(AttachmentInfo),
  prints: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      printNo: z.int(),
      printedAt: z.string(),
      printedByName: z.string(),
    }),
  ),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const StepInput = z.object({
  caseId: z.uuid(),
  action: CaseAction,
  reason: z.string().trim().max(500).nullable(),
  /** The version the screen showed; a changed case is not stepped over unseen. */
  version: z.int().positive(),
});
export type StepInput = z.infer<typeof StepInput>;

/** One answer per case of a batch: what could not be done says why, the rest is done. */
export const StepOutcome = z.object({
  caseId: z.string(),
  number: z.string(),
  done: z.boolean(),
  state: CaseState.nullable(),
  problem: z.string().nullable(),
});
export type StepOutcome = z.infer<typeof StepOutcome>;

export const casesContract = {
  list: {
    input: z.object({
      filter: CaseFilter,
      /** Searched beside the filter: name, NIK, KK or address; words of three letters or more count. */
      text: z.string().max(120).optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ total: z.int(), rows: z.array(CaseRow) }),
  },
  search: { input: z.object({ text: z.string().max(120) }), output: z.array(CaseRow) },
  /** The filters that the person at the screen saved. */
  filters: { output: z.array(SavedFilter) },
  saveFilter: { input: SavedFilter },
  dropFilter: { input: SavedFilter.pick({ name: true }) },
  get: { input: z.object({ caseId: z.uuid() }), output: CaseDetail },
  /** The numbers of a family, whole; that somebody had them shown stands in the journal. */
  reveal: {
    input: z.object({ caseId: z.uuid() }),
    output: z.object({
      kk: z.record(z.string(), SixteenDigits),
      nik: z.record(z.string(), SixteenDigits),
    }),
  },
  /** What the family says of its consent now; the journal keeps what it said before. */
  recordConsent: { input: z.object({ caseId: z.uuid(), kind: Consent }) },
  takeStep: { input: StepInput, output: z.object({ state: CaseState }) },
  takeSteps: { input: z.object({ steps: z.array(StepInput).min(1).max(500) }), output: z.array(StepOutcome) },
  /** Counts per state for the badges and the home screen. */
  counts: {
    output: z.object({
      byState: z.partialRecord(CaseState, z.int()),
      /** Of the states with a limit: how long the longest has waited, and how many wait too long. */
      ages: z.partialRecord(
        CaseState,
        z.object({ oldestDays: z.int(), overdue: z.int(), limitDays: z.int() }),
      ),
      drafts: z.int(),
      /** Life events and corrections that wait for the lurah. */
      corrections: z.int(),
      /** Of the queues that are no state of a case: how long the longest has waited; null where nothing waits. */
      oldestDays: z.object({
        drafts: z.int().nullable(),
        withoutNik: z.int().nullable(),
        corrections: z.int().nullable(),
      }),
      /** Items of "Perlu perhatian". */
      attention: z.int(),
      withoutNik: z.int(),
      /** Meetings to legalise and objections to answer. */
      muskelForLurah: z.int(),
      /** Open findings, as far as they were looked for. */
      findings: z.int(),
      periodId: z.string(),
    }),
  },
};
