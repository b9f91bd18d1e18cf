import { z } from 'zod';
import { CaseState } from '../domain/case-flow.ts';
import { FindingKind, FindingOutcome } from '../domain/finding.ts';
import { Problem } from './jobs.ts';

/** The part of the worklist; it stands in the address, so it names nobody. */
export const FindingFilter = z.object({
  kind: FindingKind.optional(),
  rw: z.int().min(1).max(999).optional(),
  /** Open by default; settled ones are kept with who, when and how. */
  state: z.enum(['terbuka', 'selesai']).optional(),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

export const FindingRow = z.object({
  id: z.string(),
  kind: FindingKind,
  caseId: z.string(),
  caseNumber: z.string(),
  caseState: CaseState,
  otherCaseId: z.string().nullable(),
  headName: z.string(),
  rt: z.int(),
  rw: z.int(),
  source: z.string(),
  subject: z.string(),
  reported: z.string().nullable(),
  listed: z.string().nullable(),
  note: z.string().nullable(),
  /** Whether it names a person of a list of whom can be said that they are the member, or are not. */
  ofPerson: z.boolean(),
  /** Of what it says, and of whom: another where a look finds something else. */
  mark: z.string(),
  /** In how many digits two numbers differ, which their masks may hide; null where they are no two numbers. */
  differing: z.int().nullable(),
  foundAt: z.string(),
  /** Whole days since it was found. */
  days: z.int(),
  outcome: FindingOutcome.nullable(),
  outcomeNote: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  resolvedByName: z.string().nullable(),
  /** No longer true when it was last looked at, or of a case that ended since. */
  gone: z.boolean(),
});
export type FindingRow = z.infer<typeof FindingRow>;

/** Counts of one kind, within the RW of the filter. */
export const FindingCount = z.object({
  kind: FindingKind,
  open: z.int(),
  settled: z.int(),
  /** Days of the oldest open one; null where none is open. */
  oldestDays: z.int().nullable(),
});
export type FindingCount = z.infer<typeof FindingCount>;

/** A recap on paper: everything, or one kind and one RW. */
export const PrintFindings = FindingFilter.pick({ kind: true, rw: true });
export type PrintFindings = z.infer<typeof PrintFindings>;

const OneFinding = z.object({ id: z.uuid() });

export const findingContract = {
  list: {
    input: z.object({ filter: FindingFilter, offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    output: z.object({
      total: z.int(),
      /** Cases still to be looked at: asking again looks at the next. */
      pending: z.int(),
      rows: z.array(FindingRow),
      counts: z.array(FindingCount),
      /** RW that have a finding at all. */
      rws: z.array(z.int()),
    }),
  },
  /** Looks at cases that changed since: a little at each call, and none while keys are renewed. */
  look: { output: z.object({ pending: z.int(), renewing: Problem.nullable() }) },
  /** One finding as it is now. */
  get: { input: OneFinding, output: FindingRow },
  /** Both sides with their numbers whole; that somebody had them shown stands in the journal. */
  reveal: { input: OneFinding, output: FindingRow.pick({ reported: true, listed: true, mark: true }) },
  resolve: {
    input: z.object({
      id: z.uuid(),
      outcome: FindingOutcome,
      /** Of the finding as the person saw it. */
      mark: z.string().optional(),
      note: z.string().trim().min(1, 'Tulis catatannya dengan singkat.').max(300),
    }),
  },
  reopen: { input: OneFinding },
};
