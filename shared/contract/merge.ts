import { z } from 'zod';
import { CaseState } from '../domain/case-flow.ts';
import { Household } from '../domain/household.ts';
import { MergePlan, namesEachOnce } from '../domain/merge.ts';
import { Problem } from './jobs.ts';

/** A case that may be the same family as another. */
export const LikelyCase = z.object({
  caseId: z.string(),
  number: z.string(),
  state: CaseState,
  headName: z.string(),
  address: z.string(),
  /** "Hampir pasti keluarga yang sama." */
  verdict: z.string(),
  /** Who of it is like whom, by which fields: "Siti Aminah – ST AMINAH: NIK, tanggal lahir sama"; the likeliest first. */
  why: z.array(z.string()),
  /** Registered before the case asked about: then it is the one that stays. */
  earlier: z.boolean(),
});
export type LikelyCase = z.infer<typeof LikelyCase>;

export const CaseMerge = z.object({
  mergeId: z.string(),
  /** Whether this case went into the other, or the other into this one. */
  role: z.enum(['tetap', 'digabung']),
  otherId: z.string(),
  otherNumber: z.string(),
  otherHeadName: z.string(),
  byName: z.string(),
  at: z.string(),
});
export type CaseMerge = z.infer<typeof CaseMerge>;

export const DeclinedCase = z.object({
  verdictId: z.string(),
  otherId: z.string(),
  label: z.string(),
  reason: z.string(),
  byName: z.string(),
  at: z.string(),
});
export type DeclinedCase = z.infer<typeof DeclinedCase>;

export const CaseMerges = z.object({
  merges: z.array(CaseMerge),
  likely: z.array(LikelyCase),
  /** Said not to be the same family, with the reason. */
  declined: z.array(DeclinedCase),
  /** Set while the keys of cases are renewed: then nobody was looked for. */
  renewing: Problem.nullable(),
});
export type CaseMerges = z.infer<typeof CaseMerges>;

const Side = z.object({
  caseId: z.string(),
  number: z.string(),
  version: z.int(),
  state: CaseState,
  headName: z.string(),
  registeredAt: z.string(),
  registeredByName: z.string(),
  household: Household,
});

/** Two cases side by side, before they are merged. */
export const MergeComparison = z.object({
  kept: Side,
  other: Side,
  /** Members who are one person, as the program pairs them, and whether it is sure of it. */
  same: z.array(MergePlan.shape.same.element.extend({ sure: z.boolean() })),
  /** Whether the kept case's data may still change; if not, only its own values can stand. */
  editable: z.boolean(),
  /** Why the other cannot go into the kept one, with what to do; null where it can. */
  obstacle: z.string().nullable(),
});
export type MergeComparison = z.infer<typeof MergeComparison>;

const Reason = z.string().trim().min(1, 'Tulis alasannya dengan singkat.').max(300);

export const MergeInput = z.object({
  kept: z.object({ caseId: z.uuid(), version: z.int().positive() }),
  other: z.object({ caseId: z.uuid(), version: z.int().positive() }),
  plan: MergePlan.refine(
    namesEachOnce,
    'Seorang anggota disebut dua kali. Muat ulang layar ini, lalu pilih lagi.',
  ),
  reason: Reason,
});
export type MergeInput = z.infer<typeof MergeInput>;

export const mergeContract = {
  /** Merges of a case, and cases that may be the same family. */
  ofCase: { input: z.object({ caseId: z.uuid() }), output: CaseMerges },
  compare: { input: z.object({ keptId: z.uuid(), otherId: z.uuid() }), output: MergeComparison },
  merge: { input: MergeInput, output: z.object({ mergeId: z.string() }) },
  separate: {
    input: z.object({ mergeId: z.uuid(), reason: Reason }),
    output: z.object({ otherId: z.string() }),
  },
  /** "Bukan keluarga yang sama", of two cases. */
  decline: { input: z.object({ caseId: z.uuid(), otherId: z.uuid(), reason: Reason }) },
  /** Takes it back: the two are proposed again. */
  restore: { input: z.object({ caseId: z.uuid(), verdictId: z.uuid(), reason: Reason }) },
};
